"""What pydantic found wrong with a case document, told in both languages without personal data."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from zaitaku_rules.errors import Message, nearest, shown_name, shown_value
from zaitaku_rules.records.fields import PLAIN

_KINDS = {
    "string_type": ("文字列", "a text"),
    "bool_type": ("true か false", "true or false"),
    "int_type": ("整数", "a whole number"),
    "tuple_type": ("一覧([...])", "a list [...]"),
    "dict_type": ("項目の組({...})", "an object {...}"),
    "mapping_type": ("項目の組({...})", "an object {...}"),
    "model_type": ("項目の組({...})", "an object {...}"),
    "model_attributes_type": ("項目の組({...})", "an object {...}"),
    "string_too_short": ("空でない文字列", "a text that is not empty"),
    "too_short": ("一つ以上の値", "at least one value"),
}


def told(error: ValidationError, model: type[BaseModel]) -> ValidationError:
    """Return `error` with every line in our words; each line's context holds `ja` and `en`."""
    lines = [_line(detail, model) for detail in _worth_telling(error.errors(include_url=False))]
    return ValidationError.from_exception_data("Case", lines, hide_input=True)


def sentences(error: ValidationError) -> list[tuple[str, Message]]:
    """Return the place (such as `contacts[3].channel`) and the message of each line of a told error."""
    return [(_path(loc), said) for loc, said in located(error)]


def located(error: ValidationError) -> list[tuple[tuple[int | str, ...], Message]]:
    """Return the place, part by part, and the message of each line of a told error."""
    return [(line["loc"], _message(line)) for line in error.errors(include_url=False)]


def _message(line: ErrorDetails) -> Message:
    words = line.get("ctx", {})
    return Message(str(words.get("ja", line["msg"])), str(words.get("en", line["msg"])))


def _worth_telling(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Leave out branches of unions that were not meant; unknown fields first, they explain missing ones."""
    seen: set[tuple[int | str, ...]] = set()
    for detail in sorted(details, key=lambda detail: detail["type"] != "extra_forbidden"):
        is_unknown = detail["type"] == "extra_forbidden"
        place = detail["loc"] if is_unknown else _place(detail["loc"])
        if PLAIN not in detail["loc"] and place not in seen:
            seen.add(place)
            yield detail


def _place(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Return the place without the names that pydantic gives to the branches of a union."""
    return tuple(part for part in loc if isinstance(part, int) or part.isidentifier())


def _of_unknown(detail: ErrorDetails) -> tuple[int | str, ...]:
    """Return the place of the object that holds an unknown field, whatever that is called."""
    return _place(detail["loc"][:-1])


def _path(loc: tuple[int | str, ...]) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _line(detail: ErrorDetails, model: type[BaseModel]) -> InitErrorDetails:
    loc = _place(detail["loc"])
    if detail["loc"][-1:] == ("[key]",):
        loc = loc[:-1]
    said = _said(detail, model)
    if detail["type"] == "extra_forbidden":
        loc = (*_of_unknown(detail), shown_name(str(detail["loc"][-1])))
    kind = PydanticCustomError("zaitaku", "{en}", {"ja": said.ja, "en": said.en})
    return InitErrorDetails(type=kind, loc=loc, input=None)


def _said(detail: ErrorDetails, model: type[BaseModel]) -> Message:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "zaitaku":
        return _with_value(Message(context["ja"], context["en"]), detail)
    if kind == "missing":
        return Message("必要な項目がありません。書き加えてください。", "required field is missing: add it")
    if kind == "extra_forbidden":
        return _unknown(str(detail["loc"][-1]), _fields(model, _of_unknown(detail)))
    if kind == "literal_error":
        return _not_listed(detail, str(context["expected"]))
    if kind == "json_invalid":
        where = str(context["error"]).partition(" at ")[2]
        return Message(
            f"JSON として読めません({where})。",
            f"not valid JSON ({where}): check commas, quotes and brackets",
        )
    ja, en = _KINDS.get(kind, ("別の形", "another form"))
    return _with_value(Message(f"{ja}が必要です。", f"{en} is expected"), detail)


def _with_value(said: Message, detail: ErrorDetails) -> Message:
    shown = shown_value(detail["input"], is_public_number="provider" in detail["loc"])
    return Message(f"「{shown}」: {said.ja}", f"found {shown}: {said.en}") if shown else said


def _unknown(name: str, known: list[str]) -> Message:
    near = nearest(name, known)
    listed = ", ".join(known)
    return Message(
        f"知らない項目です。{f'{near} のことですか。' if near else ''}使える項目: {listed}",
        f"unknown field{f'; did you mean {near}?' if near else ''} (known: {listed})",
    )


def _not_listed(detail: ErrorDetails, expected: str) -> Message:
    listed = expected.replace("'", "").replace(" or ", ", ")
    near = nearest(str(detail["input"]), listed.split(", "))
    return _with_value(
        Message(
            f"使えない値です。{f'{near} のことですか。' if near else ''}使える値: {listed}",
            f"value not known{f'; did you mean {near}?' if near else ''} (allowed: {listed})",
        ),
        detail,
    )


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    for part in loc:
        inner = model.model_fields.get(str(part)) or next(
            (field for field in model.model_fields.values() if field.alias == part), None
        )
        found = _model_in(inner.annotation) if inner else None
        model = found or model
    names = [field.alias or name for name, field in model.model_fields.items()]
    return [*names, "period"] if {"from", "to"} <= set(names) else names


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, types.UnionType, Annotated, Mapping):
        return next(filter(None, map(_model_in, get_args(annotation))), None)
    return None
