"""The statements (J121) of a file: judged person by person as they pass, and added up for the claim."""

from __future__ import annotations

from zaitaku_rules.billing.findings import Findings, Spot
from zaitaku_rules.billing.numbers import Figure, number, written
from zaitaku_rules.billing.service_codes import ServiceCodes
from zaitaku_rules.billing.sheets import person_of
from zaitaku_rules.billing.statement import Counted, Part, StatedDays, Statement, kind_of, role_count
from zaitaku_rules.billing.statement_checks import days_of, items_of, records_of
from zaitaku_rules.billing.sums import Told, statement_added_up
from zaitaku_rules.read.kokuhoren import Record

SUMMED = ("statements", "units", "cost", "benefit", "user_charge", "municipal_subsidy")
"""What the claim adds up over statements, as J111-02 calls it."""


class Statements:
    """Takes the records of statements as they pass.

    `counted` keeps a little of each for the comparison with service records, `sums` what the claim must be:
    by month, municipality and office, and by kind of service.
    """

    def __init__(self, findings: Findings, codes: ServiceCodes, *, keeps_spots: bool) -> None:
        """Begin with none; places of days are kept only where service records may come to be compared."""
        self.counted: dict[bytes, Counted] = {}
        self.sums: dict[bytes, dict[str, tuple[list[int], list[int]]]] = {}
        self.unsummed: set[bytes] = set()
        """Claims of which a statement has no sums that can be read."""
        self._findings = findings
        self._codes = codes
        self._keeps_spots = keeps_spots
        self._file = ""
        self._current: Statement | None = None
        self._waiting: dict[bytes, Statement] = {}
        self._unknown: dict[str, int] = {}

    def begin(self, file: str) -> None:
        """Begin a file."""
        self._file, self._current, self.sums, self.unsummed = file, None, {}, set()

    def end(self) -> None:
        """End a file: statements that had to wait for later records are judged."""
        self._turn()
        for statement in self._waiting.values():
            self._judge(statement)
        self._waiting = {}

    def take(self, record: Record) -> None:
        """Take a record of a statement."""
        kind, key = record.table.layout.kind, record.caught[1]
        rank = int(kind[5:])
        self._findings.judged[kind] += 1
        if self._current is None or self._current.key != key:
            self._turn()
            self._current = self._waiting.pop(key, None) or self._new(key, record)
        if self._current is not None:
            self._current.take(record, rank)
        if rank == 3:
            self._look_up(record)

    def _new(self, key: bytes, record: Record) -> Statement | None:
        """Begin a statement; a record behind one that was complete is told and left aside."""
        if key not in self.counted:
            return Statement(key, self._file)
        self._findings.add("K222", Spot.of(self._file, record), person=person_of(key))
        return None

    def _turn(self) -> None:
        """Leave a statement: a complete one is judged, another waits for records that may stand apart."""
        statement, self._current = self._current, None
        if statement is None:
            return
        is_whole = statement.first and statement.days and statement.lines and statement.services
        if is_whole and statement.contracts:
            self._judge(statement)
        else:
            self._waiting[statement.key] = statement

    def _judge(self, statement: Statement) -> None:
        self._findings.judge("statement")
        parts = statement_added_up(statement, lambda told: self._tell(statement, told))
        for told in records_of(statement):
            self._tell(statement, told)
        for told in days_of(statement, self._codes):
            self._tell(statement, told)
        for told in items_of(statement, self._codes):
            self._tell(statement, told)
        claim = statement.key.rpartition(b",")[0]
        kinds = {kind_of(record) for record in (*statement.days, *statement.lines)}
        if not kinds <= {part.kind for part in parts}:
            self.unsummed.add(claim)
        for part in parts:
            self._add_up(claim, part)
        self.counted[statement.key] = self._counted(statement)

    def _tell(self, statement: Statement, told: Told) -> None:
        if not told.is_open and self._findings.is_counted_only(told.code):
            return
        spot = Spot.of(statement.file, told.record, told.slug)
        tell = self._findings.leave_open if told.is_open else self._findings.add
        tell(told.code, spot, person=person_of(statement.key), found=told.found, expected=told.expected)

    def _add_up(self, claim: bytes, part: Part) -> None:
        kinds = self.sums.setdefault(claim, {})
        written, meant = kinds.setdefault(part.kind, ([0] * len(SUMMED), [0] * len(SUMMED)))
        figures = (Figure(1), part.units, part.cost, part.benefit, part.charge, part.subsidy)
        for place, figure in enumerate(figures):
            written[place] += figure.written or 0
            meant[place] += figure.best
        place, subsidy = SUMMED.index("user_charge"), part.subsidy.written or 0
        written[place] -= subsidy
        meant[place] -= subsidy

    def _counted(self, statement: Statement) -> Counted:
        services = {kind_of(service): service for service in statement.services}
        days = list[StatedDays]()
        for record in {kind_of(record): record for record in reversed(statement.days)}.values():
            service = services.get(kind_of(record))
            days.append(
                StatedDays(
                    kind_of(record),
                    number(record, "use_days"),
                    None if service is None else number(service, "service_days"),
                    self._spot(statement, record, "use_days"),
                    self._spot(statement, service or record, "service_days" if service else ""),
                )
            )
        absences, spots = dict[str, int | None](), dict[str, Spot]()
        for kind, service in services.items():
            absences[kind], line = role_count(statement, self._codes, "absence", kind)
            spots[kind] = self._spot(statement, line or service, "count" if line else "")
        return Counted(statement.file, tuple(days), absences, spots)

    def _spot(self, statement: Statement, record: Record, slug: str) -> Spot:
        if self._keeps_spots:
            return Spot.of(statement.file, record, slug)
        return Spot(statement.file, record.line, record.offset, record.kind)

    def _look_up(self, line: Record) -> None:
        """Tell a service code that is not known, once for each."""
        code, month = written(line, "service_code"), line.caught[1][:6].decode("ascii", "replace")
        if not code or self._codes.known(code, month) is not None:
            return
        self._unknown[code] = self._unknown.get(code, 0) + 1
        if self._unknown[code] == 1:
            self._findings.leave_open("K247", Spot.of(self._file, line, "service_code"), found=code)
