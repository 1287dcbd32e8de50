"""The conformance pack as files: the one that ships, JSON lines, and a folder with a file for each rule."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.judge.receipt import library
from zaitaku_rules.law import shipped_overlay, shipped_overlays
from zaitaku_rules.law.load import raw_bytes
from zaitaku_rules.read import shown_path
from zaitaku_rules.report import Manifest, PackCase, RuleCount, Verdict
from zaitaku_rules.rules import CATALOGUE

MANIFEST = "manifest.json"
SHIPPED = "pack.jsonl.xz"


@dataclass(frozen=True, slots=True)
class Pack:
    """The cases of a conformance pack, in order, and what they were made from."""

    manifest: Manifest
    cases: tuple[PackCase, ...]

    @classmethod
    def of(cls, cases: tuple[PackCase, ...]) -> Pack:
        """Return the pack of cases that this library has judged by its own law."""
        law = raw_bytes([shipped_overlay(name) for name in shipped_overlays()])
        verdicts = Counter[Verdict](one.expected.verdict for one in cases)
        statuses = {code: Counter(one.expected.rules[code].status for one in cases) for code in CATALOGUE}
        manifest = Manifest(
            schema_="zaitaku-conformance-manifest/1",
            library=library(),
            ruleset_sha256=hashlib.sha256(b"".join(law)).hexdigest(),
            pack_sha256=hashlib.sha256("".join(map(_line, cases)).encode()).hexdigest(),
            cases=len(cases),
            verdicts={verdict: verdicts[verdict] for verdict in sorted(verdicts)},
            rules={
                code: RuleCount(**{str(status): count for status, count in sorted(found.items(), key=str)})
                for code, found in statuses.items()
            },
            files=dict(Counter(f"{one.id.partition('/')[0]}.jsonl" for one in cases)),
        )
        return cls(manifest, cases)

    def lines(self) -> Iterator[str]:
        """Return the pack as JSON lines: the manifest, then a line for each case."""
        yield _line(self.manifest)
        yield from map(_line, self.cases)

    def documents(self) -> dict[str, str]:
        """Return the pack as files by name: the manifest, and the cases of each rule as JSON lines."""
        found = {MANIFEST: self.manifest.model_dump_json(by_alias=True, indent=2) + "\n"}
        for name in self.manifest.files:
            found[name] = "".join(
                _line(one) for one in self.cases if one.id.startswith(name.removesuffix(".jsonl") + "/")
            )
        return found


def _line(part: Manifest | PackCase) -> str:
    return part.model_dump_json(by_alias=True) + "\n"


@lru_cache(maxsize=1)
def conformance_pack() -> Pack:
    """Return the pack that comes with this library."""
    held = files("zaitaku_rules.testing.conformance") / SHIPPED
    return _parsed(_unpacked(held.read_bytes()).splitlines(), SHIPPED)


def read_pack(path: str | Path) -> Pack:
    """Return a pack that was written before, from a file or a folder; raises InvalidInput."""
    place, source = shown_path(str(path)), Path(path)
    try:
        return _parsed(_lines_of(source), place)
    except (OSError, UnicodeDecodeError) as error:
        number = getattr(error, "errno", None)
        raise InvalidInput(
            f"読めません(エラー番号 {number})。zaitaku conformance write で書いたものを指定してください。",
            f"cannot be read (error number {number}): name what zaitaku conformance write wrote",
            place=place,
        ) from None


def _lines_of(source: Path) -> list[str]:
    if source.is_dir():
        manifest = (source / MANIFEST).read_text("utf-8")
        names: Sequence[str] = list(json.loads(manifest).get("files", {}))
        rest = [line for name in names for line in (source / name).read_text("utf-8").splitlines()]
        return [manifest.replace("\n", ""), *rest]
    raw = source.read_bytes()
    return (_unpacked(raw) if source.suffix == ".xz" else raw.decode("utf-8")).splitlines()


def _unpacked(raw: bytes) -> str:
    import lzma

    return lzma.decompress(raw).decode("utf-8")


def packed(pack: Pack) -> bytes:
    """Return a pack as it ships."""
    import lzma

    return lzma.compress("".join(pack.lines()).encode(), preset=9)


def _parsed(lines: Sequence[str], place: str) -> Pack:
    try:
        head, *rest = lines or [""]
        manifest = Manifest.model_validate_json(head)
        pack = Pack(manifest, tuple(map(PackCase.model_validate_json, rest)))
    except ValidationError:
        raise InvalidInput(
            "適合性試験の一式として読めません。zaitaku conformance write で書いたものを指定してください。",
            "not a conformance pack: name what zaitaku conformance write wrote",
            place=place,
        ) from None
    if len(pack.cases) != manifest.cases:
        raise InvalidInput(
            f"事例が {manifest.cases} 件あるはずですが、{len(pack.cases)} 件です。書き直してください。",
            f"it should hold {manifest.cases} cases and holds {len(pack.cases)}: write it again",
            place=place,
        )
    return pack
