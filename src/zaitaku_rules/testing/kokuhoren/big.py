"""Files of any size, written as a stream: some hundred random people, each under many numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from zaitaku_rules.testing.kokuhoren.claims import amounts, claim, statement
from zaitaku_rules.testing.kokuhoren.dice import random_month
from zaitaku_rules.testing.kokuhoren.month import OfficeMonth, Person
from zaitaku_rules.testing.kokuhoren.rows import control_line, line_of
from zaitaku_rules.testing.kokuhoren.sheets import sheet

_TEMPLATES = 400
_FEWEST = 15
"""Days in the month of each person, at the least: 19 on the average."""


class _Template(NamedTuple):
    """The lines of one person without serial, around the certificate number."""

    person: Person
    lines: list[tuple[bytes, bytes]]


def big_records(people: int, *, seed: int = 0, month: str = "202504") -> Iterator[bytes]:
    """Return the lines of a J61 file of so many people, about 20 for each."""
    office = random_month(seed, people=_TEMPLATES, month=month, fewest_days=_FEWEST)
    templates = [
        _template(person, [row.texts() for row in sheet(office, person)]) for person in _ordered(office)
    ]
    yield from _file("J61", office, [(template, _share(place, people, len(templates)))
                                     for place, template in enumerate(templates)], {})  # fmt: skip


def big_claims(people: int, *, seed: int = 0, month: str = "202504") -> Iterator[bytes]:
    """Return the lines of the J11 file of the same people, about 7 for each."""
    office = random_month(seed, people=_TEMPLATES, month=month, fewest_days=_FEWEST)
    ordered = _ordered(office)
    shares = {person.certificate: _share(place, people, len(ordered)) for place, person in enumerate(ordered)}
    templates = [_template(person, [row.texts() for row in statement(office, person)]) for person in ordered]
    heads = {
        municipality: [
            line_of(["", *row.texts()])
            for row in claim(office, municipality, [
                (person.kind, amounts(office, person))
                for person in ordered
                if person.municipality == municipality
                for _ in range(shares[person.certificate])
            ])
        ]
        for municipality in office.municipalities()
    }  # fmt: skip
    shared = [(template, shares[template.person.certificate]) for template in templates]
    yield from _file("J11", office, shared, heads)


def _ordered(office: OfficeMonth) -> list[Person]:
    return sorted(office.people, key=lambda person: person.municipality)


def _share(place: int, people: int, templates: int) -> int:
    return people // templates + (place < people % templates)


def _template(person: Person, rows: Sequence[Sequence[str]]) -> _Template:
    mark = replace(person, certificate="0" * 10).certificate
    lines = [line_of(["", *texts]).replace(person.certificate.encode(), mark.encode(), 1) for texts in rows]
    return _Template(
        person, [(head, tail) for head, _, tail in (line.partition(mark.encode()) for line in lines)]
    )


def _file(
    data_kind: str, office: OfficeMonth, shared: list[tuple[_Template, int]], heads: dict[str, list[bytes]]
) -> Iterator[bytes]:
    count = sum(len(template.lines) * share for template, share in shared) + sum(map(len, heads.values()))
    yield control_line(data_kind, office.office, office.processing_month(), count)
    serial, number, municipality = 1, 0, ""
    for template, share in shared:
        if template.person.municipality != municipality:
            municipality = template.person.municipality
            for line in heads.get(municipality, []):
                serial += 1
                yield b"2,%d%b" % (serial, line)
        for _ in range(share):
            number += 1
            for head, tail in template.lines:
                serial += 1
                yield b"2,%d%b%010d%b" % (serial, head, number, tail)
    yield line_of(["3", str(serial + 1)])
