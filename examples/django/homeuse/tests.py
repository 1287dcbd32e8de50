"""The tables give the judgement of the case files, in few queries, and a report can be verified later."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management import CommandError, call_command
from django.test import TestCase

from homeuse.cases import EVENTS, LISTS, document, documents, span, users_of
from homeuse.models import Contact, DailyReport, Evaluation, Judgement, ServiceUser, UseDay
from zaitaku_rules import Case, check

EXAMPLES = Path(__file__).parents[2]
HITACHI = ("hitachi-visit.json", "hitachi-broken.json", "hitachi-commute-serves-both.json")
DAY = date(2026, 4, 10)

NAME = "山田太郎"


def run(name: str, *arguments: str) -> tuple[int, str]:
    """Call a command and return its exit code and what it said."""
    out = StringIO()
    try:
        call_command(name, *arguments, stdout=out, stderr=out)
    except SystemExit as left:
        return int(str(left.code)), out.getvalue()
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def load(*names: str) -> None:
    """Put case files into the tables."""
    call_command("load_case", *(str(EXAMPLES / name) for name in names))


def as_kept(path: Path) -> Case:
    """Return the case of a file with the lists and the coverage that this office has."""
    told = json.loads(path.read_text("utf-8"))
    kept = {*LISTS, "readiness", "schema", "month", "user", "provider", "as_of"}
    given = {name: value for name, value in told.items() if name in kept}
    first, last = span(Case.model_validate(told).month)
    coverage = {name: {"from": first, "through": last} for name in EVENTS}
    absent = {name: [] for name in LISTS if name not in given}
    return Case.model_validate({**given, **absent, "coverage": coverage, "as_of": DAY})


class Cases(TestCase):
    """What the tables give."""

    def test_the_tables_give_the_judgement_of_the_file(self) -> None:
        """Every example, by way of the tables, is judged as the file is."""
        for path in sorted(EXAMPLES.glob("*.json")):
            with self.subTest(path.name):
                expected = check(as_kept(path))
                ServiceUser.objects.all().delete()
                load(path.name)
                ((_, given),) = documents(expected.month, DAY)
                report = check(Case.model_validate(given))
                self.assertEqual(report.verdict, expected.verdict)
                self.assertEqual(report.claim, expected.claim)
                for rule in expected.rules:
                    found = report.rule(rule.code)
                    self.assertEqual((found.status, found.days), (rule.status, rule.days), rule.code)

    def test_many_users_take_no_more_queries(self) -> None:
        """A query for the users, one for readiness and one for each list."""
        load(*HITACHI)
        with self.assertNumQueries(2 + len(LISTS)):
            self.assertEqual(len(list(documents("2026-03", DAY))), 3)
        (one, *_) = users_of("2026-03")
        for number in range(20):
            UseDay(user=copied(one, f"C-{number}"), date=date(2026, 3, 2), place="home").save()
        with self.assertNumQueries(2 + len(LISTS)):
            self.assertEqual(len(list(documents("2026-03", DAY))), 23)

    def test_a_moment_is_of_the_day_in_japan(self) -> None:
        """A call at 08:30 in Japan is stored on the day before, in UTC, and counts for its own day."""
        load("hitachi-broken.json")
        user = ServiceUser.objects.get()
        early = datetime(2026, 3, 10, 8, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
        Contact(user=user, at=early, channel="phone").save()
        ((_, given),) = documents("2026-03", DAY)
        self.assertEqual(check(Case.model_validate(given)).rule("Z301").status, "kept")

    def test_the_last_week_runs_into_the_next_month(self) -> None:
        """The books are complete in April, too: without an evaluation there the week is broken, not open."""
        load("hitachi-visit.json")
        user = ServiceUser.objects.get()
        Evaluation.objects.filter(date__gte=date(2026, 3, 30)).delete()
        UseDay(user=user, date=date(2026, 3, 31), place="home", activity="入力", support="助言").save()
        ((_, without),) = documents("2026-03", DAY)
        self.assertEqual(check(Case.model_validate(without)).rule("Z401").status, "broken")
        Evaluation(user=user, date=date(2026, 4, 2), weekly=True, means="phone").save()
        ((_, found),) = documents("2026-03", DAY)
        self.assertEqual(check(Case.model_validate(found)).rule("Z401").status, "kept")

    def test_a_report_names_the_rows(self) -> None:
        """The evidence of a finding leads back to the table."""
        load("hitachi-broken.json")
        ((_, given),) = documents("2026-03", DAY)
        (found,) = check(Case.model_validate(given)).rule("Z301").found
        (row,) = Contact.objects.filter(at__date=found.date)
        self.assertEqual(found.records, (f"contact-{row.pk}",))

    def test_no_name_leaves_the_tables(self) -> None:
        """The case has no name to lose."""
        load("hitachi-visit.json")
        ServiceUser.objects.update(name=NAME)
        (user,) = users_of("2026-03")
        self.assertNotIn(NAME, json.dumps(document(user, "2026-03", DAY), ensure_ascii=False))


class Commands(TestCase):
    """What the commands do."""

    def test_a_month_is_judged_and_kept(self) -> None:
        """A report for each user, with its receipt; a second run of the day replaces the first."""
        load(*HITACHI)
        for _ in range(2):
            code, said = run("judge_month", "2026-03", "--as-of", "2026-04-10", "--lang", "en")
            self.assertEqual(code, 1)
            self.assertIn("judged 3 users: 1 broken, 0 open, 2 kept, 0 idle", said)
            self.assertEqual(Judgement.objects.count(), 3)
        kept = Judgement.objects.get(verdict="broken")
        self.assertEqual(kept.user.code, "U-304")
        self.assertEqual(kept.report["receipt"]["case_sha256"], Case.model_validate(kept.case).sha256)

    def test_the_exit_is_0_where_nothing_is_broken(self) -> None:
        """For cron."""
        load("hitachi-visit.json")
        self.assertEqual(run("judge_month", "2026-03", "--as-of", "2026-04-10")[0], 0)

    def test_one_bad_user_does_not_stop_the_others(self) -> None:
        """What is wrong is told by its place, without the name or the value."""
        load(*HITACHI)
        ServiceUser.objects.filter(code="U-301").update(name=NAME, municipality=NAME)
        code, said = run("judge_month", "2026-03", "--as-of", "2026-04-10")
        self.assertEqual(code, 2)
        self.assertIn("U-301: user.municipality: ", said)
        self.assertNotIn(NAME, said)
        self.assertEqual(Judgement.objects.count(), 2)

    def test_a_report_agrees_until_rows_change(self) -> None:
        """A row entered later: the report stays what its case gives, and the rows of today are others."""
        load("hitachi-broken.json")
        run("judge_month", "2026-03", "--as-of", "2026-04-10")
        self.assertEqual(self.verified(), ["the case kept: agrees", "the rows of today: agrees"])
        DailyReport(user=ServiceUser.objects.get(), date=date(2026, 3, 18)).save()
        kept, today = self.verified()
        self.assertEqual(kept, "the case kept: agrees")
        self.assertIn("the case is not the document that the report was made from", today)
        self.assertIn("rules.Z302", today)

    def test_a_changed_report_is_found_out(self) -> None:
        """Whoever edits the table of judgements is contradicted by the case that lies beside."""
        load("hitachi-broken.json")
        run("judge_month", "2026-03", "--as-of", "2026-04-10")
        kept = Judgement.objects.get()
        kept.report["verdict"] = "kept"
        kept.save()
        self.assertIn("verdict", self.verified(1)[0])

    def test_rows_that_are_gone_are_told(self) -> None:
        """Without its rows a report can still be verified by the case kept with it."""
        load("hitachi-broken.json")
        run("judge_month", "2026-03", "--as-of", "2026-04-10")
        UseDay.objects.all().delete()
        self.assertEqual(self.verified(), ["the case kept: agrees", "the rows of today: no case"])

    def verified(self, expected: int = 0) -> list[str]:
        """Return what is said of the only report."""
        code, said = run("verify_month", "2026-03", "--lang", "en")
        self.assertEqual(code, expected, said)
        return [line.partition("2026-04-10  ")[2] for line in said.splitlines()]

    def test_slips_are_told_in_one_line(self) -> None:
        """A month that is none, a file that is no case, an overlay that is faulty."""
        with TemporaryDirectory() as folder:
            (bad := Path(folder, "bad.json")).write_text('{"schema": 1}', "utf-8")
            (faulty := Path(folder, "faulty.toml")).write_text("[overlay]\n", "utf-8")
            for call in (
                ("judge_month", "2026-3"),
                ("verify_month", "March"),
                ("load_case", str(bad)),
                ("load_case", f"{bad}.json"),
            ):
                code, said = run(*call)
                self.assertGreater(code, 0, call)
                self.assertEqual(len(said.splitlines()), 1, said)
            with self.settings(ZAITAKU_OVERLAYS=[faulty]):
                code, said = run("judge_month", "2026-03", "--lang", "en")
            self.assertEqual((code, said.partition(":")[0]), (2, faulty.name))

    def test_a_case_loaded_twice_is_there_once(self) -> None:
        """The rows of the user are replaced."""
        load("hitachi-broken.json")
        count = UseDay.objects.count()
        load("hitachi-broken.json")
        self.assertEqual((ServiceUser.objects.count(), UseDay.objects.count()), (1, count))

    def test_a_judgement_that_is_none_is_told(self) -> None:
        """Whatever stands in the table, the command says so and goes on."""
        load("hitachi-broken.json")
        run("judge_month", "2026-03", "--as-of", "2026-04-10")
        Judgement.objects.update(report={"schema": "x"})
        self.assertIn("not a report", self.verified(1)[0])

    def test_the_migrations_are_up_to_date(self) -> None:
        """The tables are those of the models."""
        self.assertEqual(run("makemigrations", "--check", "--dry-run")[0], 0)


def copied(user: ServiceUser, code: str) -> Any:
    """Return another user of the same office."""
    return ServiceUser.objects.create(code=code, municipality=user.municipality, provider=user.provider)
