"""The draft of a mapping file (TOML): what was placed, what was not, and what no export says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from zaitaku_rules.errors import Message
from zaitaku_rules.read.mapping.guesses import Block, Guess
from zaitaku_rules.read.mapping.known_words import value_meant
from zaitaku_rules.read.mapping.word_lists import seen
from zaitaku_rules.records.shapes import shapes

_TOP = Message(
    "CSV の対応表の下書き。左が zaitaku の項目、右が CSV の見出しや値。「要確認」の行を直してください。\n"
    "# 直したら zaitaku map check で確かめられます。",
    "Draft of a mapping. Left: fields of zaitaku; right: headings and values of the file. Settle lines\n"
    "# marked CHECK; then see what is left with zaitaku map check.",
)
_CHECK = Message("要確認", "CHECK")
_NONE = Message(
    "なかったことが分かっている一覧。なかったのなら行頭の # を取ります。書かなければ「分からない」です。",
    "Lists known to be empty: take away the # where there was none. Without a line nothing is known.",
)
_UNPLACED = Message("使わなかった列", "columns not used")
_NEAR = Message("近い項目", "nearest fields")
_FIXED = Message(
    "CSV にないこと。番号や日付を書いて、行頭の # を取ります。[[users]] などは利用者ごとに繰り返します。",
    "What the file does not hold: fill in and take away the #; [[users]] and others for each user.",
)
_NAMES = Message(
    "利用者の列が氏名なら、報告に出さないよう番号に替えます。",
    "Where users are named in the file, give them numbers, so that no name stands in a report.",
)
_PERSONAL = """\
[constants]
# provider_number = "0000000000"

[[providers]]
# service = "continuation_b"    # transition, continuation_a, continuation_b, selection

[[users]]
# user_id = "U-001"
# municipality = "000000"
# wish_on = 2025-04-01

# [[approvals]]
# user_id = "U-001"
# kind = "decision"
# from = 2025-04-01
# to = 2026-03-31

# [[approvals]]
# user_id = "U-001"
# kind = "home_use"
# from = 2025-04-01
# to = 2026-03-31

# [[plans]]
# user_id = "U-001"
# from = 2025-04-01
# states_home_use = true
"""
_READY = ("operating_rules", "work_menu", "emergency_response", "on_request_support", "record_submission")


def mapping_draft(guess: Guess, lang: str) -> str:
    """Return the text of a mapping file for what a file seems to be, its comments in `lang`."""
    return "\n".join(_lines(guess, lang)) + "\n"


def _lines(guess: Guess, lang: str) -> Iterator[str]:
    yield f"# {_TOP.said_in(lang)}"
    yield 'schema = "zaitaku-mapping/1"'
    yield ""
    yield f"# {_NONE.said_in(lang)}"
    yield from (f"# {name} = []" for name in ("hospital_stays", "life_support_days", "absences"))
    yield from ("", "[[file]]", f"name = {_quoted(guess.name)}")
    if guess.encoding:
        yield f'encoding = "{guess.encoding}"'
    if guess.heading_row:
        rows = [*guess.heading_row]
        yield f"heading_row = {rows[0] if len(rows) == 1 else rows}"
    if guess.totals:
        yield f"unless = {_condition(guess.totals[0], [f'{word}*' for word in guess.totals[1]])}"
    for name, near in guess.unplaced.items():
        nearest = f" ({_NEAR.said_in(lang)}: {', '.join(near)})" if near else ""
        yield f"# {_UNPLACED.said_in(lang)}: {_quoted(name)}{nearest}"
    for block in guess.blocks:
        yield from ("", *_block(block, lang))
    for field, values in guess.values.items():
        yield from ("", f"[words.{field}]", *(_word(field, value, lang) for value in values))
    yield from ("", f"# {_NAMES.said_in(lang)}", "[words.user_id]", '# "氏名" = "U-001"')
    yield from ("", f"# {_CHECK.said_in(lang)}: {_FIXED.said_in(lang)}", _PERSONAL)
    yield from (f'# [[readiness]]\n# kind = "{kind}"\n# from = 2025-04-01\n' for kind in _READY)


def _block(block: Block, lang: str) -> Iterator[str]:
    yield from ("[[file.rows]]", f'table = "{block.table}"')
    if block.when:
        yield f"when = {_quoted(block.when) if isinstance(block.when, str) else _condition(*block.when)}"
    if block.unless:
        yield f"unless = {_condition(*block.unless)}"
    for field, cell in block.cells.items():
        yield f"{field} = {_quoted(cell) if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)}"
    if block.achievement:
        column, held = block.achievement
        words = ", ".join(f'{_quoted(word)} = "both"' for word in held)
        yield f'covers = {{ column = {_quoted(column)}, words = {{ {words}, "" = "weekly" }} }}'
    for field in block.missing:
        yield f"# {_CHECK.said_in(lang)}: {field} = {_example(block.table, field)}"


def _example(table: str, field: str) -> str:
    column = next(column for column in shapes()[table].columns if column.name == field)
    return f'{{ value = "..." }}   # {", ".join(column.allowed)}' if column.allowed else '"..."'


def _word(field: str, value: str, lang: str) -> str:
    if meant := value_meant(field, seen(value)):
        return f'{_quoted(value)} = "{meant}"'
    allowed = next(c.allowed for shape in shapes().values() for c in shape.columns if c.name == field)
    return f'# {_CHECK.said_in(lang)}: {_quoted(value)} = "..."   # {", ".join(allowed)}'


def _condition(column: str, words: Iterable[str]) -> str:
    return f"{{ {_quoted(column)} = {json.dumps([*words], ensure_ascii=False)} }}"


def _quoted(text: str) -> str:
    """Return a text in quotes: a basic string of TOML escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)
