"""Persons in reports: a running number in place of the certificate number."""

from __future__ import annotations


class Masks:
    """Gives each person a number in the order in which the report first names them.

    No digit of the certificate is shown: in a small municipality two are enough to tell who it is, and file,
    line and byte lead to the record anyway. Only persons that a report names are remembered.
    """

    def __init__(self, *, show_ids: bool = False) -> None:
        """Begin with nobody; `show_ids` shows certificate numbers as they are."""
        self._show_ids = show_ids
        self._numbers: dict[str, str] = {}

    def shown(self, certificate: bytes | str) -> str:
        """Return what stands for a person in the report: P1, P2 and so on; "" for nobody."""
        text = certificate.decode("ascii", "replace") if isinstance(certificate, bytes) else certificate
        if not text or self._show_ids:
            return text
        return self._numbers.setdefault(text, f"P{len(self._numbers) + 1}")
