"""What `zaitaku law` and `zaitaku overlay` do, once their options are read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import get_args

from zaitaku_rules.cli.drawing import draw_out, put_json
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.overlay_files import checked
from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.law import Overlay, overlay_of, shipped_overlay, shipped_overlays
from zaitaku_rules.records.fields import Service
from zaitaku_rules.write.coverage import coverage_entries, print_coverage
from zaitaku_rules.write.law_entry import law_entry, newest_day
from zaitaku_rules.write.overlay_template import template
from zaitaku_rules.write.overlay_words import overlay_summary
from zaitaku_rules.write.text_law import print_law

SERVICES: tuple[str, ...] = get_args(Service)


def show_law(
    municipality: str | None,
    on: date | None,
    service: str,
    overlays: tuple[Overlay, ...],
    lang: str,
    form: str,
) -> int:
    """Write the law of a place on a day; without a day the newest law, which is said."""
    day = on or newest_day(municipality, overlays)
    entry = law_entry(municipality, day, service, overlays)
    if form == "json":
        put_json(entry)
    else:
        draw_out(lambda console: print_law(entry, console, lang))
    if on is None:
        said = (f"最も新しい定め: {day}(--on で変えられます)", f"the newest law: of {day} (change with --on)")
        print(said[0 if lang == "ja" else 1], file=sys.stderr)
    return 0


def show_coverage(
    municipality: str | None, on: date | None, overlays: tuple[Overlay, ...], lang: str, form: str
) -> int:
    """Write every clause with its fate: of the nation and all shipped overlays, or of one municipality."""
    if on:
        said = ("--coverage は、日付によらず全条項を示します", "--coverage shows the clauses of all dates")
        print(said[0 if lang == "ja" else 1], file=sys.stderr)
    local = overlay_of(municipality) if municipality else None
    shipped = [shipped_overlay(name) for name in shipped_overlays()] if municipality is None else [local]
    entries = coverage_entries([*filter(None, shipped), *overlays])
    if form == "json":
        return put_json(entries)
    return draw_out(lambda console: print_coverage(entries, console, lang))


def check_overlays(names: Sequence[str], lang: str) -> int:
    """Load overlays and write a line on each; exit 2 where one is faulty."""
    faulty = 0
    with output(None) as stream:
        for name, found in checked(names):
            if isinstance(found, ZaitakuError):
                faulty += 1
                print(found.said_in(lang), file=sys.stderr)
            else:
                stream.write(f"{name}: ok  {overlay_summary(found).said_in(lang)}\n")
    return 2 if faulty else 0


def write_template(municipality: str | None, name: str | None) -> int:
    """Write the template of an overlay, with code and name where they are given."""
    with output(None) as stream:
        stream.write(template(municipality, name))
    return 0
