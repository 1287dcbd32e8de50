"""Which sheet of a workbook is which table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.workbook.cells import Sheet
from zaitaku_rules.read.workbook.headings import is_own, like
from zaitaku_rules.read.workbook.words import folded, known_sheets, list_sheets


def sheets_by_name(titles: Sequence[str], place: str) -> Mapping[str, Sheet]:
    """Return the sheets by table, or by the name of another sheet of the template.

    Sheets of other names are the office's own. Raises InvalidInput for two sheets of one table, for a name
    that is close to that of a table which the workbook lacks, and where there is no table at all.
    """
    known, found = known_sheets(), dict[str, Sheet]()
    for title in titles:
        if name := known.get(folded(title)):
            if name in found:
                raise Sheet(title, place).wrong(
                    f"同じ表のシートが二つあります(もう一つは {found[name].title})。"
                    "どちらかの名前を変えてください。",
                    f"two sheets hold the same table (the other is {found[name].title}): rename one of them",
                )
            found[name] = Sheet(title, place)
    lacking = {word: name for word, name in known.items() if name not in found}
    for title in titles:
        if folded(title) not in known and not is_own(title) and (near := like(folded(title), lacking)):
            raise _misspelt(Sheet(title, place), lacking[near])
    if not set(found) & set(list_sheets()):
        raise _no_tables(place)
    return found


def _misspelt(sheet: Sheet, name: str) -> InvalidInput:
    shown = list_sheets()[name].title if name in list_sheets() else None
    ja, en = (shown.ja, shown.en) if shown else (name, name)
    return sheet.wrong(
        f"知らないシートです。「{ja}」のことですか。"
        "名前を直すか、読まないシートなら名前の初めに ※ を付けてください。",
        f'unknown sheet; did you mean "{en}"? Rename it, or begin its name with # if it is not to be read',
    )


def _no_tables(place: str) -> InvalidInput:
    named = [one.title for one in list_sheets().values() if one.part == "front"]
    ja, en = "、".join(one.ja for one in named), ", ".join(one.en for one in named)
    return InvalidInput(
        f"記録のシートがありません。zaitaku template でブックを作るか、シートの名前を直してください"
        f"({ja} など)。",
        f"no sheet of records: make a workbook with zaitaku template, or rename its sheets ({en} and so on)",
        place=place,
    )
