"""Whatever is wrong with a call is said in one shape, with a code: never a page, never a 500."""

import json
from typing import Any

import pytest
from django.test import Client

from connects.api.clash_problems import CLASH_FAULTS
from connects.api.key_problems import KEY_FAULTS
from connects.api.problems import FAULTS, PROBLEMS_MOST, STATUS_OF_REFUSAL, refusal_problem
from connects.market.jobs.fields import BUDGET_CENTS_MOST
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.api.calling import DRAFT, draft_price, price_of, problem, program_of, signed_in
from tests.market.people import Town

UNREADABLE = {
    "nothing": b"{",
    "not UTF-8": b'{"title": "\xff"}',
    "nested deeply": b"[" * 100_000,
    "a number of 9,000 digits": b'{"title": ' + b"1" * 9_000 + b"}",
    "words": b"title=Logo&kind=fixed",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_is_no_json_is_malformed(here: Town, body: bytes) -> None:
    assert problem(draft_price(program_of(here.client), body), 400)["code"] == "malformed"


WRONG: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "a list": ("[]", [{"field": "body", "problem": "not_an_object"}]),
    "null": ("null", [{"field": "body", "problem": "not_an_object"}]),
    "no fields": (
        "{}",
        [{"field": "title", "problem": "required"}, {"field": "kind", "problem": "required"}],
    ),
    "texts for numbers": (
        '{"title": 1, "kind": "fixed", "budget_cents": "900"}',
        [
            {"field": "title", "problem": "not_text"},
            {"field": "budget_cents", "problem": "not_whole"},
        ],
    ),
    "no numbers": (
        '{"title": "a", "kind": "hourly", "hourly_min_cents": NaN, "hourly_max_cents": 1e999}',
        [
            {"field": "hourly_min_cents", "problem": "not_whole"},
            {"field": "hourly_max_cents", "problem": "not_whole"},
        ],
    ),
    "cents of cents": (
        '{"title": "a", "kind": "fixed", "budget_cents": 1.5}',
        [{"field": "budget_cents", "problem": "not_whole"}],
    ),
    "truth for a number": (
        '{"title": "a", "kind": "fixed", "budget_cents": true}',
        [{"field": "budget_cents", "problem": "not_whole"}],
    ),
    "other words": (
        '{"title": "a", "kind": "barter", "duration": "soon", "hours_per_week": "", "level": "x"}',
        [
            {"field": "kind", "problem": "unknown", "known": "fixed, hourly"},
            {
                "field": "duration",
                "problem": "unknown",
                "known": "days, under_month, one_to_three, three_to_six, over_six",
            },
            {"field": "hours_per_week", "problem": "unknown", "known": "under_30, over_30"},
            {"field": "level", "problem": "unknown", "known": "entry, intermediate, expert"},
        ],
    ),
    "a slip of the pen": (
        '{"title": "a", "kind": "fixed", "budjet_cents": 5}',
        [{"field": "budjet_cents", "problem": "unknown_field"}],
    ),
    "NUL": (
        '{"title": "a\\u0000", "kind": "fixed", "category": "\\u0000", "description": "\\u0000"}',
        [
            {"field": name, "problem": "control_characters"}
            for name in ("title", "description", "category")
        ],
    ),
    "half a character": (
        '{"title": "a", "kind": "fixed", "category": "\\ud800"}',
        [{"field": "category", "problem": "control_characters"}],
    ),
    "a rule book's name with NUL": (
        '{"title": "a", "kind": "fixed", "policy": "a\\u0000"}',
        [{"field": "policy", "problem": "unknown"}],
    ),
    "a path for a rule book": (
        '{"title": "a", "kind": "fixed", "policy": "../fair-2026"}',
        [{"field": "policy", "problem": "unknown"}],
    ),
    "blank": ('{"title": " ", "kind": "fixed"}', [{"field": "title", "problem": "required"}]),
    "a huge budget": (
        '{"title": "a", "kind": "fixed", "budget_cents": 1' + "0" * 400 + "}",
        [
            {
                "field": "budget_cents",
                "problem": "too_large",
                "most_cents": BUDGET_CENTS_MOST,
            }
        ],
    ),
    "less than nothing": (
        '{"title": "a", "kind": "hourly", "hourly_min_cents": -5}',
        [{"field": "hourly_min_cents", "problem": "not_positive"}],
    ),
    "half a rate beside a budget": (
        '{"title": "a", "kind": "fixed", "budget_cents": 5, "hourly_min_cents": 0}',
        [{"field": "hourly_min_cents", "problem": "not_positive"}],
    ),
    "the least above the most": (
        '{"title": "a", "kind": "hourly", "hourly_min_cents": 5, "hourly_max_cents": 4}',
        [{"field": "hourly_max_cents", "problem": "below_minimum"}],
    ),
}


@pytest.mark.parametrize(("body", "problems"), WRONG.values(), ids=WRONG)
def test_everything_wrong_with_a_draft_is_told_at_once(
    here: Town, body: str, problems: list[dict[str, Any]]
) -> None:
    told = problem(draft_price(program_of(here.client), body), 422)

    assert told["code"] == "invalid"
    assert told["parameters"] == {"problems": problems}
    for each in problems:
        assert each["field"] in told["message"]


def test_a_body_of_many_unknown_fields_is_answered_briefly(here: Town) -> None:
    many = json.dumps({f"{number:x>5000}": 1 for number in range(100)})

    response = draft_price(program_of(here.client), many)

    assert len(problem(response, 422)["parameters"]["problems"]) == PROBLEMS_MOST
    assert len(response.content) < 10_000


def test_a_body_above_the_limit_is_refused_unread(here: Town) -> None:
    large = json.dumps({**DRAFT, "description": "x" * 1_000_001})

    assert problem(draft_price(program_of(here.client), large), 413)["code"] == "too_large"


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded", ""]
)
def test_a_body_of_another_kind_is_refused(here: Town, kind: str) -> None:
    for caller in (program_of(here.client), signed_in(here.user_of(here.client))):
        response = caller.post("/api/v1/prices", json.dumps(DRAFT), content_type=kind)
        assert problem(response, 415)["code"] == "not_json"


@pytest.mark.parametrize(
    "address",
    ["/api/", "/api/v1", "/api/v1/", "/api/v2/prices", "/api/v1/prices/", "/api/v1/posts//price"],
)
def test_an_address_that_is_none_is_not_found_in_json(here: Town, address: str) -> None:
    for caller in (Client(), program_of(here.client)):
        assert problem(caller.get(address), 404)["code"] == "not_found"
        assert problem(caller.post(address), 404)["code"] == "not_found"


def test_another_method_is_told_those_that_are_allowed(here: Town) -> None:
    response = program_of(here.client).delete("/api/v1/prices")

    assert problem(response, 405)["code"] == "method_not_allowed"
    assert response.headers["Allow"] == "POST"


def test_a_host_that_is_not_ours_is_told_so_in_json(here: Town) -> None:
    response = Client(headers={"host": "elsewhere.example"}).get("/api/v1/prices")

    assert problem(response, 400)["code"] == "bad_request"


def test_what_breaks_is_said_without_a_trace(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a detail that is nobody's business")

    monkeypatch.setattr("connects.api.prices.explained_price", broken)
    caller = program_of(here.client)
    caller.raise_request_exception = False

    told = problem(price_of(caller, here.job.public_id), 500)

    assert told["code"] == "server_error"
    assert "nobody's business" not in json.dumps(told)


def test_a_page_about_an_error_stays_a_page_elsewhere(here: Town) -> None:
    assert Client().get("/nowhere/").headers["Content-Type"].startswith("text/html")


def test_what_a_service_finds_invalid_is_told_in_the_same_list() -> None:
    told = refusal_problem(
        Refused(RefusalCode.INVALID, {"problem": "negative", "field": "duration"})
    )

    assert told.parameters == {"problems": [{"field": "duration", "problem": "negative"}]}


def test_codes_are_told_apart_by_one_status_each() -> None:
    codes = [fault.code for fault in (*FAULTS, *KEY_FAULTS, *CLASH_FAULTS)] + [
        code.value for code in STATUS_OF_REFUSAL
    ]

    assert len(codes) == len(set(codes))
