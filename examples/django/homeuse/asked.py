"""What the commands are asked, read so that a slip is told in one line."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from zaitaku_rules import Overlay, ZaitakuError, load_overlay


def add_month(parser: CommandParser) -> None:
    """Take the month and the language."""
    parser.add_argument("month", type=month, metavar="YYYY-MM")
    parser.add_argument("--lang", choices=["ja", "en"], default="ja")


def month(text: str) -> str:
    """Return a month as it is written in a case; raises ValueError for anything else."""
    return f"{date.fromisoformat(f'{text}-01'):%Y-%m}"


def overlays(lang: str) -> list[Overlay]:
    """Return the rules of the office; a faulty file stops the command."""
    try:
        return [load_overlay(path) for path in settings.ZAITAKU_OVERLAYS]
    except ZaitakuError as error:
        raise CommandError(error.said_in(lang), returncode=2) from None
