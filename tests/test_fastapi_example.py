"""The web service of `examples/fastapi` answers as the library does, and repeats nothing of a bad request."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from loading import EXAMPLES, loaded
from zaitaku_rules import Case, check, due, load_overlay, verify

JSON = {"Content-Type": "application/json"}
SECRET = "山田太郎"
TEXT = (EXAMPLES / "hitachi-broken.json").read_text("utf-8")
DOCUMENT: dict[str, Any] = json.loads(TEXT)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(loaded("fastapi/app.py").app)


def case_of(name: str) -> Case:
    return Case.model_validate_json((EXAMPLES / name).read_bytes())


def overlay(name: str) -> Any:
    return load_overlay(EXAMPLES / "overlays" / f"{name}.toml")


def test_a_case_gives_its_report_with_its_receipt(client: TestClient) -> None:
    case = case_of("hitachi-broken.json")
    answer = client.post("/reports", content=TEXT.encode(), headers=JSON)
    assert answer.status_code == 200
    assert answer.json() == json.loads(check(case).to_json())
    assert verify(answer.json(), case).agrees


def test_the_day_of_the_question_may_be_given(client: TestClient) -> None:
    answer = client.post("/reports?as_of=2026-03-11", json=DOCUMENT)
    assert answer.json()["as_of"] == "2026-03-11"
    assert client.post("/reports", json=DOCUMENT).json()["as_of"] == "2026-04-01"


def test_an_office_is_judged_by_its_own_rules(client: TestClient) -> None:
    document = json.loads((EXAMPLES / "icross-day.json").read_text("utf-8"))
    document["contacts"] = [row for row in document["contacts"] if not row["at"].startswith("2026-02-04T15")]
    found = client.post("/reports", json=document).json()
    assert found["receipt"]["overlays"] == ["office-icross"]
    expected = check(Case.model_validate(document), overlays=[overlay("icross")])
    assert found == json.loads(expected.to_json())
    assert check(Case.model_validate(document)).rule("Z301").status == "kept"
    assert expected.rule("Z301").status == "broken"


def test_what_is_due(client: TestClient) -> None:
    answer = client.get("/months/2026-03/users/U-501/due", params={"as_of": "2026-03-18"})
    expected = due(case_of("running-month.json"), overlays=[overlay("aoba")])
    assert answer.status_code == 200
    assert answer.json() == [one.model_dump(mode="json", by_alias=True) for one in expected]
    assert answer.json()[0]["code"] == "Z301"


def test_without_a_day_today_is_asked_for(client: TestClient) -> None:
    assert client.get("/months/2026-02/users/U-201/due").json() == []


def test_the_report_is_a_page(client: TestClient) -> None:
    page = client.get("/months/2026-03/users/U-304", params={"as_of": "2026-04-01", "lang": "en"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-store"
    assert '<html lang="en">' in page.text
    assert "Z401" in page.text


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (TEXT.replace('"home"', f'"{SECRET}"', 1), ["days[0].place"]),
        (TEXT.replace('"days"', '"dais"', 1), ["dais"]),
        (TEXT.replace('"days"', f'"{SECRET}"', 1), ["?"]),
        (TEXT.replace('"2026-03-02"', '"2026-02-30"', 1), ["days[0].date"]),
        (json.dumps({"schema": "zaitaku-case/1", "user": SECRET}), ["month", "user", "provider"]),
        (f'{{"user": "{SECRET}', [""]),
        (f'["{SECRET}"]', [""]),
        ("", [""]),
    ],
)
def test_a_bad_case_is_told_in_the_words_of_the_library(
    client: TestClient, body: str, places: list[str]
) -> None:
    answer = client.post("/reports", content=body.encode(), headers=JSON)
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert [error["place"] for error in errors] == places
    assert all(error["ja"] and error["en"] for error in errors)
    assert SECRET not in answer.text


def test_a_bad_address_repeats_nothing(client: TestClient) -> None:
    for address in (
        f"/months/{SECRET}/users/U-304",
        f"/months/2026-03/users/{SECRET * 20}",
        f"/months/2026-03/users/U-304?as_of={SECRET}",
        f"/months/2026-03/users/U-304?lang={SECRET}",
    ):
        answer = client.get(address)
        assert answer.status_code == 422, address
        assert SECRET not in answer.text
    answer = client.get(f"/months/2026-03/users/{SECRET}")
    assert answer.status_code == 404
    assert SECRET not in answer.text


def test_the_schema_shows_case_report_and_faults(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    asked = schema["paths"]["/reports"]["post"]
    assert asked["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith("/Report")
    assert asked["responses"]["422"]["content"]["application/json"]["schema"]["$ref"].endswith("/Faults")
    assert "evaluations" in json.dumps(asked["requestBody"])
