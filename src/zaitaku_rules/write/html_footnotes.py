"""Long texts that many cases share: written out in a small report, quoted by number in a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_SHORT = 160
"""Texts of at most so many signs of HTML are not worth a number."""


class Footnotes:
    """Gives each text a number when it is first quoted; the page lists them at its end.

    A reader without scripts follows the number as a link. With scripts the text takes the place of its
    number when the case comes into view, and before printing.
    """

    def __init__(self, *, inline: bool) -> None:
        """Write texts out where they stand if `inline`, else by number."""
        self.inline = inline
        self.numbers: dict[Markup, int] = {}

    def __call__(self, text: Markup) -> Markup:
        """Return the text itself, or a link to it."""
        from markupsafe import Markup

        if self.inline or len(text) <= _SHORT:
            return text
        number = self.numbers.setdefault(text, len(self.numbers) + 1)
        return Markup('<a class="fn" href="#t{0}">※{0}</a>').format(number)
