"""The door for cases: a path is read by what it is, a folder of tables, a workbook, or JSON.

The readers of tables and workbooks are loaded when one is read, so that JSON does not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zaitaku_rules.errors import InvalidInput, UnreadableFile
from zaitaku_rules.read.found import Cases, Found
from zaitaku_rules.read.json_cases import read_json_cases
from zaitaku_rules.read.paths import shown_path
from zaitaku_rules.records import Case


def read_cases(path: str, month: str | None = None) -> Cases:
    """Return the cases of a file or folder, or of standard input for "-". What is wrong is among the results.

    With `month` ("YYYY-MM") only the cases of that month.
    """
    if path != "-" and Path(path).is_dir():
        from zaitaku_rules.read.tables.folder import cases_of_folder

        return cases_of_folder(path, month)
    match Path(path).suffix.lower():
        case ".xlsx" | ".xlsm" | ".xls" | ".xlsb" | ".ods":
            from zaitaku_rules.read.workbook.reading import read_workbook

            # The last three are told from the others by what is in them, and refused with what to do.
            return Cases(False, read_workbook(path, month))
        case ".csv":
            return _alone(_bare_csv(shown_path(path)))
        case _:
            cases = read_json_cases(path)
    return cases if month is None else Cases(cases.is_document, _of_month(cases, month, shown_path(path)))


def _alone(error: InvalidInput) -> Cases:
    return Cases(True, iter([(error.place, error)]))


def _of_month(cases: Cases, month: str, place: str) -> Iterator[Found]:
    """Leave out the cases of other months; where nothing is left, say so."""
    others = set[str]()
    is_any = False
    for where, found in cases:
        if isinstance(found, Case) and found.month != month:
            others.add(found.month)
        else:
            is_any = True
            yield where, found
    if not is_any:
        listed = ", ".join(sorted(others)) or "-"
        error = InvalidInput(
            f"{month} のケースがありません。ある月: {listed}",
            f"no case of {month}; there are: {listed}",
            place=place,
        )
        yield place, error


def _bare_csv(place: str) -> UnreadableFile:
    return UnreadableFile(
        "CSV ファイルだけでは、どの列が何かが分かりません。ソフトの出力なら --mapping で対応表を指定し、"
        "users.csv などの表なら、それを置いたフォルダーを指定してください。",
        "a CSV file alone does not say what its columns are: for an export give --mapping, "
        "for tables such as users.csv name the folder that holds them",
        place=place,
    )
