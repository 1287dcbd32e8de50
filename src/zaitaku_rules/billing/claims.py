"""The claims (J111) of a file: held against their statements once all of these have passed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from zaitaku_rules.billing.findings import Findings, Spot
from zaitaku_rules.billing.numbers import Figure, amount, sums, written
from zaitaku_rules.billing.statement import WORK_KINDS
from zaitaku_rules.billing.statements import SUMMED
from zaitaku_rules.billing.sums import Tell, Told, compared
from zaitaku_rules.read.kokuhoren import Record

_Sums = Mapping[bytes, Mapping[str, tuple[list[int], list[int]]]]

_DISABLED = {"statements": "disabled_statements", "cost": "disabled_cost", "benefit": "disabled_benefit"}


class Claims:
    """Takes the records of claims as they pass; few, so they are kept to the end of the file."""

    def __init__(self, findings: Findings) -> None:
        """Begin with none."""
        self._findings = findings
        self._file = ""
        self._firsts: dict[bytes, list[Record]] = {}
        self._services: dict[bytes, list[Record]] = {}

    def begin(self, file: str) -> None:
        """Begin a file."""
        self._file, self._firsts, self._services = file, {}, {}

    def first(self, record: Record) -> None:
        """Take the totals of a claim."""
        self._findings.judge("J111-01")
        self._firsts.setdefault(record.caught[1], []).append(record)

    def service(self, record: Record) -> None:
        """Take the record of one service of a claim."""
        self._findings.judge("J111-02")
        self._services.setdefault(record.caught[1], []).append(record)

    def end(self, stated: _Sums, unsummed: Collection[bytes], *, are_all_read: bool) -> None:
        """Judge the claims against the sums of their statements.

        Claims `unsummed` have a statement without sums; unless `are_all_read`, statements of other kinds
        were passed over. Of these it cannot be told what they must add up to.
        """
        keys = dict.fromkeys((*self._firsts, *self._services, *stated))
        for key in keys:
            others = key in unsummed or not are_all_read
            self._findings.judge("claim")
            mine = stated.get(key, {})
            self._complete(key, [kind for kind in mine if kind], others)
            figures = self._of_services(key, mine, others)
            for record in self._firsts.get(key, [])[:1]:
                self._of_claim(record, figures, others)

    def _complete(self, key: bytes, kinds: list[str], others: bool) -> None:
        firsts, services = self._firsts.get(key, []), self._services.get(key, [])
        held = {
            written(record, "service") for record in services if written(record, "benefit_kind") in ("", "1")
        }
        for record in firsts[1:]:
            self._findings.add("K255", Spot.of(self._file, record))
        seen = set[tuple[str, str]]()
        for record in services:
            same = written(record, "benefit_kind"), written(record, "service")
            if same in seen:
                self._findings.add("K255", Spot.of(self._file, record))
            seen.add(same)
        spot = Spot.of(self._file, (*firsts, *services)[0]) if firsts or services else Spot(self._file, 1, 0)
        lacking = [] if firsts else ["J111-01"]
        lacking += [f"J111-02 ({kind})" for kind in kinds if kind not in held]
        for one in lacking:
            tell = self._findings.leave_open if "" in held or others else self._findings.add
            tell("K250", spot, expected=one)

    def _of_services(
        self, key: bytes, stated: Mapping[str, tuple[list[int], list[int]]], others: bool
    ) -> dict[str, list[Figure]]:
        """Return the figures of each service of a claim, held against its statements."""
        figures: dict[str, list[Figure]] = {name: [] for name in SUMMED}
        for record in self._services.get(key, []):
            if written(record, "benefit_kind") not in ("", "1"):
                continue
            both = stated.get(written(record, "service"), ([0] * len(SUMMED),) * 2)
            for place, name in enumerate(SUMMED):
                allowed = {both[0][place], both[1][place]}
                figures[name].append(compared(self._teller(others), "K251", record, name, allowed))
        held = {written(record, "service") for record in self._services.get(key, [])}
        for kind, both in stated.items():
            if kind not in held:
                for place, name in enumerate(SUMMED):
                    figures[name].append(Figure(both[0][place], [both[1][place]]))
        return figures

    def _of_claim(self, record: Record, services: dict[str, list[Figure]], others: bool) -> None:
        tell = self._teller(False)
        totals: dict[str, Figure] = {}
        for name in SUMMED:
            part = compared(tell, "K252", record, name, sums(services[name]))
            more = amount(record, _DISABLED[name]) if name in _DISABLED else 0
            allowed = {value + (more or 0) for value in part.values}
            totals[name] = compared(tell, "K253", record, f"total_{name}", allowed)
        special = amount(record, "total_special_measures") or 0
        claimed = {value + special for value in sums([totals["benefit"], totals["municipal_subsidy"]])}
        compared(tell, "K254", record, "claimed", claimed)
        kinds = {written(one, "service") for one in self._services.get(record.caught[1], [])}
        if kinds <= set(WORK_KINDS) and not others:
            for slug in _DISABLED.values():
                if amount(record, slug):
                    self._findings.add(
                        "K239", Spot.of(self._file, record, slug), found=str(amount(record, slug))
                    )

    def _teller(self, others: bool) -> Tell:
        def tell(told: Told) -> None:
            spot = Spot.of(self._file, told.record, told.slug)
            say = self._findings.leave_open if told.is_open or others else self._findings.add
            say(told.code, spot, found=told.found, expected=told.expected)

        return tell
