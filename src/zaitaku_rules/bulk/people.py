"""Users and their providers: the rows of the pages, and what is known of each person."""

from __future__ import annotations

from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, ibis, pa, pc
from zaitaku_rules.bulk.laws import in_groups
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.paper_patterns import Patterns
from zaitaku_rules.bulk.papers import SOME, Paper
from zaitaku_rules.bulk.rows import EPOCH
from zaitaku_rules.days import FULL
from zaitaku_rules.records import SOURCES
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.records.shapes import PROVIDERS, USERS
from zaitaku_rules.records.written import municipality_written

BIRTH = Paper("birth", {}, ("aged",))


def people(tables: MonthTables) -> Pages:
    """Return the pages of the users, in order of `user_id`, without the words of lists."""
    return people_of(tables, tables.arrow(with_providers(tables).order_by("user_id")))


def people_of(tables: MonthTables, found: ArrowTable) -> Pages:
    """Return the pages of users that were fetched with their providers."""
    for name in ("municipality", "provider_municipality"):
        found = found.set_column(found.column_names.index(name), name, _codes(found[name]))
    users = in_groups(_without_strangers(tables, found))
    present = frozenset(name for name in tables.rows if name in SOURCES)
    pages = Pages(tables.calendar, tables.as_of, users, present)
    _put_wish(tables, pages)
    _put_birth(tables, pages)
    _put_municipality(pages)
    pages.given["provider.menu"] = pc.is_valid(users["menu"]).to_numpy()
    return pages


def users_served(tables: MonthTables) -> Any:
    """Return the users with their own provider and service, to be joined to their papers."""
    users, providers = tables.good(USERS), tables.good(PROVIDERS)
    served = users.join(providers.select("provider_number", own_service="service"), "provider_number")
    return served.select("user_id", "own_service", own_provider="provider_number")


def menus(tables: MonthTables) -> Any:
    """Return for each user the menu of the provider."""
    users, providers = tables.good(USERS), tables.good(PROVIDERS)
    joined = users.join(providers.select("provider_number", "menu"), "provider_number")
    return joined.select("user_id", menu=joined.menu.map(ibis._.strip()))


def with_providers(tables: MonthTables) -> Any:
    """Return the users, each with what is asked of the provider; null where there is none.

    Names and free text stay in their tables.
    """
    users, providers = tables.good(USERS), tables.good(PROVIDERS)
    theirs = providers.select(
        "provider_number", "service", menu=_some(providers["menu"]), provider_municipality="municipality"
    )
    own = users.select(
        *("user_id", "provider_number", "municipality", "birth_date", "wish_on"),
        wish_reason=_some(users.wish_reason),
    )
    return own.join(theirs, "provider_number", how="left")


def _some(column: Any) -> Any:
    """Return whether something is given, so that no free text leaves its table."""
    return ibis.ifelse(column.notnull(), SOME, ibis.null("string"))


def _codes(column: Any) -> Any:
    """Return municipality codes with their check digit; null for what is none."""
    encoded = column.combine_chunks().cast(pa.string()).dictionary_encode()
    said = [municipality_written(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(said, pa.string()).take(encoded.indices)


def _without_strangers(tables: MonthTables, users: ArrowTable) -> ArrowTable:
    """Leave out users whose municipality or provider is not known."""
    bad = {
        "municipality: not a code": pc.is_null(users["municipality"]),
        "provider_number: not in providers": pc.is_null(users["service"]),
    }
    keep: Any = None
    for reason, mask in bad.items():
        if pc.any(mask).as_py():
            tables.leave_out(USERS, users["user_id"].filter(mask), reason)
            keep = pc.invert(mask) if keep is None else pc.and_(keep, pc.invert(mask))
    return (users if keep is None else users.filter(keep)).combine_chunks()


def _put_wish(tables: MonthTables, pages: Pages) -> None:
    users, calendar = pages.users, tables.calendar
    on = users["wish_on"].combine_chunks()
    said = pc.is_valid(users["wish_reason"])
    dated = pc.is_valid(on).to_numpy(zero_copy_only=False)
    ordinals = on.cast(pa.int32()).fill_null(0).to_numpy() + (EPOCH - calendar.start)
    low = np.clip(ordinals, 0, calendar.cells).astype(np.uint64)
    page = np.uint64((1 << calendar.cells) - 1)
    words = (page >> low) << low
    pages.words["wish.sure"] = np.where(dated, words, np.uint64(0))
    pages.words["wish.maybe"] = np.where(dated, words, np.uint64(FULL))
    pages.given["wish"] = dated | said.to_numpy()


def _put_birth(tables: MonthTables, pages: Pages) -> None:
    encoded = pages.users["birth_date"].combine_chunks().dictionary_encode("encode")
    texts = ["" if day is None else day.isoformat() for day in encoded.dictionary.to_pylist()]
    patterns = Patterns(BIRTH, texts, tables.calendar.name, tables.as_of)
    pages.papers["birth"] = (encoded.indices.to_numpy().astype(np.int64), patterns)
    pages.given["birth_date"] = pc.is_valid(pages.users["birth_date"]).to_numpy()


def _put_municipality(pages: Pages) -> None:
    own, theirs = (_cities(pages.users[name]) for name in ("municipality", "provider_municipality"))
    said = pc.is_valid(theirs).to_numpy(zero_copy_only=False)
    same = pc.equal(own, theirs).fill_null(False).to_numpy(zero_copy_only=False)
    pages.words["municipality.same"] = np.where(same, np.uint64(FULL), np.uint64(0))
    pages.words["municipality.unsaid"] = np.where(said, np.uint64(0), np.uint64(FULL))
    pages.given["provider.municipality"] = said


def _cities(column: Any) -> Any:
    encoded = column.combine_chunks().dictionary_encode()
    cities = [city_of(code) if code else None for code in encoded.dictionary.to_pylist()]
    return pa.array(cities, pa.string()).take(encoded.indices)
