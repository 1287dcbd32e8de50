"""The judgement as a web service: a case in and its report out; what is still due; the report as a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from fastapi import Depends, FastAPI, HTTPException, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel

from zaitaku_rules import Case, Report, check, due, load_overlay
from zaitaku_rules.report import Due
from zaitaku_rules.write.html_report import html_report

EXAMPLES = FilePath(__file__).parents[1]

# An office's own rules (運営規程), by its number. Read once: a fault in one stops the start, not a request.
OFFICES = {
    "2812300016": [load_overlay(EXAMPLES / "overlays" / "icross.toml")],
    "2212300012": [load_overlay(EXAMPLES / "overlays" / "aoba.toml")],
}

app = FastAPI(title="zaitaku", description="在宅利用の記録を判定する / Judges records of use at home")


class Fault(BaseModel):
    """What is wrong with a request: where, and what to do."""

    place: str
    ja: str
    en: str


class Faults(BaseModel):
    """Everything that is wrong with a request."""

    errors: list[Fault]


def recorded(
    month: Annotated[str, Path(pattern=r"^\d{4}-\d{2}$")], user: Annotated[str, Path(max_length=40)]
) -> Case:
    """Return a user's month. This one looks through the examples: put the query of your database here."""
    for path in sorted(EXAMPLES.glob("*.json")):
        case = Case.model_validate_json(path.read_bytes())
        if (case.month, case.user.id) == (month, user):
            return case
    raise HTTPException(404, {"ja": "その月の記録がありません。", "en": "no records of this month"})


def day_asked(as_of: date | None = None) -> date:
    """Return the day of the question, by default today in Japan: the library reads no clock."""
    return as_of or datetime.now(ZoneInfo("Asia/Tokyo")).date()


Recorded = Annotated[Case, Depends(recorded)]
DayAsked = Annotated[date, Depends(day_asked)]


def judged(case: Case, as_of: date | None = None) -> Report:
    """Judge a case by the law of its place and the rules of its office."""
    return check(case, as_of=as_of, overlays=OFFICES.get(case.provider.number, []))


@app.post("/reports", responses={422: {"model": Faults}})
def report(case: Case, as_of: date | None = None) -> Report:
    """Judge the case that was sent; nothing of it is kept."""
    return judged(case, as_of)


@app.get("/months/{month}/users/{user}/due")
def still_due(case: Recorded, as_of: DayAsked) -> Sequence[Due]:
    """Say what is still to be done for a user, soonest first."""
    return due(case, as_of, overlays=OFFICES.get(case.provider.number, []))


@app.get("/months/{month}/users/{user}", response_class=HTMLResponse)
def page(case: Recorded, as_of: DayAsked, lang: Literal["ja", "en"] = "ja") -> HTMLResponse:
    """Show a user's month as a page that loads nothing from elsewhere."""
    return HTMLResponse(html_report(judged(case, as_of), lang=lang), headers={"Cache-Control": "no-store"})


@app.exception_handler(RequestValidationError)
def wrong_input(_: Request, error: RequestValidationError) -> JSONResponse:
    """Tell faults in the words of the library: FastAPI's own answer repeats what was sent, names and all."""
    return JSONResponse(Faults(errors=[fault(line) for line in error.errors()]).model_dump(), 422)


def fault(line: dict[str, Any]) -> Fault:
    """Return one fault; those of a case bring their words, of the rest only the place is told."""
    told, loc = line.get("ctx", {}), line["loc"]
    if line["type"] == "zaitaku":
        return Fault(place=place(loc), ja=told["ja"], en=told["en"])
    if line["type"] == "json_invalid":
        said = f"not valid JSON at character {loc[-1]}: check commas, quotes and brackets"
        return Fault(place="", ja=f"JSON として読めません({loc[-1]}文字目)。", en=said)
    said = "missing or of another form: see /docs"
    return Fault(place=place(loc), ja="値がないか、形が違います。/docs を見てください。", en=said)


def place(loc: Sequence[str | int]) -> str:
    """Return a place such as `days[0].date`, without the part of the request it stands in."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc[1:]).lstrip(".")
