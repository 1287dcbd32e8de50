"""How cells look: fonts, fills, borders and formats of numbers, shared by all sheets."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from zaitaku_rules.read.workbook.engine import openpyxl

INK = "FF1F2A30"
QUIET = "FF5F6B76"
HEAD = "FF1F6F6B"
REQUIRED = "FF17504D"
COMPUTED = "FFEEF1F2"
PAPER = "FFFFFFFF"
LINE = "FFC9D1D5"
FILLS = {
    "broken": "FFF9D6D2",
    "open": "FFFFF1C2",
    "kept": "FFD9EFDF",
    "idle": "FFEEF1F2",
    "waived": "FFD6EAF3",
}
"""The colour of each verdict or status; a sign and a word always stand with it."""

_FONTS = {"ja": "Yu Gothic", "en": "Calibri"}
_DAYS = {"ja": "[$-411]ge.m.d;@", "en": "yyyy-mm-dd;@"}
_MOMENTS = {"ja": "[$-411]ge.m.d h:mm;@", "en": "yyyy-mm-dd h:mm;@"}
_WEEKDAYS = {"ja": "[$-411]aaa;;;@", "en": "[$-409]ddd;;;@"}
_MONTHS = {"ja": '[$-411]ggge"年"m"月";@', "en": "yyyy-mm;@"}
CLOCK = "h:mm;@"
TEXT = "@"


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of one workbook in one language."""

    lang: str
    _painted: dict[tuple[object, ...], Any] = field(default_factory=dict[tuple[object, ...], Any])

    @property
    def days(self) -> str:
        """The format of dates: era in Japanese."""
        return _DAYS[self.lang]

    @property
    def moments(self) -> str:
        """The format of a date that may have a time."""
        return _MOMENTS[self.lang]

    @property
    def weekdays(self) -> str:
        """The format that shows a date as its weekday."""
        return _WEEKDAYS[self.lang]

    @property
    def months(self) -> str:
        """The format that shows the first day of a month as the month."""
        return _MONTHS[self.lang]

    def font(self, *, size: int = 10, bold: bool = False, color: str = INK, italic: bool = False) -> Any:
        """Return a font of the language."""
        return openpyxl("styles").Font(
            name=_FONTS[self.lang], size=size, bold=bold, color=color, italic=italic
        )

    def title(self, cell: Any) -> None:
        """Make a cell the title of its sheet."""
        self._look(cell, self.font(size=14, bold=True))

    def note(self, cell: Any) -> None:
        """Make a cell a line of explanation."""
        self._look(cell, self.font(size=9, color=QUIET), across=("left", "top", True))

    def plain(self, cell: Any) -> None:
        """Make a cell ordinary text that nobody fills in."""
        self._look(cell, self.font(), across=("left", "top", True))

    def heading(self, cell: Any, *, required: bool = False) -> None:
        """Make a cell a heading; of a column that must be filled in, a darker one."""
        color = REQUIRED if required else HEAD
        self._look(
            cell, self.font(bold=True, color=PAPER), color, across=("center", "center", True), line=True
        )

    def input(self, cell: Any, number_format: str = "General", *, wrap: bool = False) -> None:
        """Make a cell one to fill in: white and unlocked."""
        self._like(("input", number_format, wrap), cell, partial(self._input, cell, number_format, wrap))

    def _input(self, cell: Any, number_format: str, wrap: bool) -> None:
        self._look(cell, self.font(), across=("left", "center", wrap), line=True)
        cell.number_format = number_format
        cell.protection = openpyxl("styles").Protection(locked=False)

    def open_column(self, column: Any, number_format: str) -> None:
        """Unlock the cells of a column that have no look of their own."""
        column.font, column.number_format = self.font(), number_format
        column.protection = openpyxl("styles").Protection(locked=False)

    def computed(self, cell: Any, number_format: str = "General", *, wrap: bool = False) -> None:
        """Make a cell a computed one: grey, locked and centred."""
        paint = partial(self._computed, cell, number_format, wrap)
        self._like(("computed", number_format, wrap), cell, paint)

    def _computed(self, cell: Any, number_format: str, wrap: bool) -> None:
        self._look(cell, self.font(color=QUIET), COMPUTED, across=("center", "center", wrap), line=True)
        cell.number_format = number_format

    def result(self, cell: Any, status: str = "", *, bold: bool = False, wrap: bool = True) -> None:
        """Make a cell one that holds a result, in the colour of its status."""
        color, across = FILLS.get(status, ""), ("left", "top" if wrap else "center", wrap)
        paint = partial(self._look, cell, self.font(bold=bold), color, across=across, line=True)
        self._like(("result", status, bold, wrap), cell, paint)

    def _like(self, name: tuple[object, ...], cell: Any, paint: Callable[[], None]) -> None:
        """Paint a cell, or copy the look that was painted before: it takes a tenth of the time."""
        if name in self._painted:
            cell._style = copy(self._painted[name])
        else:
            paint()
            self._painted[name] = copy(cell._style)

    def _look(
        self,
        cell: Any,
        font: Any,
        color: str = "",
        *,
        across: tuple[str | None, str, bool] = ("left", "center", False),
        line: bool = False,
    ) -> None:
        horizontal, vertical, wrap = across
        aligned = openpyxl("styles").Alignment
        cell.font = font
        cell.alignment = aligned(horizontal=horizontal, vertical=vertical, wrap_text=wrap)
        if color:
            cell.fill = filled(color)
        if line:
            cell.border = lined()


def filled(color: str) -> Any:
    """Return a fill of one colour."""
    return openpyxl("styles").PatternFill("solid", start_color=color, end_color=color)


def lined() -> Any:
    """Return a thin border on all sides."""
    styles = openpyxl("styles")
    side = styles.Side(style="thin", color=LINE)
    return styles.Border(left=side, right=side, top=side, bottom=side)


def printed(sheet: Any, heading_row: int, footer: str) -> None:
    """Set a sheet up for A4, as wide as one page, its headings on every page."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = openpyxl("worksheet.properties").PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.footer = 0.5, 0.75, 0.35
    if heading_row:
        sheet.print_title_rows = f"1:{heading_row}"
    sheet.oddFooter.left.text = footer
    sheet.oddFooter.right.text = "&P / &N"


def protected(sheet: Any) -> None:
    """Lock what is not to be filled in, without a password; widths, rows and filters stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = False
    protection.insertRows = protection.deleteRows = False
    protection.sort = protection.autoFilter = False
