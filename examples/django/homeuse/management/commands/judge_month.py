"""`manage.py judge_month 2026-03`: judge all users of a month and keep each report with its receipt."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from pydantic import ValidationError

from homeuse.asked import add_month, overlays
from homeuse.cases import documents
from homeuse.models import Judgement, ServiceUser
from zaitaku_rules import Case, Report, check

JUDGED = {
    "ja": "判定した利用者 {users}人: 不適合 {broken}、未確定 {open}、適合 {kept}、対象なし {idle}",
    "en": "judged {users} users: {broken} broken, {open} open, {kept} kept, {idle} idle",
}
NOT_JUDGED = {
    "ja": "記録に誤りがあり、判定できない利用者 {bad}人。上の項目を直してください。",
    "en": "{bad} users cannot be judged: mend the fields named above",
}


class Command(BaseCommand):
    """Judge a month."""

    help = "1か月の全利用者を判定し、報告を保存します。 / Judges all users of a month and keeps the reports."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the month, the day of the question (by default today in Japan) and the language."""
        add_month(parser)
        parser.add_argument("--as-of", type=date.fromisoformat)

    def handle(self, *, month: str, as_of: date | None, lang: str, **_: Any) -> None:
        """Judge everyone; a user whose rows are no case is told and does not stop the others.

        Exit 0: nothing broken. 1: some verdict is broken. 2: some user could not be judged.
        """
        # The library reads no clock.
        day, rules = as_of or timezone.localdate(), overlays(lang)
        found, bad = list[Judgement](), 0
        for user, document in documents(month, day):
            try:
                report = check(Case.model_validate(document), overlays=rules)
            except ValidationError as error:
                self.tell_faults(user, error, lang)
                bad += 1
                continue
            self.tell(report, lang)
            found.append(kept(user, document, report))
        Judgement.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["user", "month", "as_of"],
            update_fields=["verdict", "case", "report"],
        )
        self.end(Counter(one.verdict for one in found), bad, lang)

    def tell(self, report: Report, lang: str) -> None:
        """Write a line for a user, and one for each rule that is broken."""
        self.stdout.write(f"{report.user}  {report.verdict}")
        for rule in report.rules:
            if rule.status == "broken":
                self.stdout.write(f"  {rule.code}  {getattr(rule.message, lang)}")

    def tell_faults(self, user: ServiceUser, error: ValidationError, lang: str) -> None:
        """Write what is wrong with the rows of a user; the words of the library repeat no name."""
        for line in error.errors():
            place = ".".join(map(str, line["loc"]))
            self.stderr.write(f"{user.code}: {place}: {line.get('ctx', {}).get(lang, line['msg'])}")

    def end(self, verdicts: Counter[str], bad: int, lang: str) -> None:
        """Sum up, and leave with the exit code."""
        words = ("broken", "open", "kept", "idle")
        self.stdout.write(
            JUDGED[lang].format(users=verdicts.total(), **{word: verdicts[word] for word in words})
        )
        if bad:
            raise CommandError(NOT_JUDGED[lang].format(bad=bad), returncode=2)
        if verdicts["broken"]:
            raise SystemExit(1)


def kept(user: ServiceUser, document: dict[str, Any], report: Report) -> Judgement:
    """Return the report as it is kept."""
    return Judgement(
        user=user,
        month=report.month,
        as_of=report.as_of,
        verdict=report.verdict,
        case=document,
        report=json.loads(report.to_json()),
    )
