"""The data dictionary as Markdown: every list and field of the case file, and every table of a sweep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zaitaku_rules.errors import InvalidLaw
from zaitaku_rules.explain import words
from zaitaku_rules.records import SOURCES
from zaitaku_rules.write.field_types import model_named, taken, type_said
from zaitaku_rules.write.field_words import field_said, unused, value_said
from zaitaku_rules.write.markdown import GENERATED, Lines, code, page, section, table
from zaitaku_rules.write.rule_entry import rule_entries
from zaitaku_rules.write.schema import schema_of

if TYPE_CHECKING:
    from zaitaku_rules.records.shapes import Column, Shape

_PEOPLE = {"user": "User", "wish": "Wish", "provider": "Provider", "coverage": "Coverage"}
_PERIOD = ("from", "to", "period")
_MANY = 20
_TITLES = {
    "case": ("ケースファイル", "The case file"),
    "user": ("`user` 利用者", "`user`"),
    "wish": ("`user.wish` 本人の希望", "`user.wish`"),
    "provider": ("`provider` 事業所", "`provider`"),
    "coverage": ("`coverage` そろっている範囲", "`coverage`, by the name of a list"),
}
_INTRO = (
    "ケースファイル(`zaitaku-case/1`)と、`zaitaku sweep` の表のすべての項目です。書き方は"
    "[ケースファイルの書き方](case-format.md)、正確な定義は `zaitaku schema case` にあります。"
    "「必須」の空いている項目は省けます。断りのない限り、省くと「ない」ではなく「分からない」です。"
    "日付や月は和暦でも書けます。",
    "Every field of the case file (`zaitaku-case/1`) and of the tables of `zaitaku sweep`. See also "
    "[Case format](case-format.md); `zaitaku schema case` writes the exact definition. What is not required "
    "may be left out and is then unknown, not none, unless it says otherwise. "
    "Dates and months may be written in the Japanese era.",
)
_TABLES = (
    "列の意味は上の一覧と同じです。`?` の付く列は省けます。`evaluations` の `covers` は `weekly`、"
    "`achievement`、`both` のどれか1つです。",
    "Columns mean what they mean above; those with `?` may be left out. `covers` of `evaluations` is one of "
    "`weekly`, `achievement` and `both`.",
)


def field_pages() -> dict[str, str]:
    """Return the data dictionary by path; a field without words, or words without a field, are an error."""
    if extra := unused([*_fields(), *_columns()]):
        raise InvalidLaw(
            f"words/fields.toml: {', '.join(extra)} という項目はありません。",
            f"words/fields.toml: there is no {', '.join(extra)}",
        )
    head = [GENERATED, "", "# データの項目 / Data dictionary", "", "[English](#english)", ""]
    turn = ["---", "", '<a id="english"></a>', ""]
    return {"data-dictionary.md": page([*head, *_part("ja"), *turn, *_part("en")])}


def _part(lang: str) -> Lines:
    number = 0 if lang == "ja" else 1
    lines = [_INTRO[number], ""]
    for name, model in _models().items():
        lines += section(2, _title(name, number), [*_seen_by(name, lang), *_rows(name, model, lang)])
    heads = ("表", "鍵", "列") if lang == "ja" else ("table", "key", "columns")
    rows = [(code(one.name), code(one.key), ", ".join(map(_column, one.columns))) for one in _shapes()]
    heading = ("表(zaitaku sweep、zaitaku compare)", "Tables (zaitaku sweep, zaitaku compare)")[number]
    return [*lines, *section(2, heading, [_TABLES[number], "", *table(heads, rows)])]


def _models() -> dict[str, dict[str, Any]]:
    """Return the schema of each part of a case by name, in the order of the document."""
    schema = schema_of("case")
    parts: Mapping[str, Any] = schema["$defs"]
    top = {name: said for name, said in schema["properties"].items() if name not in SOURCES}
    lists: dict[str, Any] = {name: parts[model_named(schema["properties"][name])] for name in SOURCES}
    people = {name: parts[model] for name, model in _PEOPLE.items()}
    return {"case": {**schema, "properties": top}, **people, **lists}


def _title(name: str, number: int) -> str:
    if name in _TITLES:
        return _TITLES[name][number]
    return f"{code(name)} {words()['sources'][name]['en' if number else 'ja']}"


def _seen_by(name: str, lang: str) -> Lines:
    """Say which rules read a list."""
    codes = [one["code"] for one in rule_entries() if name in one["needs"]]
    linked = ("、" if lang == "ja" else ", ").join(f"[{one}](rules/{one}.md)" for one in codes)
    if len(codes) > _MANY:
        linked = (
            f"[{len(codes)}の規則](rules/index.md)" if lang == "ja" else f"[{len(codes)}](rules/index.md)"
        )
    said = "要する規則: " if lang == "ja" else "Rules that need it: "
    return [said + linked, ""] if codes else []


def _rows(part: str, model: dict[str, Any], lang: str) -> Lines:
    heads = ("項目", "意味", "型", "必須") if lang == "ja" else ("field", "meaning", "type", "required")
    rows = [
        (
            code(name),
            _meaning(part, name, said, lang),
            type_said(said).said_in(lang),
            _need(name, model, lang),
        )
        for name, said in _in_order(model["properties"])
    ]
    return table(heads, rows)


def _in_order(fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the fields with the period at the end, from before to."""
    own = [one for one in fields.items() if one[0] not in _PERIOD]
    return [*own, *((name, fields[name]) for name in _PERIOD if name in fields)]


def _meaning(part: str, name: str, said: dict[str, Any], lang: str) -> str:
    lines = [field_said(part, name).said_in(lang)]
    if part != "case":
        lines += [f"{code(value)} {value_said(part, name, value).said_in(lang)}" for value in taken(said)]
    return "<br>".join(lines)


def _need(name: str, model: dict[str, Any], lang: str) -> str:
    if name in model.get("required", ()):
        return "○" if lang == "ja" else "yes"
    if [name] in [one["required"] for one in model.get("anyOf", ())]:
        return "どちらか" if lang == "ja" else "one of them"
    return ""


def _column(column: Column) -> str:
    return code(column.name + ("" if column.required else "?"))


def _fields() -> Iterator[tuple[str, str]]:
    for part, model in _models().items():
        yield from ((part, name) for name in model["properties"])


def _shapes() -> list[Shape]:
    from zaitaku_rules.records.shapes import shapes

    return list(shapes().values())


def _columns() -> Iterator[tuple[str, str]]:
    """Return the columns that only tables have, and see that they are described."""
    fields = set(_fields())
    homes = {"users": "user", "providers": "provider"}
    for one in _shapes():
        part = homes.get(one.name, one.name)
        for column in one.columns:
            if (part, column.name) not in fields:
                home = part if part == "coverage" else "tables"
                field_said(home, column.name)
                yield home, column.name
            elif column.name == "covers":
                _ = [value_said(part, column.name, value) for value in column.allowed]
