"""The words of `zaitaku map --help`, and of the mapping where other commands take one."""

from __future__ import annotations

from zaitaku_rules.errors import Message

MAP_COMMANDS = {
    "map": Message(
        "CSV の対応表を下書きし、確かめ、表に直します。", "Draft, check and apply a mapping of CSV files."
    ),
    "map init": Message(
        "CSV の見出しと値から、対応表(TOML)の下書きを作ります。",
        "Draft a mapping (TOML) from the headings and values of a CSV file.",
    ),
    "map check": Message(
        "対応表の誤りを行ごとに示します。CSV も指定すれば、読める行数か、読めない所を示します。",
        "Say what is wrong with a mapping, line by line; with CSV files also what it reads from them.",
    ),
    "map apply": Message(
        "CSV を対応表で読み、表(CSV)のフォルダーに書き出します。zaitaku sweep で使えます。",
        "Read CSV files by a mapping and write them as tables (CSV), as zaitaku sweep reads them.",
    ),
}

MAP_PARAMETERS = {
    "export": Message("ソフトから出力した CSV。", "A CSV file exported by other software."),
    "mapped_exports": Message("CSV、またはそのフォルダー。", "CSV files, or folders of them."),
    "more_exports": Message("CSV、またはそのフォルダー。", "CSV files, or folders of them."),
    "mapping_file": Message("対応表(TOML)。", "The mapping (TOML)."),
    "tables_folder": Message(
        "表を置く新しいフォルダー。", "A new folder for the tables, written whole or not at all."
    ),
    "by_mapping": Message(
        "CSV の列と値の対応表(TOML)。zaitaku map init で下書きを作れます。",
        "What the columns and values of the CSV files are (TOML); zaitaku map init drafts one.",
    ),
}
