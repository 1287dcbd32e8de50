"""Bad and odd files at the door: one clear answer each, never a traceback, never personal data."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from zaitaku_rules import Case, InvalidInput, UnreadableFile
from zaitaku_rules.cli.sample import sample
from zaitaku_rules.read import json_cases as module
from zaitaku_rules.read import read_cases, shown_path

NAME, CERTIFICATE = "山田太郎", "受給者証9876543210"


def document(**changes: Any) -> dict[str, Any]:
    found = sample()
    found["user"] |= {"name": NAME}
    found["approvals"][1]["document"] = CERTIFICATE
    return found | changes


def written(found: dict[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)


GOOD = written(document())
BAD = written(document(contacts=[{"at": NAME, "channel": CERTIFICATE, NAME: 1}]))


def results(path: Path) -> list[tuple[str, Case | InvalidInput]]:
    return list(read_cases(str(path)))


def the_error(tmp_path: Path, content: bytes | str, name: str = "case.json") -> InvalidInput:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    cases = read_cases(str(path))
    assert cases.is_document
    ((place, error),) = cases
    assert isinstance(error, InvalidInput)
    assert error.place == place == str(path)
    for said in (error.said_in("ja"), error.said_in("en")):
        assert "\n" not in said
        assert NAME not in said
        assert "9876543210" not in said
    return error


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "NUL"),
        (b"\0" * 200_000, "NUL"),
        (GOOD.encode("utf-16"), "UTF-16"),
        (GOOD.encode("cp932"), "CP932"),
        (b'{"a": "\xff"}', "not UTF-8 text (byte 8)"),
        (GOOD[:300], "line 1, column 300"),
        ('{\n "山田太郎" 1}', "line 2, column 9"),
        ("{'a': 1}", "double quotes"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "number"),
        ('{"a": ' + "9" * 9999 + "}", "number"),
        ('{"a": "\\ud800"}', "half a character"),
        ('{"a": "\x01"}', "control character"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        (f"[{GOOD}]", "JSON lines"),
        ("5", "an object"),
        ('{"month": "2026-02", "month": "2026-03"}', "twice (month)"),
        ('{"山田太郎": 1, "山田太郎": 2}', "twice (?)"),
        (BAD, "contacts[0]."),
        ("{}", "(+3 more)"),
        (GOOD.replace('"U-001"', "1e999"), "user.id: a text is expected"),
        (GOOD + NAME, "something follows"),
        ("x" * (module.LARGEST + 2), "larger than 16 MB"),
    ],
)
def test_a_bad_document_has_one_clear_line(tmp_path: Path, content: bytes | str, said: str) -> None:
    assert said in the_error(tmp_path, content).said_in("en")


def test_a_missing_file_a_folder_and_an_unreadable_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, said in ((tmp_path, "a folder without tables"), (tmp_path / "none.json", "no such file")):
        ((_, error),) = results(path)
        assert isinstance(error, UnreadableFile)
        assert said in error.said_in("en")

    def refuse(path: str) -> Any:
        raise PermissionError(13, path)

    monkeypatch.setattr(module, "opened", refuse)
    ((_, error),) = results(tmp_path / "locked.json")
    assert isinstance(error, UnreadableFile)
    assert "permission" in error.said_in("en")


def test_a_path_with_a_nul_byte_is_told() -> None:
    ((place, error),) = read_cases("a\0b")
    assert isinstance(error, UnreadableFile)
    assert place == "a?b"
    assert shown_path("a\udcffb\nc") == "a�b?c"


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "bom.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{GOOD}\n{GOOD}".encode())
    assert [type(found) for _, found in results(path)] == [Case, Case]
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert [type(found) for _, found in results(path)] == [Case]


@pytest.mark.parametrize("name", ["case.json", "case.jsonl", "case"])
def test_one_json_value_is_a_document_whatever_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for content in (GOOD, json.dumps(document(), indent=2), f"\n\n{GOOD}\n\n"):
        path.write_text(content, "utf-8")
        cases = read_cases(str(path))
        assert cases.is_document
        ((place, found),) = cases
        assert place == str(path)
        assert isinstance(found, Case)
        assert found == Case.model_validate(document())


def test_lines_are_read_one_by_one_with_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "cases.ndjson"
    path.write_text(f"\n{GOOD}\r\n\n{BAD}\nnonsense {NAME}\n{GOOD}", "utf-8")
    cases = read_cases(str(path))
    assert not cases.is_document
    found = list(cases)
    assert [place for place, _ in found] == [f"{path}:{number}" for number in (2, 4, 5, 6)]
    assert [isinstance(one, Case) for _, one in found] == [True, False, False, True]
    said = [one.said_in("ja") for _, one in found if isinstance(one, InvalidInput)]
    assert all(NAME not in one and "9876543210" not in one for one in said)
    assert "(2文字目)" in said[1]


def test_lines_need_no_name_where_one_line_is_a_case(tmp_path: Path) -> None:
    path = tmp_path / "cases.txt"
    for first in (GOOD, "oops", "{}"):
        path.write_text(f"{first}\n{GOOD}", "utf-8")
        cases = read_cases(str(path))
        assert not cases.is_document
        assert [isinstance(found, Case) for _, found in cases] == [first == GOOD, True]
    path.write_text("1\n2\n", "utf-8")
    assert read_cases(str(path)).is_document


def test_huge_lines_do_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", len(GOOD.encode()) + 10)
    path = tmp_path / "cases.jsonl"
    huge = "{" * 3 * len(GOOD.encode())
    path.write_text("\n".join(["oops", huge, GOOD, '{"a": "' + "x" * 99_999, GOOD]), "utf-8")
    found = list(read_cases(str(path)))
    assert [place.rpartition(":")[2] for place, _ in found] == ["1", "2", "3", "4", "5"]
    assert [isinstance(one, Case) for _, one in found] == [False, False, True, False, True]


def test_a_nul_byte_does_not_stop_the_other_lines(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    for wrong in ("\0", GOOD[:40] + "\0" + GOOD[40:]):
        for first, last in ((wrong, GOOD), (GOOD, wrong)):
            path.write_text(f"{first}\n{last}\n", "utf-8")
            found = [one for _, one in read_cases(str(path))]
            assert [isinstance(one, Case) for one in found] == [first == GOOD, last == GOOD]
    path.write_bytes(b"\0\n{\n" * 99)
    assert read_cases(str(path)).is_document


def test_a_heap_of_nonsense_is_one_bad_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 1000)
    assert "larger than" in the_error(tmp_path, "nonsense\n" * 500, "heap.jsonl").said_in("en")


def test_standard_input_is_read_and_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(f"{GOOD}\n{BAD}\n{GOOD}".encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert [place for place, _ in read_cases("-")] == ["-:1", "-:2", "-:3"]
    ((place, error),) = read_cases("-")
    assert place == "-"
    assert isinstance(error, UnreadableFile)
    monkeypatch.setattr("sys.stdin", None)
    ((_, error),) = read_cases("-")
    assert isinstance(error, UnreadableFile)
    assert "closed" in error.said_in("en")


def test_an_error_while_reading_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise OSError(5, "input/output error")

    for method in ("read", "readline"):
        stream = type("Broken", (io.BytesIO,), {method: fail})(f"{GOOD}\n{GOOD}\n".encode())
        monkeypatch.setattr(module, "opened", {"disk.jsonl": stream}.__getitem__)
        *_, (_, error) = read_cases("disk.jsonl")
        assert isinstance(error, UnreadableFile)
        assert "5" in error.said_in("en")
