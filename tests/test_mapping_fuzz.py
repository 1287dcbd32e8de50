"""Mutated mappings, exports and tables: always cases or errors that name a place, never a traceback."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from as_csv import put_csv
from calling import Call
from test_case_documents import full
from test_mapping import EXPECTED, EXPORTS
from zaitaku_rules import Case, InvalidInput
from zaitaku_rules.read import Cases, read_cases
from zaitaku_rules.read.mapping import cases_of_exports
from zaitaku_rules.read.mapping.guesses import guessed
from zaitaku_rules.write.mapping_draft import mapping_draft

_PIECES = [
    b",",
    b'"',
    b"\n",
    b"\r\n",
    b"\0",
    b"=",
    b"[",
    b"]",
    b"{",
    b"}",
    b"[[file]]",
    b"[[file.rows]]",
    b"#",
    b"'",
    b"''",
    b"*",
    b"{user_id}",
    b"{",
    b"\xff",
    b"\x81",
    "令和".encode(),
    "、".encode(),
    "９".encode(),
    b"1e999",
    b"-1",
    b"true",
    b"2026-02-30",
    b"table",
    b"when",
    b"words",
    b"value",
    b"heading_row = 99999999999999999999",
    b"9999-12-31",
    b"0001-01-01T00:00:00Z",
    b"~",
    b"split = []",
    b"period",
    b"users = []",
    b"nan",
    b"\xef\xbb\xbf",
    b"a.b.c = 1",
    b"[words]",
    b"[constants]",
    b"''' ",
]


def mutated(text: bytes, lot: random.Random) -> bytes:
    """Return a text with a few pieces put in, taken out, doubled or moved."""
    for _ in range(lot.choice((1, 1, 2, 5))):
        at, end = sorted((lot.randrange(len(text) + 1), lot.randrange(len(text) + 1)))
        end = min(end, at + lot.choice((0, 1, 3, 30)))
        piece = lot.choice((lot.choice(_PIECES), text[at:end] * 2, b"", bytes([lot.randrange(256)])))
        text = text[:at] + piece + text[end:]
    return text


def places(cases: Cases) -> list[str]:
    """Return the places of a stream whose every part is a case, or an error in both languages on one line."""
    found = list(cases)
    assert found
    for _, one in found:
        assert isinstance(one, Case | InvalidInput)
        if isinstance(one, InvalidInput):
            said = one.said_in("ja") + one.said_in("en")
            assert one.message.ja
            assert "\n" not in said
            assert "花子" not in said
            assert "次郎" not in said
    return [place for place, _ in found]


@given(
    st.integers(0, 1 << 32), st.sampled_from(sorted(EXPECTED)), st.sampled_from(["mapping", "export", "both"])
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_mapping_and_no_export_gives_a_traceback(tmp_path: Path, seed: int, name: str, which: str) -> None:
    lot, source = random.Random(seed), EXPORTS / name
    for path in source.iterdir():
        is_meant = which == "both" or (path.suffix == ".toml") == (which == "mapping")
        raw = path.read_bytes()
        (tmp_path / path.name).write_bytes(mutated(raw, lot) if is_meant else raw)
    exports = [str(tmp_path / path.name) for path in sorted(source.glob("*.csv"))]
    assert all(places(cases_of_exports(exports, str(tmp_path / "mapping.toml"))))
    for path in exports:
        try:
            text = mapping_draft(guessed(Path(path), path), "en")
        except InvalidInput:
            continue
        (tmp_path / "draft.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
        wrong = [one for _, one in cases_of_exports([path], str(tmp_path / "draft.toml"))]
        assert not any("not valid TOML" in str(one) for one in wrong), text


@given(st.integers(0, 1 << 32))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_folder_of_tables_gives_a_traceback(tmp_path: Path, seed: int) -> None:
    lot, folder = random.Random(seed), put_csv(tmp_path / "tables", full())
    path = lot.choice(sorted(folder.iterdir()))
    path.write_bytes(mutated(path.read_bytes(), lot))
    assert all(places(read_cases(str(folder))))


@pytest.mark.parametrize("seed", range(30))
def test_the_command_line_survives_them_too(call: Call, tmp_path: Path, seed: int) -> None:
    lot, source = random.Random(seed), EXPORTS / "daily-report"
    for path in source.iterdir():
        (tmp_path / path.name).write_bytes(mutated(path.read_bytes(), lot))
    told = call("check", ".", "--mapping", "mapping.toml", "--format", "jsonl")
    assert told.code in (0, 1, 2)
    assert "プログラムの誤り" not in told.err
    assert (told.code == 2) == ("zaitaku-error/1" in told.out or not told.out)
