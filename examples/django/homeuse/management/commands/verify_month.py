"""`manage.py verify_month 2026-03`: are the reports kept still what the case and the law give?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from pydantic import ValidationError

from homeuse.cases import document, users_of
from homeuse.models import Judgement
from zaitaku_rules import Case, Verification, load_overlay, verify

SAID = {
    "ja": ("保存したケース", "いまの記録", "一致", "ケースになりません"),
    "en": ("the case kept", "the rows of today", "agrees", "no case"),
}


class Command(BaseCommand):
    """Verify a month."""

    help = "保存した報告を確かめます。 / Verifies the reports kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the month and the language."""
        parser.add_argument("month", help="YYYY-MM")
        parser.add_argument("--lang", choices=["ja", "en"], default="ja")

    def handle(self, *, month: str, lang: str, **_: Any) -> None:
        """Ask of each report: is it that of the case kept with it, and do the rows of today still give it?

        Exit 1: some report is not what its case gives. Rows that have changed since are told, and no error.
        """
        self.overlays = [load_overlay(path) for path in settings.ZAITAKU_OVERLAYS]
        users = {user.pk: user for user in users_of(month)}
        is_sound = True
        for kept in (
            Judgement.objects.filter(month=month).select_related("user").order_by("user__code", "as_of")
        ):
            replay = self.replay(kept, kept.case)
            is_sound &= replay.agrees
            self.tell(kept, 0, replay, lang)
            today = users.get(kept.user_id)
            try:
                self.tell(kept, 1, today and self.replay(kept, document(today, month, kept.as_of)), lang)
            except ValidationError:
                self.tell(kept, 1, None, lang)
        if not is_sound:
            raise SystemExit(1)

    def replay(self, kept: Judgement, case: dict[str, Any]) -> Verification:
        """Judge a case again as the receipt says."""
        return verify(kept.report, Case.model_validate(case), overlays=self.overlays)

    def tell(self, kept: Judgement, which: int, replay: Verification | None, lang: str) -> None:
        """Write one line: whose report, against what, and what is different."""
        words = SAID[lang]
        said = words[3] if replay is None else words[2] if replay.agrees else "; ".join(causes(replay, lang))
        self.stdout.write(f"{kept.user.code}  {kept.as_of}  {words[which]}: {said}")


def causes(replay: Verification, lang: str) -> Iterator[str]:
    """Return why a report differs, and where."""
    yield from (getattr(cause.what, lang) for cause in replay.causes)
    yield from (difference.place for difference in replay.differences[:3])
