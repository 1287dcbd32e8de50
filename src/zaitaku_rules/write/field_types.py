"""What a field of the case file holds, in words, read off its JSON Schema."""

from __future__ import annotations

from typing import Any

from zaitaku_rules.errors import Message

_FORMATS = {
    frozenset({"date"}): Message("日付", "date"),
    frozenset({"date-time"}): Message("日時", "date and time"),
    frozenset({"date", "date-time"}): Message("日付か日時", "date, or date and time"),
}
_PATTERNS = {
    r"^\d{5,6}$": Message("市町村コード", "municipality code"),
    r"^\d\d[0-9A-HJ-NPR-Z]\d{7}$": Message("事業所番号", "provider number"),
    r"^([01]\d|2[0-3]):[0-5]\d$": Message("時刻", "time of day"),
}
_TYPES = {
    "boolean": Message("`true`・`false`", "`true`, `false`"),
    "string": Message("文字", "text"),
    "object": Message("まとまり", "object"),
}


def type_said(said: dict[str, Any]) -> Message:
    """Return what a field holds."""
    held = alternatives(said)
    if formats := frozenset(one["format"] for one in held if "format" in one):
        return _FORMATS[formats]
    first = held[0]
    if first.get("type") == "array":
        inner = type_said(first["items"])
        return Message(f"{inner.ja}の一覧", f"list of {inner.en}")
    if any(one.get("type") == "integer" for one in held):
        return Message("`standard` か整数(1〜31)", "`standard`, or an integer (1 to 31)")
    if "enum" in first or "const" in first:
        return Message("決まった言葉", "fixed word")
    if str(first.get("description", "")).startswith("YYYY-MM"):
        return Message("月", "month")
    return _PATTERNS.get(first.get("pattern", ""), _TYPES[first.get("type", "object")])


def taken(said: dict[str, Any]) -> list[str]:
    """Return the words that a field, or an entry of its list, may be."""
    held = [one["items"] if one.get("type") == "array" else one for one in alternatives(said)]
    words = [value for one in held for value in one.get("enum", [one["const"]] if "const" in one else [])]
    return [value for value in words if value != "standard"]


def alternatives(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a field may be, less being absent."""
    every: list[dict[str, Any]] = said.get("anyOf", [said])
    return [one for one in every if one.get("type") != "null"]


def model_named(said: dict[str, Any]) -> str:
    """Return the name of the model whose rows a list holds."""
    items = next(one["items"] for one in alternatives(said) if "items" in one)
    return str(items["$ref"]).rsplit("/", 1)[-1]
