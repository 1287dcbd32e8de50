"""What an act costs, in small whole numbers that only compare: the plan takes the cheapest set."""

from __future__ import annotations

ASSESSED = 1
"""Each thing assessed takes its form and its time, whatever the way."""

PHONE = 1
"""A call takes staff time and nothing else."""

VIDEO = 2
"""A video call must be set up on both sides."""

VISIT = 6
"""Staff travel to the user and back."""

COMMUTE = 1
"""The user is at the office on that day anyway: a talk, and nothing else."""

INSTEAD_OF_HOME = 8
"""A day planned at home becomes one at the office: the user travels, the plan changes."""

EXTRA_DAY = 10
"""A day of use that nobody planned: transport, staff, and a day of the allotment."""

CLOSED = 1
"""Offices are closed: the user comes, or the report is sent in, on such a day where no other is left."""

OFF_PLAN = 1
"""Staff call or visit on a day without use, when the user does not expect it."""

SUBMISSION = 1
"""The report is sent in."""
