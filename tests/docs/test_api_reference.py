"""The page about the API names all that there is: addresses, fields, codes, limits."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from ninja.responses import NinjaJSONEncoder

from connects.acts.accounts.make_api_key import KEYS_MOST
from connects.api.clash_problems import CLASH_FAULTS
from connects.api.draft import DraftPost
from connects.api.key_problems import KEY_FAULTS
from connects.api.patterns import PROBLEMS as OF_PATTERNS
from connects.api.problems import FAULTS, PROBLEMS_MOST, STATUS_OF_REFUSAL, invalid
from connects.api.unreadable import CODES as OF_SCHEMA
from connects.api.v1 import api
from connects.pricing.edits import ALL_EDITS
from connects.pricing.reasons import ALL_REASONS
from connects.vocabulary.problems import Problem
from tests.architecture.sources import ROOT

TEXT = (ROOT / "docs" / "api.md").read_text()
CODES = re.compile(r"^\| (\d{3}) \| `(\w+)` \|", re.MULTILINE)
OF_POSTS = [
    *("required", "too_long", "too_large", "not_positive", "negative", "below_minimum"),
    "control_characters",
]
"""What `problems_of` and the price itself can have against what a post says."""
PROBLEMS = sorted({*OF_SCHEMA.values(), *OF_PATTERNS.values(), *OF_POSTS})


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(json.dumps(api.get_openapi_schema(), cls=NinjaJSONEncoder))


def test_every_operation_is_documented(document: Any) -> None:
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in TEXT


def test_every_example_calls_an_operation_that_there_is(document: Any) -> None:
    called = re.findall(r"https://connects\.example(/\S+)", TEXT)

    known = {re.sub(r"\{\w+\}", "[0-9a-z-]{1,16}", path) for path in document["paths"]}
    assert len(called) == 6
    assert [path for path in called if not any(re.fullmatch(each, path) for each in known)] == []


def test_exactly_the_codes_that_there_are_are_documented_with_their_status() -> None:
    known = {(str(fault.status), fault.code) for fault in (*FAULTS, *KEY_FAULTS, *CLASH_FAULTS)}
    known |= {(str(status), code.value) for code, status in STATUS_OF_REFUSAL.items()}

    assert set(CODES.findall(TEXT)) == known


@pytest.mark.parametrize("code", [*ALL_REASONS, *ALL_EDITS, *PROBLEMS])
def test_every_code_within_an_answer_is_documented(code: str) -> None:
    assert re.search(rf"^\|[^|]*`{code}`[^|]*\|", TEXT, re.MULTILINE)


def test_exactly_the_problems_that_there_are_are_listed() -> None:
    section = TEXT.partition("## Every `problem`")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(Problem)


def test_every_field_of_a_draft_and_every_part_of_a_price_is_documented(document: Any) -> None:
    parts = document["components"]["schemas"]["ExplainedPrice"]["properties"]

    missing = [name for name in (*DraftPost.model_fields, *parts) if f"`{name}`" not in TEXT]
    assert missing == []


def test_the_example_of_what_is_wrong_is_what_the_api_says() -> None:
    shown = re.search(r"^    \{\n.*?^    \}$", TEXT, re.MULTILINE | re.DOTALL)

    assert shown is not None
    told = invalid([{"field": "budget_cents", "problem": "not_positive"}])
    # Which request it was differs each time.
    assert json.loads(shown[0]) == {**told.model_dump(), "instance": ""}


def test_the_limits_are_those_of_the_code() -> None:
    assert f"call {settings.API_CALLS_A_MINUTE} times in a minute" in TEXT
    assert f"hold {KEYS_MOST} at a time" in TEXT
    assert f"the first {PROBLEMS_MOST} of it" in TEXT
