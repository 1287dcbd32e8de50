"""The receipt of a report: enough to repeat the judgement."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol, cast

from pydantic import ModelWrapValidatorHandler, PrivateAttr, computed_field, model_validator

from zaitaku_rules.report.part import Part


class Hashed(Protocol):
    """Something that knows the SHA-256 of the document it was read from."""

    @property
    def sha256(self) -> str:
        """The hash, in hexadecimal."""
        ...


class Receipt(Part):
    """What was judged by which law: enough to repeat the judgement.

    `ruleset` names all rule sets laid over each other, `overlays` those of them that the caller laid on.
    `selected` holds the codes judged where not all were asked for.
    """

    library: str
    as_of: dt.date | None = None
    known_at: dt.date | None = None
    ruleset: tuple[str, ...]
    ruleset_sha256: str
    overlays: tuple[str, ...] = ()
    readings: dict[str, str]
    selected: tuple[str, ...] | None = None
    notes: tuple[str, ...]
    notes_ja: tuple[str, ...]

    _judged: Hashed | str = PrivateAttr(default="")

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def case_sha256(self) -> str:
        """The SHA-256 of the input document as canonical JSON, computed when it is read."""
        return self._judged if isinstance(self._judged, str) else self._judged.sha256

    @property
    def judged(self) -> Hashed | None:
        """The document that was judged, where it is still at hand; a report that was read has none."""
        return None if isinstance(self._judged, str) else self._judged

    @classmethod
    def of(cls, judged: Hashed, **fields: Any) -> Receipt:
        """Return the receipt of what was judged."""
        receipt = cls.model_construct(**fields)
        receipt._judged = judged
        return receipt

    @model_validator(mode="wrap")
    @classmethod
    def _read_hash(cls, data: Any, handler: ModelWrapValidatorHandler[Receipt]) -> Receipt:
        if not isinstance(data, dict) or "case_sha256" not in data:
            return handler(data)
        given = cast("dict[str, Any]", data)
        receipt = handler({name: value for name, value in given.items() if name != "case_sha256"})
        receipt._judged = str(given["case_sha256"])
        return receipt
