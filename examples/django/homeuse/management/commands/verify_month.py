"""`manage.py verify_month 2026-03`: are the reports kept still what the case and the law give?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from pydantic import ValidationError

from homeuse.asked import add_month, overlays
from homeuse.cases import document, users_of
from homeuse.models import Judgement
from zaitaku_rules import Case, Verification, ZaitakuError, verify

SAID = {
    "ja": {
        "kept": "保存したケース",
        "today": "いまの記録",
        "agrees": "一致",
        "no case": "ケースになりません",
    },
    "en": {"kept": "the case kept", "today": "the rows of today", "agrees": "agrees", "no case": "no case"},
}


class Command(BaseCommand):
    """Verify a month."""

    help = "保存した報告を確かめます。 / Verifies the reports kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the month and the language."""
        add_month(parser)

    def handle(self, *, month: str, lang: str, **_: Any) -> None:
        """Ask of each report: is it that of the case kept with it, and do the rows of today still give it?

        Exit 1: some report is not what its case gives. Rows that have changed since are told, and no error.
        """
        self.lang, self.overlays, is_sound = lang, overlays(lang), True
        users = {user.pk: user for user in users_of(month)}
        judgements = Judgement.objects.filter(month=month).select_related("user")
        for kept in judgements.order_by("user__code", "as_of"):
            is_sound &= self.tell(kept, "kept", kept.case)
            today = users.get(kept.user_id)
            self.tell(kept, "today", document(today, month, kept.as_of) if today else None)
        if not is_sound:
            raise SystemExit(1)

    def tell(self, kept: Judgement, which: str, case: Any) -> bool:
        """Write whether a case gives the report, else why not and where; return whether it does."""
        words = SAID[self.lang]
        try:
            replay = verify(kept.report, Case.model_validate(case), overlays=self.overlays)
            does_agree, said = replay.agrees, "; ".join(self.causes(replay)) or words["agrees"]
        except ValidationError:
            does_agree, said = False, words["no case"]
        except ZaitakuError as error:
            does_agree, said = False, error.said_in(self.lang)
        self.stdout.write(f"{kept.user.code}  {kept.as_of}  {words[which]}: {said}")
        return does_agree

    def causes(self, replay: Verification) -> Iterator[str]:
        """Return why a report differs, and the first places."""
        yield from (getattr(cause.what, self.lang) for cause in replay.causes)
        yield from (difference.place for difference in replay.differences[:3])
