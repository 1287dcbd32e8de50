"""What happened: the case of one user in one month, as pydantic models for strangers' data."""

from zaitaku_rules.records.case import EVENTS, SOURCES, Case, Source
from zaitaku_rules.records.events import day_of

__all__ = ["EVENTS", "SOURCES", "Case", "Source", "day_of"]
