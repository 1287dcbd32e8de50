"""What breaks a rule: a function that changes a lawful month, marked with the codes of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeAlias

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.testing.strategies.demands import Demands
from zaitaku_rules.testing.strategies.sketch import Sketch

Break: TypeAlias = Callable[[DrawFn, Sketch, Demands], Iterable[date]]
"""Changes a lawful month and returns the days that then break the rule."""

DAY, WEEK = timedelta(days=1), timedelta(days=7)


def breaks(chapter: dict[str, Break], *codes: str) -> Callable[[Break], Break]:
    """Mark a function as what breaks some rules of a chapter."""

    def mark(found: Break) -> Break:
        chapter.update(dict.fromkeys(codes, found))
        return found

    return mark


def home_day(draw: DrawFn, sketch: Sketch) -> date:
    """Draw a home day."""
    return draw(st.sampled_from(sketch.home))
