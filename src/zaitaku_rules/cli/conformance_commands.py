"""Writes the conformance pack, and compares a vendor's results with it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

from zaitaku_rules.cli.drawing import console_on, drawn
from zaitaku_rules.cli.output import output, unwritable
from zaitaku_rules.errors import InvalidCall, InvalidInput, Message
from zaitaku_rules.read import read_objects, shown_path
from zaitaku_rules.report import Conformance, Result
from zaitaku_rules.testing.conformance import Pack, built_pack, conformance_pack, read_pack
from zaitaku_rules.testing.conformance.comparing import add_result, compared
from zaitaku_rules.testing.conformance.pack_files import MANIFEST, packed
from zaitaku_rules.testing.whole_folder import whole_folder
from zaitaku_rules.write.conformance_junit import conformance_junit
from zaitaku_rules.write.text_conformance import print_conformance

_LINES = (".jsonl", ".ndjson")
_NOT_A_RESULT = Message(
    '結果ではありません。1行に1件、{"id": ..., "verdict": ..., "rules": {...}} の形で書いてください。',
    'not a result: write one line for each case, {"id": ..., "verdict": ..., "rules": {...}}',
)

Writer: TypeAlias = Callable[[Conformance, TextIO, str, bool], Iterator[str]]


def write_conformance(target: str, made_of: Sequence[str], lang: str, *, force: bool) -> int:
    """Write the pack that ships, or one made of other cases, and say how much is in it."""
    pack = built_pack(made_of) if made_of else conformance_pack()
    _refuse(Path(target), shown_path(target), force)
    if target.endswith(_LINES):
        with output(target) as stream:
            stream.writelines(pack.lines())
    elif target.endswith(".xz"):
        _put_bytes(Path(target), packed(pack))
    else:
        _put_folder(Path(target), pack)
    cases, rules = pack.manifest.cases, len(pack.manifest.rules)
    said = f"事例 {cases} 件、規則 {rules} 本" if lang == "ja" else f"{cases} cases, {rules} rules"
    print(f"{shown_path(target)}: {said}", file=sys.stderr)
    return 0


def check_conformance(
    results: str, pack_path: str | None, lang: str, form: str, target: str | None, *, strict: bool
) -> int:
    """Compare results with a pack; 0 none differs, 1 one does (or with `strict` is missing), 2 unreadable."""
    pack = conformance_pack() if pack_path is None else read_pack(pack_path)
    found, errors = _read_results(results, pack)
    for error in errors:
        print(error.said_in(lang), file=sys.stderr)
    if errors and not found:
        return 2
    outcome = compared(pack, found)
    with output(target, [results]) as stream:
        stream.writelines(FORMATS[form](outcome, stream, lang, strict))
    if errors:
        return 2
    return int(bool(outcome.failed or (strict and outcome.missing)))


def _read_results(path: str, pack: Pack) -> tuple[list[Result], list[InvalidInput]]:
    found, errors = dict[str, Result](), list[InvalidInput]()
    for place, document in read_objects(path, _NOT_A_RESULT):
        if isinstance(document, InvalidInput):
            errors.append(document)
            continue
        try:
            add_result(found, document, pack, place)
        except InvalidInput as error:
            errors.append(error)
    return list(found.values()), errors


def _refuse(target: Path, shown: str, force: bool) -> None:
    """Refuse to write over what is there, unless told to; a folder only where it is a pack."""
    if target.is_dir():
        held = {path.name for path in target.iterdir()}
        if held and not (force and MANIFEST in held and all(_is_ours(name) for name in held)):
            raise InvalidCall(
                "空でないフォルダーには書きません。前に書いた試験を置き換えるには --force を付けてください。",
                "the folder is not empty and was left as it is: add --force to replace an earlier pack",
                place=shown,
            )
    elif target.exists() and not force:
        raise InvalidCall(
            "すでにあるので書きません。上書きするには --force を付けてください。",
            "exists already and was not written: add --force to overwrite it",
            place=shown,
        )


def _is_ours(name: str) -> bool:
    return name == MANIFEST or name.endswith(".jsonl")


def _put_folder(folder: Path, pack: Pack) -> None:
    try:
        with whole_folder(folder.resolve()) as part:
            for name, text in pack.documents().items():
                (part / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise unwritable(str(folder), error.errno) from None


def _put_bytes(path: Path, raw: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(raw)
        part.replace(path)
    except OSError as error:
        raise unwritable(str(path), error.errno) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _text(outcome: Conformance, stream: TextIO, lang: str, strict: bool) -> Iterator[str]:
    console = console_on(stream, is_file=stream is not sys.stdout)
    yield drawn(console, lambda: print_conformance(outcome, console, lang, strict=strict))


def _json(outcome: Conformance, _stream: TextIO, _lang: str, _strict: bool) -> Iterator[str]:
    yield outcome.model_dump_json(by_alias=True, indent=2) + "\n"


def _junit(outcome: Conformance, _stream: TextIO, lang: str, strict: bool) -> Iterator[str]:
    return conformance_junit(outcome, lang, strict=strict)


FORMATS: Mapping[str, Writer] = {"text": _text, "json": _json, "junit": _junit}
"""From the outcome to the pieces of the output."""
