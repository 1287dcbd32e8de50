"""The least that Django needs, and the rules of the office."""

import os
from pathlib import Path

SECRET_KEY = "an example serves no web pages"
INSTALLED_APPS = ["homeuse"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("OFFICE_DB", "office.sqlite3"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Moments are stored in UTC and belong to a day in Japan.
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# Files of the office's own rules (運営規程), laid over the nation's and the municipality's.
ZAITAKU_OVERLAYS: list[Path] = []
