"""The words of `--help`, in the language asked for."""

from __future__ import annotations

from typing import Any

from zaitaku_rules.cli import conformance_words
from zaitaku_rules.errors import Message

_COMMANDS = {
    **conformance_words.COMMANDS,
    "zaitaku": Message(
        "在宅利用(就労移行支援、就労継続支援など)の1か月の記録を、国と市町村の定めで判定します。",
        "Judges a month's records of employment support at home by national and municipal rules.",
    ),
    "check": Message(
        "ケースファイルを判定します。終了コード: 0 不適合なし、1 不適合あり、2 入力か呼び出しの誤り。",
        "Judge case files. Exit code: 0 nothing broken, 1 something broken, 2 wrong input or call.",
    ),
    "due": Message(
        "まだ済んでいないことを、期限の近い順に示します。", "List what is still due, soonest first."
    ),
    "verify": Message(
        "報告が、そのケースといまの定めから得られるものかを判定し直して確かめます。"
        "終了コード: 0 報告どおり、1 報告と違う、2 入力か呼び出しの誤り。",
        "Judge a case again and say whether a report is what it gives, and if not, why. "
        "Exit code: 0 it is, 1 it is not, 2 wrong input or call.",
    ),
    "rule": Message(
        "規則を一つ説明します。", "Explain one rule: duty, clauses, numbers by date, who differs."
    ),
    "rules": Message("規則の一覧を示します。", "List the rules."),
    "schema": Message(
        "ケースファイル、報告、上書き規則、請求データの報告、適合性試験の JSON Schema を出力します。",
        "Write the JSON Schema of case, report, overlay, billing report or conformance pack.",
    ),
    "law": Message(
        "ある市町村の、ある日の定めを示します。数値ごとに、誰の定めかと根拠を添えます。",
        "Show the law of a municipality on a day: every number, whose it is and its clause.",
    ),
    "overlay": Message("上書き規則のファイルを確かめ、ひな形を出します。", "Check overlays, or start one."),
    "overlay check": Message(
        "上書き規則のファイルを読み、定める内容か誤りを1行ずつ示します。",
        "Load overlay files; say in one line each what it sets, or what is wrong.",
    ),
    "overlay template": Message(
        "上書き規則のひな形(TOML)を出力します。", "Write a documented template of an overlay (TOML)."
    ),
    "docs": Message("規則と定めのページを作ります。", "Generate the pages on rules and law."),
    "docs write": Message("規則と定めのページを書き出します。", "Write the pages on rules and law."),
    "docs check": Message(
        "規則と定めのページが最新かを確かめます。何も書きません。終了コード: 1 古いページあり。",
        "See whether the pages on rules and law are up to date; writes nothing. Exit 1: some are not.",
    ),
    "demo": Message("見本の1か月を書き出して判定します。", "Write a sample month and judge it."),
    "compare": Message(
        "同じ表を二つの定めで判定し、判定の変わる利用者と、請求に支障のある在宅利用日の違いを示します。",
        "Judge the same tables under two laws: whose verdict changes, and how many home days are at risk.",
    ),
    "sweep": Message(
        "多くの利用者の1か月を、表(Parquet、CSV、データベース)から判定し、結果を Parquet、集計を JSON で"
        "書き出します。終了コード: 0 不適合なし、1 不適合あり、2 入力か呼び出しの誤り。",
        "Judge the month of many users from tables (Parquet, CSV, a database); write findings as Parquet "
        "and a summary as JSON. Exit code: 0 nothing broken, 1 something broken, 2 wrong input or call.",
    ),
    "billing": Message(
        "国保連に送るファイル(J11、J41、J61)を仕様書と照らして判定します。"
        "一緒に指定したファイルは互いに突き合わせます。"
        "終了コード: 0 不適合なし、1 不適合あり、2 入力か呼び出しの誤り。",
        "Judge files of the 国保連 interface (J11, J41, J61) by its specification; files given together are "
        "held against each other. Exit code: 0 nothing broken, 1 something broken, 2 wrong input or call.",
    ),
    "simulate": Message(
        "架空の利用者の1か月を、表(Parquet)のフォルダーに書き出します。実在の人と事業所は含みません。",
        "Write a month of invented users as a folder of tables (Parquet). No real person or office is in it.",
    ),
}

_PARAMETERS = {
    **conformance_words.PARAMETERS,
    "files": Message(
        "ケースファイル(JSON、JSON Lines)。「-」は標準入力。",
        "Case files (JSON, JSON lines); - is standard input.",
    ),
    "exports": Message(
        "国保連インタフェースのファイル(J11、J41、J61)。「-」は標準入力。",
        "Files of the 国保連 interface (J11, J41, J61); - is standard input.",
    ),
    "strict_reading": Message(
        "実際のファイルによくある差異も、仕様書どおりに不適合とします。",
        "Also break on deviations that are common in files in use.",
    ),
    "show_ids": Message(
        "受給者証番号をそのまま示します(なければ P1、P2 とします)。",
        "Show certificate numbers as they are (else P1, P2).",
    ),
    "codes": Message(
        "サービスコードの表(TOML)。同梱の表に加えます。",
        "Table of service codes (TOML), beside those shipped.",
    ),
    "beside": Message(
        "在宅利用の記録(ケースファイル、またはそのフォルダーか、表のフォルダー)。請求データと突き合わせます。"
        "何度でも書けます。",
        "The log of home use (case files, or a folder of them or of tables) to hold the billing against; may "
        "be repeated.",
    ),
    "mapping": Message(
        "受給者証番号と利用者IDの対応表(2列の CSV か TOML)。",
        "Mapping of certificate numbers to users (CSV of two columns, or TOML).",
    ),
    "remark_words": Message(
        "備考の語の一覧(TOML)。同梱の一覧に代えて使います。",
        "List of words of remarks (TOML), in place of the one shipped.",
    ),
    "claimed": Message(
        "請求日の表の出力先(.csv か .parquet)。zaitaku sweep の表として使えます。",
        "Write the claimed days to this file (.csv or .parquet), a table for zaitaku sweep.",
    ),
    "of_billing": Message("請求データの規則(K)の一覧を示します。", "List the rules of billing files (K)."),
    "as_of": Message(
        "いつの時点で判定するか。例: 2026-02-20、R8.2.20",
        "The day on which the question is asked, ISO or Japanese era.",
    ),
    "known_at": Message(
        "この日までに記録されていたことだけで判定します。例: 2026-03-10",
        "Judge by what had been recorded by the end of this day.",
    ),
    "report": Message(
        "zaitaku check --format json(または jsonl)の出力。",
        "What zaitaku check --format json (or jsonl) wrote.",
    ),
    "case": Message("その報告のケースファイル。", "The case file of the report."),
    "overlay": Message(
        "重ねて適用する規則のファイル、または同梱の名前。何度でも書けます。",
        "A further rule file, or the name of a shipped one; may be repeated.",
    ),
    "reading": Message(
        "取扱いの定まっていない点を決めます。例: week_start=monday",
        "Settle an open question, such as week_start=monday.",
    ),
    "select": Message("この規則だけを判定します。", "Judge only these rules."),
    "ignore": Message("この規則は判定しません。", "Leave these rules out."),
    "lang": Message("言語。", "Language."),
    "form": Message("出力の形式。", "Format of the output."),
    "output": Message("出力先のファイル。", "Write to this file, whole or not at all."),
    "strict": Message("未確定でも終了コードを 1 にします。", "Exit with 1 for an open verdict too."),
    "plan": Message(
        "いちばん手間の少ない、適法な直し方の手順も示します。",
        "Also give the cheapest lawful steps that mend the case.",
    ),
    "baseline": Message(
        "このファイルにないことだけを報告します(JSON は全部)。",
        "Report only what this file does not know yet (JSON holds all).",
    ),
    "write_baseline": Message(
        "いまあることを既知として記録します(終了コード 0)。",
        "Record what is there now as known; exit 0.",
    ),
    "code": Message("規則の番号か名前。例: Z301", "Code or name of a rule, such as Z301."),
    "of": Message(
        "case、report、overlay、billing、conformance のどれか。",
        "case, report, overlay, billing or conformance.",
    ),
    "municipality": Message(
        "市町村コード(6桁、または検査数字を除く5桁)。", "Municipality code, six digits or five."
    ),
    "on": Message(
        "いつの定めか。例: 2026-02-20、R8.2.20。なければ最も新しい定め。",
        "The law of which day, ISO or Japanese era; without it the newest law.",
    ),
    "service": Message("サービスの種類。", "The service."),
    "coverage": Message(
        "すべての条項と、その扱いを示します。", "Show every clause of every source and what became of it."
    ),
    "overlays": Message(
        "上書き規則のファイル、または同梱の名前。", "Overlay files, or names of shipped ones."
    ),
    "name": Message("市町村の名前。", "Name of the municipality."),
    "to": Message("ページを置くフォルダー。", "Folder of the pages."),
    "cases": Message("見本とするケースのフォルダー。", "Folder of the cases that are drawn."),
    "force": Message("同じ名前のファイルを上書きします。", "Overwrite a file of that name."),
    "tables": Message(
        "表(Parquet か CSV)のフォルダー、または duckdb:///ファイル。",
        "Folder of tables (Parquet or CSV), or duckdb:///FILE.",
    ),
    "findings": Message(
        "結果の名前。FILE.parquet と FILE.summary.json、読めない行があれば FILE.left_out.csv を書きます。",
        "Name of the findings: FILE.parquet, beside it FILE.summary.json and, for rows left out, "
        "FILE.left_out.csv.",
    ),
    "every": Message("すべての規則の結果を書きます。", "Write every rule, not only what is amiss."),
    "laws": Message(
        "比べる定め。own(本来の定め)、日付(その日の定め)、上書き規則、名前=値。+ でつなげます。"
        "一つなら own と比べます。例: 2015-04-01+contacts_per_day=3",
        "A law: own, a day (the law of that day), an overlay, NAME=VALUE, or several joined by +. "
        "One is compared with own. Such as 2015-04-01+contacts_per_day=3",
    ),
    "edits": Message(
        "二つ目の定めの数値や規則を変えます。例: contacts_per_day=3、Z403=on、Z304=payment",
        "Change a number or rule of the second law, such as contacts_per_day=3, Z403=on, Z304=payment.",
    ),
    "units": Message("在宅利用1日の単位数。", "Units of a home day."),
    "unit_price": Message("1単位の円(10、10.91)。", "Yen of a unit (10, 10.91)."),
    "users": Message("利用者の数。", "How many users."),
    "month": Message(
        "どの月か。例: 2026-02(simulate は 2021-04 以後)",
        "Which month, such as 2026-02 (simulate: from 2021-04).",
    ),
    "folder": Message("表を置くフォルダー。", "The folder for the tables, written whole or not at all."),
    "seed": Message("乱数の種。同じ種からは同じ表ができます。", "Seed; the same seed gives the same tables."),
    "replace": Message(
        "同じ種類の表だけが入ったフォルダーを置き換えます。", "Replace a folder that holds only such tables."
    ),
    "version": Message("版を示します。", "Say the version."),
    "help": Message("この説明を示します。", "Show this help."),
}


def put_words(group: Any, lang: str) -> None:
    """Give the commands of a Typer application and their parameters help in `lang`."""
    _put(group, "zaitaku", "", lang)


def _put(command: Any, name: str, path: str, lang: str) -> None:
    command.help = _COMMANDS[name].said_in(lang)
    _put_on_parameters(command, lang)
    for below, inner in getattr(command, "commands", {}).items():
        _put(inner, path + below, f"{path}{below} ", lang)


def _put_on_parameters(command: Any, lang: str) -> None:
    for parameter in command.params:
        if parameter.name in _PARAMETERS:
            parameter.help = _PARAMETERS[parameter.name].said_in(lang)
