"""What a replay of a report found: whether case and law give it, and if not, why."""

from __future__ import annotations

from typing import Literal

from zaitaku_rules.report.part import Part, Text


class Cause(Part):
    """A reason why a replay differs or may differ.

    `version`: another version of this library. `law`: other law files, overlays or readings. `records`:
    another case document. `report`: all these are the same, so the report itself was changed.
    """

    kind: Literal["version", "law", "records", "report"]
    what: Text


class Difference(Part):
    """One place of the report (such as "rules.Z301.days") that the replay does not give."""

    place: str
    what: Text


class Verification(Part):
    """The outcome of a replay. `agrees`: this very case under this very law gives this very report.

    `more` is the number of differences beyond those listed; `notes` say what was not compared.
    """

    user: str
    month: str
    agrees: bool
    causes: tuple[Cause, ...]
    differences: tuple[Difference, ...]
    more: int = 0
    notes: tuple[Text, ...] = ()
