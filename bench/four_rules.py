"""Z301, Z302, Z401 and Z402 as an analyst would write them: in SQL with joins, in pandas and in Polars.

Each function gives for each of the four rules how many days at home surely break it, with weeks that begin
on Monday and lie whole within the month, and with assessments of any day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

from zaitaku_rules.days import calendar_of

Answers: TypeAlias = dict[str, int]

READINGS = {"week_start": "monday", "joint_visit": "true", "assessment_on_use_day": "false"}
"""The readings under which our answers are theirs."""

_PLACED = "coalesce(place, case means when 'visit' then 'home' when 'commute' then 'office' end)"


def whole_weeks(month: str) -> tuple[date, date]:
    """Return the first day of the first whole week of a month and the last day of the last."""
    calendar = calendar_of(month)
    first = calendar.first + timedelta(days=-calendar.first.weekday() % 7)
    return first, calendar.last - timedelta(days=(calendar.last.weekday() + 1) % 7)


def by_sql(folder: Path, month: str, counted: str = 'count(distinct ("at", channel))') -> Answers:
    """Let DuckDB join; `counted` counts the contacts of a day."""
    duckdb: Any = import_module("duckdb")
    begin, end = whole_weeks(month)
    query = f"""
    with home as (select distinct user_id, date, date_trunc('week', date) as week
                  from '{folder}/days.parquet' where place in ('home', 'satellite')),
    told as (select user_id, "at"::date as date, {counted} as number from '{folder}/contacts.parquet'
             where channel <> 'one_way' and not coalesce("by" = 'user' and not answered, false)
             group by all),
    reported as (select distinct user_id, date from '{folder}/daily_reports.parquet'),
    weekly as (select distinct user_id, date_trunc('week', date) as week
               from '{folder}/evaluations.parquet' where covers in ('weekly', 'both')),
    assessed as (select distinct user_id from '{folder}/evaluations.parquet'
                 where covers in ('achievement', 'both') and means in ('visit', 'commute')
                 and {_PLACED} in ('home', 'satellite', 'office'))
    select count(*) filter (coalesce(told.number, 0) < 2), count(*) filter (reported.user_id is null),
           count(*) filter (weekly.user_id is null and home.date between '{begin}' and '{end}'),
           count(*) filter (assessed.user_id is null)
    from home left join told using (user_id, date) left join reported using (user_id, date)
    left join weekly using (user_id, week) left join assessed using (user_id)"""
    found: Any = duckdb.connect().execute(query).fetchone()
    return _answers(found)


def by_rough_sql(folder: Path, month: str) -> Answers:
    """Let DuckDB join, and count rows: a contact that was entered twice counts twice."""
    return by_sql(folder, month, "count(*)")


def by_pandas(folder: Path, month: str) -> Answers:
    """Let pandas merge."""
    pd: Any = import_module("pandas")
    read = pd.read_parquet
    days = read(folder / "days.parquet", columns=["user_id", "date", "place"])
    home = days[days.place.isin(["home", "satellite"])][["user_id", "date"]].drop_duplicates()
    home["date"] = pd.to_datetime(home.date)
    told = read(folder / "contacts.parquet", columns=["user_id", "at", "channel", "by", "answered"])
    void = (told.by == "user") & (told.answered == False)  # noqa: E712  # a missing answer is no "no"
    told = told[(told.channel != "one_way") & ~void].drop_duplicates(["user_id", "at", "channel"])
    told = told.assign(date=told["at"].dt.normalize()).groupby(["user_id", "date"]).size().rename("number")
    reported = read(folder / "daily_reports.parquet", columns=["user_id", "date"]).drop_duplicates()
    reported = reported.assign(date=pd.to_datetime(reported.date), reported=True)
    done = read(folder / "evaluations.parquet", columns=["user_id", "date", "covers", "means", "place"])
    done["date"] = pd.to_datetime(done.date)
    weekly = done[done.covers.isin(["weekly", "both"])]
    weekly = weekly.assign(week=_monday(weekly.date))[["user_id", "week"]].drop_duplicates()
    place = done.place.fillna(done.means.map({"visit": "home", "commute": "office"}))
    fits = done.covers.isin(["achievement", "both"]) & done.means.isin(["visit", "commute"])
    assessed = done[fits & place.isin(["home", "satellite", "office"])].user_id.unique()
    home = home.assign(week=_monday(home.date)).merge(told, "left", ["user_id", "date"])
    home = home.merge(reported, "left", ["user_id", "date"])
    home = home.merge(weekly.assign(weekly=True), "left", ["user_id", "week"])
    begin, end = whole_weeks(month)
    inside = home.date.between(pd.Timestamp(begin), pd.Timestamp(end))
    broken = [home.number.fillna(0) < 2, home.reported.isna(), home.weekly.isna() & inside]
    return _answers([part.sum() for part in (*broken, ~home.user_id.isin(assessed))])


def _monday(dates: Any) -> Any:
    pd: Any = import_module("pandas")
    return dates - pd.to_timedelta(dates.dt.weekday, unit="D")


def by_polars(folder: Path, month: str) -> Answers:
    """Let Polars join, lazily."""
    pl: Any = import_module("polars")
    day = ["user_id", "date"]
    home = pl.scan_parquet(folder / "days.parquet").filter(pl.col("place").is_in(["home", "satellite"]))
    home = home.select(*day).unique().with_columns(week=pl.col("date").dt.truncate("1w"))
    void = ((pl.col("by") == "user") & ~pl.col("answered")).fill_null(False)
    told = pl.scan_parquet(folder / "contacts.parquet").filter(pl.col("channel") != "one_way", ~void)
    told = told.select("user_id", "at", "channel").unique().with_columns(date=pl.col("at").dt.date())
    told = told.group_by(day).agg(number=pl.len())
    reported = pl.scan_parquet(folder / "daily_reports.parquet").select(*day).unique()
    done = pl.scan_parquet(folder / "evaluations.parquet")
    weekly = done.filter(pl.col("covers").is_in(["weekly", "both"]))
    weekly = weekly.select("user_id", week=pl.col("date").dt.truncate("1w")).unique()
    default = pl.col("means").replace_strict({"visit": "home", "commute": "office"}, default=None)
    assessed = done.filter(
        pl.col("covers").is_in(["achievement", "both"]),
        pl.col("means").is_in(["visit", "commute"]),
        pl.col("place").fill_null(default).is_in(["home", "satellite", "office"]),
    )
    assessed = assessed.select("user_id", assessed=True).unique()
    yes = pl.lit(True)
    home = home.join(told, day, "left").join(reported.with_columns(reported=yes), day, "left")
    home = home.join(weekly.with_columns(weekly=yes), ["user_id", "week"], "left")
    home = home.join(assessed, "user_id", "left")
    inside = pl.col("date").is_between(*map(pl.lit, whole_weeks(month)))
    found = home.select(
        a=(pl.col("number").fill_null(0) < 2).sum(),
        b=pl.col("reported").is_null().sum(),
        c=(pl.col("weekly").is_null() & inside).sum(),
        d=pl.col("assessed").is_null().sum(),
    )
    return _answers(found.collect().row(0))


def by_us(folder: Path, month: str) -> Answers:
    """Judge the packed month under the readings that the others chose."""
    import numpy as np

    from zaitaku_rules.bulk.laws import LawAsked
    from zaitaku_rules.bulk.sweep import judged, packed

    found: Answers = dict.fromkeys(CODES, 0)
    law = LawAsked(readings=READINGS)
    for _, columns in judged(packed(folder, month, laws=[law]), law):
        for column in columns:
            if column.law.rule.code in found:
                found[column.law.rule.code] += int(np.bitwise_count(np.asarray(column.broken)).sum())
    return found


CODES: tuple[str, ...] = ("Z301", "Z302", "Z401", "Z402")

OTHERS: dict[str, Callable[[Path, str], Answers]] = {
    "DuckDB, moments counted once": by_sql,
    "DuckDB, rows counted": by_rough_sql,
    "pandas": by_pandas,
    "Polars": by_polars,
}


def _answers(found: Any) -> Answers:
    return {code: int(number) for code, number in zip(CODES, found, strict=True)}
