"""Random months of an office, from a seed."""

from __future__ import annotations

from calendar import monthrange
from random import Random

from zaitaku_rules.records.written import municipality_written
from zaitaku_rules.testing.kokuhoren.month import UNIT_PRICES, Day, OfficeMonth, Person, ServiceKind

_KANA = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ"
_EXTRAS = {
    "43": (
        ("medical_cooperation", "2"),
        ("commuting_training", "1"),
        ("planning_meeting", "1"),
        ("trial_use", "1"),
    ),
    "45": (("medical_cooperation", "1"), ("community_cooperation", "1"), ("trial_use", "2")),
    "46": (("community_cooperation", "1"), ("intensive_support", "1"), ("emergency_admission", "1")),
}


def random_month(
    seed: int | Random,
    *,
    people: int = 5,
    month: str = "202504",
    office: str | None = None,
    fewest_days: int = 1,
) -> OfficeMonth:
    """Return a month of an office that conforms throughout: its files validate without a finding.

    `month` is a service month from 2024-04 on, so that every addition exists.
    """
    dice = seed if isinstance(seed, Random) else Random(seed)
    places = sorted({_municipality(dice) for _ in range(1 + people // 4)})
    number = office or random_office(dice)
    several = tuple(
        _person(dice, month, f"{dice.randrange(10**8):09}{place % 10}", dice.choice(places), fewest_days)
        for place in range(people)
    )
    return OfficeMonth(number, month, _once_each(several), dice.choice(sorted(UNIT_PRICES)))


def random_office(dice: Random) -> str:
    """Return a provider number with the right check digit."""
    letter = dice.choice("1111A")
    payload = f"{dice.randrange(1, 48):02}{letter}{dice.randrange(10**6):06}"
    values = ["0123456789ABCDEFGHJKLMNPRSTUVWXYZ".index(sign) for sign in payload]
    products = [value * (2 - place % 2) for place, value in enumerate(reversed(values))]
    return payload + str(-sum(product // 10 + product % 10 for product in products) % 10)


def _municipality(dice: Random) -> str:
    return municipality_written(f"{dice.randrange(1, 48):02}{dice.randrange(100, 700)}") or ""


def _once_each(people: tuple[Person, ...]) -> tuple[Person, ...]:
    return tuple({person.certificate: person for person in people}.values())


def _person(dice: Random, month: str, certificate: str, municipality: str, fewest: int) -> Person:
    kind: ServiceKind = dice.choice(("43", "45", "46"))
    length = monthrange(int(month[:4]), int(month[4:]))[1]
    days = sorted(dice.sample(range(1, length + 1), dice.randint(fewest, length - 8)))
    absences = set(dice.sample(days, min(len(days) - 1, dice.choice((0, 0, 0, 1, 2, 4)))))
    cap = dice.choice((0, 0, 0, 4600, 9300, 37200))
    is_new = dice.random() < 0.1
    return Person(
        certificate,
        municipality,
        kind,
        tuple(_day(dice, kind, day, day in absences) for day in days),
        kana="".join(dice.choices(_KANA, k=dice.randint(2, 12))),
        cap=cap,
        begin=f"{month}01" if is_new else f"{dice.randint(2018, 2023)}{dice.randint(1, 12):02}01",
        granted_days=length - 8,
        subsidy=cap and dice.choice((0, 0, 1000)),
        offsite_before=dice.randrange(120),
        initial=is_new,
    )


def _day(dice: Random, kind: ServiceKind, day: int, is_absent: bool) -> Day:
    if is_absent:
        return Day(day, "absent", remarks=dice.choice(("", "体調不良のため電話で相談")))
    start = dice.choice((900, 930, 1000, 1300))
    times = f"{start:04}", f"{start + dice.choice((200, 400, 600)):04}"
    if dice.random() < 0.4:
        return Day(day, "home", *times, life_support=kind == "46" and dice.random() < 0.2)
    trips = dice.choice(((0, 0), (1, 1), (1, 0)))
    return Day(
        day, "office", *times, *trips,
        meal=dice.random() < 0.3,
        offsite=dice.random() < 0.1,
        visit_hours=dice.choice(("0050", "150")) if dice.random() < 0.02 else "",
        extra=(dice.choice(_EXTRAS[kind]),) if dice.random() < 0.1 else (),
    )  # fmt: skip
