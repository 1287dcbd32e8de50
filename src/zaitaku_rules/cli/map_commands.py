"""What `zaitaku map` does: drafts a mapping, says what it reads, and writes that as tables."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from zaitaku_rules.cli.output import output, unwritable
from zaitaku_rules.errors import InvalidCall, InvalidInput
from zaitaku_rules.read import shown_path
from zaitaku_rules.read.mapping.exports import tables_of_exports
from zaitaku_rules.read.mapping.guesses import guessed
from zaitaku_rules.read.mapping.load import MappingRead, load_mapping
from zaitaku_rules.read.tables import Table, cases_of_tables
from zaitaku_rules.write.mapping_draft import mapping_draft
from zaitaku_rules.write.table_files import write_tables


def draft_mapping(path: str, target: str | None, lang: str) -> int:
    """Write the draft of a mapping for a file; never over a file that is there."""
    text = mapping_draft(guessed(Path(path), shown_path(path)), lang)
    if target is not None and Path(target).exists():
        raise InvalidCall(
            "すでにあるので書きません。別の名前にするか、先に移してください。",
            "exists already and was not written: choose another name, or move it first",
            place=shown_path(target),
        )
    with output(target, [path]) as stream:
        stream.write(text)
    if target is not None:
        name = shown_path(target)
        print(f"{name} を書きました。" if lang == "ja" else f"wrote {name}", file=sys.stderr)
    return 0


def check_mapping(mapping: str, paths: Sequence[str], month: str | None, lang: str) -> int:
    """Say what is wrong with a mapping and with what it reads; else how many rows of each table it gives."""
    if paths:
        tables = _sound(paths, mapping, month, lang)
        if tables is not None:
            print(_counted({table.name: len(table.rows) for table in tables}, lang))
        return 0 if tables is not None else 2
    read = load_mapping(mapping)
    if not isinstance(read, MappingRead):
        return _refused(read, lang)
    tables_fed = [*dict.fromkeys(rows.table for file in read.file.file for rows in file.rows), *read.given]
    listed = ", ".join(dict.fromkeys(tables_fed))
    print(f"誤りはありません。読む表: {listed}" if lang == "ja" else f"nothing is wrong; it reads: {listed}")
    return 0


def apply_mapping(paths: Sequence[str], mapping: str, folder: str, month: str | None, lang: str) -> int:
    """Write the tables that files give, where nothing is wrong with them."""
    tables = _sound(paths, mapping, month, lang)
    if tables is None:
        return 2
    try:
        counts = write_tables(tables, folder)
    except OSError as error:
        raise unwritable(folder, error.errno) from None
    ja, en = f"{shown_path(folder)} に表を書きました: ", f"wrote tables to {shown_path(folder)}: "
    print((ja if lang == "ja" else en) + _counted(counts, lang), file=sys.stderr)
    return 0


def _sound(paths: Sequence[str], mapping: str, month: str | None, lang: str) -> list[Table] | None:
    """Return the tables of files; where anything is wrong with them it is told, and there are none."""
    tables = [*tables_of_exports(paths, mapping, month)]
    wrong = [one for one in tables if isinstance(one, InvalidInput)]
    sound = [one for one in tables if isinstance(one, Table)]
    if not wrong:
        wrong = [
            found
            for _, found in cases_of_tables(sound, shown_path(mapping), month)
            if isinstance(found, InvalidInput)
        ]
    return None if _refused(wrong, lang) else sound


def _refused(errors: Sequence[InvalidInput], lang: str) -> int:
    for error in errors:
        print(error.said_in(lang), file=sys.stderr)
    return 2 if errors else 0


def _counted(counts: Mapping[str, int], lang: str) -> str:
    if lang == "ja":
        return "、".join(f"{name} {count}行" for name, count in counts.items())
    return ", ".join(f"{name} {count}" for name, count in counts.items())
