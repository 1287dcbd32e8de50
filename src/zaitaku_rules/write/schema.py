"""The JSON Schemas of the case file, of the reports, of overlays and of the conformance pack."""

from __future__ import annotations

from typing import Any

from zaitaku_rules.law import nation
from zaitaku_rules.law.model import OverlayFile, Parameter
from zaitaku_rules.records import Case
from zaitaku_rules.report import Manifest, PackCase, Receipt, Report, Result
from zaitaku_rules.rules import CATALOGUE

SCHEMAS = ("case", "report", "overlay", "billing", "conformance")
"""What there are schemas of."""

_OPTIONAL = ("due", "plan", "calendar")
_BESIDE_CASES = ("persons", "unmatched")
_PERIOD = {"type": "string", "description": "R02. 7. 1~R03. 6.30", "minLength": 1}


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema of "case" or "overlay" (as read), "report", "billing" or "conformance"."""
    if name == "overlay":
        return _dated("zaitaku-overlay/1", _with_names(OverlayFile.model_json_schema(by_alias=True)))
    if name == "case":
        return _dated("zaitaku-case/1", _with_period(Case.model_json_schema(by_alias=True)))
    if name == "billing":
        return _dated("zaitaku-billing/1", _billing())
    if name == "conformance":
        return _dated("zaitaku-conformance/1", _conformance())
    return _dated("zaitaku-report/1", _as_written(Report.model_json_schema(by_alias=True)))


def _billing() -> dict[str, Any]:
    """Return the report on billing files: it holds those of cases, and `persons` only beside cases."""
    from zaitaku_rules.billing import BillingReport

    schema = BillingReport.model_json_schema(by_alias=True)
    inner = _as_written(Report.model_json_schema(by_alias=True))
    for part in schema["$defs"].values():
        part["required"] = list(part.get("properties", ()))
    schema["$defs"] |= inner.pop("$defs")
    schema["$defs"]["Report"] = inner
    schema["required"] = [name for name in schema["properties"] if name not in _BESIDE_CASES]
    return schema


def _conformance() -> dict[str, Any]:
    """Return what a line may be: a case of the pack, its manifest, or a vendor's result."""
    models = (PackCase, Manifest, Result)
    schemas = [model.model_json_schema(by_alias=True) for model in models]
    inner = {name: part for schema in schemas for name, part in schema.pop("$defs", {}).items()}
    named = {model.__name__: schema for model, schema in zip(models, schemas, strict=True)}
    return {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in named], "$defs": inner | named}


def _as_written(schema: dict[str, Any]) -> dict[str, Any]:
    """Require what every report holds: all but `due` (while something may be) and what is asked for."""
    schema["required"] = [name for name in schema["properties"] if name not in _OPTIONAL]
    schema["$defs"]["Receipt"] = Receipt.model_json_schema(mode="serialization")
    for part in schema["$defs"].values():
        if "properties" in part:
            part["required"] = list(part["properties"])
    return schema


def _dated(title: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _with_period(schema: dict[str, Any]) -> dict[str, Any]:
    """Allow `period`, in era notation, in place of `from` and `to`."""
    for model in schema["$defs"].values():
        fields = model.get("properties", {})
        if {"from", "to"} <= fields.keys():
            fields["period"] = {"anyOf": [_PERIOD, {"type": "null"}], "default": None, "title": "Period"}
            if "from" in model.get("required", ()):
                model["required"] = [name for name in model["required"] if name != "from"]
                model["anyOf"] = [{"required": ["from"]}, {"required": ["period"]}]
    return schema


def _with_names(schema: dict[str, Any]) -> dict[str, Any]:
    """List the names of rules and parameters, and for each parameter the values that it takes."""
    parts = schema["$defs"]
    codes, names = {"enum": list(CATALOGUE)}, {"enum": list(nation().parameters)}
    clause, enabling, setting = (parts[name]["properties"] for name in ("Clause", "Enabling", "Setting"))
    clause["rules"]["items"] = enabling["rules"]["items"] = codes
    enabling["rule"] = {"anyOf": [codes, {"type": "null"}], "default": None, "title": "Rule"}
    clause["parameters"]["items"] = setting["parameter"] = names
    parts["Setting"]["oneOf"] = [{"required": [name]} for name in ("value", "add", "readings")]
    parts["Setting"]["allOf"] = [_taking(name, one) for name, one in nation().parameters.items()]
    for name in ("depends_on", "when_true", "when_false"):
        del setting[name]
    return schema


def _taking(name: str, parameter: Parameter) -> dict[str, Any]:
    """Say which values a parameter takes."""
    word: dict[str, Any] = {"enum": list(parameter.allowed)}
    values: dict[str, dict[str, Any]] = {
        "int": {"type": "integer", "minimum": parameter.allowed_from, "maximum": parameter.allowed_to},
        "flag": {"type": "boolean"},
        "word": word,
        "words": {"type": "array", "items": word, "minItems": 1},
    }
    value = values[parameter.kind]
    readings = {"type": "array", "items": {"anyOf": [value, {"const": "national"}]}}
    given = {"value": value, "readings": readings}
    if parameter.kind == "words":
        given["add"] = value
    return {
        "if": {"properties": {"parameter": {"const": name}}, "required": ["parameter"]},
        "then": {"properties": given},
    }
