"""The words of the case file that the tables use, and how staff see them."""

from __future__ import annotations

from django.db import models


class Place(models.TextChoices):
    """Where the service was used."""

    HOME = "home", "在宅"
    SATELLITE = "satellite", "サテライトオフィス等"
    OFFICE = "office", "通所"
    OFFSITE = "offsite", "施設外"


class Channel(models.TextChoices):
    """How staff and user were in contact."""

    PHONE = "phone", "電話"
    VIDEO = "video", "ビデオ通話"
    VISIT = "visit", "訪問"
    OFFICE = "office", "来所"
    CHAT = "chat", "チャット"
    MAIL = "mail", "メール"
    ONE_WAY = "one_way", "応答のない送信"


class Means(models.TextChoices):
    """How an evaluation was made."""

    VISIT = "visit", "訪問"
    COMMUTE = "commute", "通所"
    PHONE = "phone", "電話"
    VIDEO = "video", "ビデオ通話"
    CHAT = "chat", "チャット"
    MAIL = "mail", "メール"
