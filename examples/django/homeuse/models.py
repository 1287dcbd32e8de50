"""An office's records, named as the lists of the case file name them, and the judgements kept of them.

A column that may be null is unknown where it is null; a blank text was left blank. The case file makes the
same difference, so texts may be null here, too.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import models

from homeuse.words import Channel, Means, Place

_HIDDEN = {"id", "user", "provider"}
"""What says whose a row is, and its key."""


def text() -> Any:
    """Return a column of text that may be unknown."""
    return models.TextField(null=True, blank=True)


def flag() -> Any:
    """Return a column of yes or no that may be unknown."""
    return models.BooleanField(null=True)


class Provider(models.Model):
    """A provider (事業所) and its service."""

    number = models.CharField(max_length=10, unique=True)
    service = models.CharField(max_length=20)
    municipality = text()


class ServiceUser(models.Model):
    """A user (利用者). The name stays here: judging needs none, and no report shows one."""

    code = models.CharField(max_length=40, unique=True)
    name = text()
    municipality = models.CharField(max_length=6, help_text="支給決定をした市町村のコード")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="users")
    wish_on = models.DateField(null=True, blank=True)


def written(value: Any) -> Any:
    """Return a value as JSON has it: a clock time to the minute, days and moments by ISO 8601."""
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value


class Record(models.Model):
    """A row of a list. Fields are called as in the case file; `since` is its `from`, a word of Python."""

    class Meta:
        """Each list has a table of its own."""

        abstract = True

    def row(self) -> dict[str, Any]:
        """Return the row as the case file has it, without what is unknown."""
        told = {field.name: getattr(self, field.name) for field in self._meta.concrete_fields}
        return {
            "from" if name == "since" else name: written(value)
            for name, value in told.items()
            if name not in _HIDDEN and value is not None
        }


class OfUser(Record):
    """A row that belongs to a user."""

    user = models.ForeignKey(ServiceUser, models.CASCADE, related_name="%(class)s_rows")

    class Meta:
        """Each list has a table of its own."""

        abstract = True


class Numbered(OfUser):
    """A row that a report can name as evidence."""

    class Meta:
        """Each list has a table of its own."""

        abstract = True

    def row(self) -> dict[str, Any]:
        """Return the row with its number."""
        return {"id": f"{self._meta.model_name}-{self.pk}", **super().row()}


class Approval(OfUser):
    """A decision (支給決定) or an approval of home use. Without `days_per_month` the standard days hold."""

    kind = models.CharField(max_length=20)
    since = models.DateField()
    to = models.DateField(null=True, blank=True)
    days_per_month = models.PositiveSmallIntegerField(null=True, blank=True)
    on_certificate = flag()
    ground = text()


class Notification(OfUser):
    """A notification of home use to the municipality (届出)."""

    kind = models.CharField(max_length=20)
    submitted = models.DateField(null=True, blank=True)
    accepted = models.DateField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    to = models.DateField(null=True, blank=True)


class Plan(OfUser):
    """An individual support plan (個別支援計画)."""

    since = models.DateField()
    to = models.DateField(null=True, blank=True)
    states_home_use = models.BooleanField()
    user_signed = flag()


class Readiness(Record):
    """An arrangement of a provider that stands ready (体制)."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="readiness_rows")
    kind = models.CharField(max_length=40)
    since = models.DateField()
    to = models.DateField(null=True, blank=True)


class UseDay(OfUser):
    """A use of the service on one day at one place."""

    date = models.DateField(db_index=True)
    place = models.CharField(max_length=20, choices=Place)
    start = models.TimeField(null=True, blank=True)
    end = models.TimeField(null=True, blank=True)
    activity = text()
    support = text()


class Absence(OfUser):
    """An absence with support (欠席時対応)."""

    date = models.DateField(db_index=True)
    addition_claimed = models.BooleanField(default=False)


class HospitalStay(OfUser):
    """A stay in hospital."""

    since = models.DateField()
    to = models.DateField(null=True, blank=True)


class Contact(Numbered):
    """A contact between staff and user."""

    at = models.DateTimeField(db_index=True)
    channel = models.CharField(max_length=20, choices=Channel)
    by = models.CharField(max_length=5, default="staff")
    answered = flag()
    recorded_at = models.DateTimeField(null=True, blank=True)


class DailyReport(Numbered):
    """A daily report (日報)."""

    date = models.DateField(db_index=True)
    recorded_at = models.DateTimeField(null=True, blank=True)


class Evaluation(Numbered):
    """A weekly evaluation (評価等), an assessment of achievement (達成度の評価), or both at once."""

    date = models.DateField(db_index=True)
    weekly = models.BooleanField(default=False)
    achievement = models.BooleanField(default=False)
    means = models.CharField(max_length=20, choices=Means)
    place = models.CharField(max_length=20, null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    def row(self) -> dict[str, Any]:
        """Return the row; the case file lists what an evaluation covers."""
        told = super().row()
        covers = [name for name in ("weekly", "achievement") if told.pop(name)]
        return {**told, "covers": covers}


class Recording(OfUser):
    """Audio, video or still images of training or support."""

    date = models.DateField(db_index=True)
    subject = models.CharField(max_length=10)
    media = models.CharField(max_length=10)
    secured = models.BooleanField()


class Consent(OfUser):
    """A consent of the user, such as to being recorded."""

    kind = models.CharField(max_length=20)
    on = models.DateField()
    until = models.DateField(null=True, blank=True)


class Judgement(models.Model):
    """A report that was given, with the case it was given for: enough to verify it years later."""

    user = models.ForeignKey(ServiceUser, models.PROTECT, related_name="judgements")
    month = models.CharField(max_length=7)
    as_of = models.DateField()
    verdict = models.CharField(max_length=10)
    case = models.JSONField()
    report = models.JSONField()

    class Meta:
        """One for each user, month and day of the question."""

        constraints = (
            models.UniqueConstraint(fields=["user", "month", "as_of"], name="one_for_each_question"),
        )
