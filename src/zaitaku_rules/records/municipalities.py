"""Municipality codes: which designated city (指定都市) a ward belongs to."""

from __future__ import annotations

from functools import lru_cache

from zaitaku_rules.records.written import municipality_written

_WARDS = {
    "01100": range(1101, 1111),
    "04100": range(4101, 4106),
    "11100": range(11101, 11111),
    "12100": range(12101, 12107),
    "14100": range(14101, 14119),
    "14130": range(14131, 14138),
    "14150": range(14151, 14154),
    "15100": range(15101, 15109),
    "22100": range(22101, 22104),
    "22130": range(22131, 22141),
    "23100": range(23101, 23117),
    "26100": range(26101, 26112),
    "27100": range(27102, 27129),
    "27140": range(27141, 27148),
    "28100": range(28101, 28112),
    "33100": range(33101, 33105),
    "34100": range(34101, 34109),
    "40100": range(40101, 40110),
    "40130": range(40131, 40138),
    "43100": range(43101, 43106),
}
"""The five-digit codes of the 20 designated cities, and those that their wards have or had."""


@lru_cache(maxsize=4096)
def city_of(code: str) -> str:
    """Return the six-digit code of the municipality: of the city where `code` is one of its wards."""
    number = int(code[:5])
    city = next((city for city, wards in _WARDS.items() if number in wards), None)
    return (city and municipality_written(city)) or code
