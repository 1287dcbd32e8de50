"""Reads the law files and refuses those that contradict themselves, the nation or the catalogue."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from zaitaku_rules.errors import InvalidCall, InvalidLaw
from zaitaku_rules.law.check import check_overlay
from zaitaku_rules.law.model import ClausesFile, Nation, NationalFile, Overlay, OverlayFile, SourcesFile
from zaitaku_rules.records.faults import sentences, told
from zaitaku_rules.records.municipalities import city_of

F = TypeVar("F", bound=BaseModel)


@lru_cache(maxsize=1)
def nation() -> Nation:
    """Return the national law of the package."""
    home = files("zaitaku_rules.law")
    raw = tuple((home / name).read_bytes() for name in ("sources.toml", "clauses.toml", "params.toml"))
    sources = _parsed(raw[0], SourcesFile, "law/sources.toml").source
    clauses = _parsed(raw[1], ClausesFile, "law/clauses.toml").clause
    return Nation(
        _parsed(raw[2], NationalFile, "law/params.toml"),
        {source.id: source for source in sources},
        {clause.id: clause for clause in clauses},
        raw,
    )


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Traversable]:
    home = files("zaitaku_rules.law") / "overlays"
    return {path.name.removesuffix(".toml"): path for path in home.iterdir() if path.name.endswith(".toml")}


def shipped_overlays() -> list[str]:
    """Return the names of the overlays that the package ships, in order."""
    return sorted(_shipped())


@lru_cache(maxsize=256)
def shipped_overlay(name: str) -> Overlay:
    """Return one overlay of the package by name, such as "082023-hitachi"."""
    return _overlay(_shipped()[name].read_bytes(), f"law/overlays/{name}.toml")


def overlay_of(municipality: str) -> Overlay | None:
    """Return the overlay of a municipality, or of the city where it is a ward; None where none ships."""
    city = city_of(municipality)
    name = next((name for name in shipped_overlays() if name.startswith(f"{city}-")), None)
    return shipped_overlay(name) if name else None


def load_overlay(source: str | Path) -> Overlay:
    """Return the overlay of a file, or of the package by name; raises InvalidLaw or InvalidCall."""
    if str(source) in _shipped():
        return shipped_overlay(str(source))
    path = Path(source)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InvalidCall(
            f"上書き規則のファイルを読めません({error.strerror})。パスを確かめてください。",
            f"cannot read the overlay ({error.strerror}): check the path",
            place=path.name,
        ) from None
    return _overlay(raw, path.name)


def _overlay(raw: bytes, place: str) -> Overlay:
    overlay = Overlay(_parsed(raw, OverlayFile, place), raw, place)
    check_overlay(overlay, nation())
    return overlay


def _parsed(raw: bytes, model: type[F], place: str) -> F:
    try:
        return model.model_validate(tomllib.loads(raw.decode("utf-8-sig")))
    except RecursionError:
        raise InvalidLaw("入れ子が深すぎます。", "nested too deeply", place=place) from None
    except UnicodeDecodeError:
        raise InvalidLaw("UTF-8 の文字ではありません。", "not UTF-8 text", place=place) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{place}:{line[1]}" if line else place
        raise InvalidLaw(
            "TOML として読めません。引用符と括弧を確かめてください。",
            f"not valid TOML ({str(error).partition(' (at')[0]}): check quotes and brackets",
            place=where,
        ) from None
    except ValidationError as error:
        path, said = sentences(told(error, model))[0]
        raise InvalidLaw(said.ja, said.en, place=f"{place}: {path}") from None


def raw_bytes(overlays: Sequence[Overlay]) -> list[bytes]:
    """Return the bytes of the law files in order: national, then the overlays as applied."""
    return [*nation().raw, *(overlay.raw for overlay in overlays)]
