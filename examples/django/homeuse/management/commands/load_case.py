"""`manage.py load_case FILE...`: put the months of case files into the tables, to have something to judge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from homeuse.cases import LISTS
from homeuse.models import Provider, Readiness, Record, ServiceUser
from zaitaku_rules import Case


class Command(BaseCommand):
    """Load case files."""

    help = "ケースファイルの記録を表に入れます。 / Puts the records of case files into the tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files."""
        parser.add_argument("files", nargs="+", type=Path)

    @transaction.atomic
    def handle(self, *, files: list[Path], **_: Any) -> None:
        """Load all files, or none."""
        for file in files:
            try:
                self.load(Case.model_validate_json(file.read_bytes()))
            except OSError as error:
                raise CommandError(f"{file.name}: {error.strerror}") from None
            except ValidationError as error:
                told = error.errors()[0]
                place = ".".join(map(str, told["loc"]))
                raise CommandError(f"{file.name}: {place}: {told['ctx']['ja']} {told['ctx']['en']}") from None

    def load(self, case: Case) -> None:
        """Put the rows of a case into the tables, in place of those of its user."""
        provider, is_new = Provider.objects.get_or_create(
            number=case.provider.number,
            defaults={"service": case.provider.service, "municipality": case.provider.municipality},
        )
        user, _ = ServiceUser.objects.update_or_create(
            code=case.user.id,
            defaults={
                "municipality": case.user.municipality,
                "provider": provider,
                "wish_on": case.user.wish.on if case.user.wish else None,
            },
        )
        if is_new:
            Readiness.objects.bulk_create(
                Readiness(provider=provider, **columns(row, Readiness)) for row in case.readiness or ()
            )
        for name, model in LISTS.items():
            model.objects.filter(user=user).delete()
            rows = getattr(case, name) or ()
            model.objects.bulk_create(model(user=user, **columns(row, model)) for row in rows)


def columns(row: Any, model: type[Record]) -> dict[str, Any]:
    """Return what a row of a case says, by the columns of a table."""
    told = row.model_dump(by_alias=True, exclude_none=True)
    told["since"] = told.pop("from", None)
    told |= dict.fromkeys(told.pop("covers", ()), True)
    if told.get("days_per_month") == "standard":
        del told["days_per_month"]
    for name in ("at", "recorded_at"):
        if hasattr(told.get(name), "hour"):
            told[name] = timezone.make_aware(told[name])
    kept = {field.name for field in model._meta.concrete_fields} - {"id", "provider"}
    return {name: value for name, value in told.items() if name in kept}
