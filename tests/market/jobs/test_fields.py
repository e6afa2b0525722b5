"""What a client may say in a post: each problem is named with its field, and all are told at once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.market.jobs.fields import (
    BUDGET_CENTS_MOST,
    DESCRIPTION_CHARACTERS,
    DURATION_DAYS_MOST,
    DURATIONS,
    HOURLY_CENTS_MOST,
    HOURS_A_WEEK_MOST,
    TITLE_CHARACTERS,
    WORKLOADS,
    JobFields,
    as_asked,
    problems_of,
)
from connects.vocabulary.facts import JobKind, Level, Range

FIXED = JobFields(title="Draw a logo", kind=JobKind.FIXED, budget_cents=300_00)
HOURLY = JobFields(
    title="Sing", kind=JobKind.HOURLY, hourly_min_cents=10_00, hourly_max_cents=20_00
)


def problems(post: JobFields, **changes: Any) -> dict[str, str]:
    return {found.field: found.code for found in problems_of(replace(post, **changes))}


def test_a_post_may_leave_out_all_but_its_title_and_kind() -> None:
    for kind in JobKind:
        assert problems_of(JobFields(title="Sing", kind=kind)) == ()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": ""}, "title", "required"),
        ({"title": " \u200b\u2060"}, "title", "required"),
        ({"title": "x" * (TITLE_CHARACTERS + 1)}, "title", "too_long"),
        ({"title": "a\0b"}, "title", "control_characters"),
        ({"title": "a\u202eb"}, "title", "control_characters"),
        ({"description": "x" * (DESCRIPTION_CHARACTERS + 1)}, "description", "too_long"),
        ({"description": "a\x07b"}, "description", "control_characters"),
        ({"category": "x" * 61}, "category", "too_long"),
        ({"budget_cents": 0}, "budget", "not_positive"),
        ({"budget_cents": -1}, "budget", "not_positive"),
        ({"budget_cents": BUDGET_CENTS_MOST + 1}, "budget", "too_large"),
        ({"hourly_min_cents": 0}, "hourly_min", "not_positive"),
        ({"hourly_max_cents": HOURLY_CENTS_MOST + 1}, "hourly_max", "too_large"),
        ({"hourly_min_cents": 3, "hourly_max_cents": 2}, "hourly_max", "below_minimum"),
        ({"duration": Range(-1, 5)}, "duration", "not_positive"),
        ({"duration": Range(0, 0)}, "duration", "not_positive"),
        ({"duration": Range(5, 4)}, "duration", "not_positive"),
        ({"duration": Range(1, DURATION_DAYS_MOST + 1)}, "duration", "too_large"),
        ({"duration": Range(DURATION_DAYS_MOST + 1, None)}, "duration", "too_large"),
        ({"hours_per_week": Range(1, HOURS_A_WEEK_MOST + 1)}, "hours_per_week", "too_large"),
        ({"hours_per_week": Range(2, 1)}, "hours_per_week", "not_positive"),
    ],
)
def test_what_cannot_be_meant_is_named(changes: dict[str, Any], field: str, code: str) -> None:
    assert problems(FIXED, **changes) == {field: code}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * TITLE_CHARACTERS},
        {"description": "x" * DESCRIPTION_CHARACTERS},
        {"description": "two\nlines\tand a tab"},
        {"title": "مرحبا 李 नमस्ते 👩‍🔧"},
        {"budget_cents": 1},
        {"budget_cents": BUDGET_CENTS_MOST},
        {"hourly_min_cents": 5, "hourly_max_cents": 5},
        {"duration": Range(0, 1)},
        {"duration": Range(DURATION_DAYS_MOST, None)},
        {"hours_per_week": Range.exactly(HOURS_A_WEEK_MOST)},
    ],
)
def test_what_lies_within_the_bounds_is_fine(changes: dict[str, Any]) -> None:
    assert problems(FIXED, **changes) == {}


def test_all_problems_are_told_at_once() -> None:
    found = problems(
        FIXED, title="", description="\0", budget_cents=0, duration=Range(5, 4), category="x" * 99
    )

    assert found.keys() == {"title", "description", "budget", "duration", "category"}


@pytest.mark.parametrize("name", DURATIONS)
def test_every_length_that_is_offered_may_be_chosen(name: str) -> None:
    assert problems(FIXED, duration=DURATIONS[name]) == {}


@pytest.mark.parametrize("name", WORKLOADS)
def test_every_workload_that_is_offered_may_be_chosen(name: str) -> None:
    assert problems(HOURLY, hours_per_week=WORKLOADS[name]) == {}


def test_a_fixed_price_job_keeps_no_rate_and_an_hourly_one_no_budget() -> None:
    both: dict[str, Any] = {
        "budget_cents": 5,
        "budget_open": True,
        "hourly_min_cents": 6,
        "hourly_max_cents": 7,
    }
    fixed, hourly = as_asked(replace(FIXED, **both)), as_asked(replace(HOURLY, **both))

    assert (fixed.budget_cents, fixed.budget_open) == (5, True)
    assert (fixed.hourly_min_cents, fixed.hourly_max_cents) == (None, None)
    assert (hourly.budget_cents, hourly.budget_open) == (None, False)
    assert (hourly.hourly_min_cents, hourly.hourly_max_cents) == (6, 7)


def test_a_budget_that_is_not_stated_is_not_open() -> None:
    assert not as_asked(replace(FIXED, budget_cents=None, budget_open=True)).budget_open


texts = st.text(max_size=40)


@given(texts, texts, texts)
def test_texts_lose_the_blanks_around_them_and_nothing_else(
    title: str, description: str, category: str
) -> None:
    post = as_asked(replace(FIXED, title=title, description=description, category=category))

    assert (post.title, post.description, post.category) == (
        title.strip(),
        description.strip(),
        category.strip(),
    )
    assert as_asked(post) == post


@given(
    st.sampled_from(JobKind),
    st.one_of(st.none(), st.sampled_from(Level)),
    st.one_of(st.none(), st.sampled_from(list(DURATIONS.values()))),
    st.one_of(st.none(), st.sampled_from(list(WORKLOADS.values()))),
    st.one_of(st.none(), st.booleans()),
)
def test_pricing_sees_what_the_client_said_and_the_row_keeps_it(
    kind: JobKind,
    level: Level | None,
    duration: Range | None,
    hours: Range | None,
    verified: bool | None,
) -> None:
    post = replace(FIXED, kind=kind, level=level, duration=duration, hours_per_week=hours)
    facts, columns = post.facts(verified), post.columns()

    assert (facts.kind, facts.level, facts.duration_days) == (kind, level, duration)
    assert (facts.hours_per_week, facts.client_payment_verified) == (hours, verified)
    assert columns["level"] == (level.value if level else "")
    assert columns["duration_least_days"] == (duration.least if duration else None)
    assert columns["hours_most"] == (hours.most if hours else None)


def test_an_empty_text_and_an_empty_category_are_left_out() -> None:
    facts = replace(FIXED, description="  ", category="").facts(None)

    assert facts.description_characters is None
    assert facts.category is None
    assert replace(FIXED, description=" ab ").facts(None).description_characters == 2
