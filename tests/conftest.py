"""Settings for all tests: how many examples the property tests try."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("ZAITAKU_EXAMPLES", "0"))
"""Examples for each property; 0 keeps the defaults of the test run."""

settings.register_profile(
    "zaitaku",
    max_examples=EXAMPLES or 150,
    deadline=None,
    derandomize=not EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("zaitaku")
