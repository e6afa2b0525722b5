"""The price card: where spans begin and end, what is certain, and that bands divide all posts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from connects.policy.adjustments import Adjustment
from connects.policy.card import Band, PriceCard
from connects.policy.shelf import shipped, shipped_names
from connects.policy.spans import DurationIs, HoursAre, ValueSpan
from connects.vocabulary.facts import (
    OVER_SIX_MONTHS,
    THIRTY_HOURS_OR_MORE,
    UNDER_ONE_MONTH,
    UNDER_THIRTY_HOURS,
    JobFacts,
    JobKind,
    Range,
)
from tests.policy.tables import book

FIXED = JobFacts(JobKind.FIXED)
FAR = 10**15


def span(**bounds: str) -> ValueSpan:
    return ValueSpan.model_validate(bounds)


@pytest.mark.parametrize(
    ("bounds", "inside", "outside"),
    [
        ({"over": "50.00"}, (5_001, FAR), (0, 5_000)),
        ({"at_least": "50.00"}, (5_000, FAR), (0, 4_999)),
        ({"up_to": "50.00"}, (0, 5_000), (5_001, FAR)),
        ({"under": "50.00"}, (0, 4_999), (5_000, FAR)),
        ({"over": "50.00", "up_to": "600.00"}, (5_001, 60_000), (5_000, 60_001)),
        ({"at_least": "50.00", "under": "600.00"}, (5_000, 59_999), (4_999, 60_000)),
        ({}, (0, FAR), (-1,)),
    ],
)
def test_a_span_of_values_holds_what_its_words_say(
    bounds: dict[str, str], inside: tuple[int, ...], outside: tuple[int, ...]
) -> None:
    assert all(span(**bounds).holds(cents) for cents in inside)
    assert not any(span(**bounds).holds(cents) for cents in outside)


@pytest.mark.parametrize(
    ("duration", "certainly_under_a_week"),
    [
        (None, False),
        (Range.exactly(6), True),
        (Range.exactly(7), False),
        (Range(3, 6), True),
        (Range(3, 7), False),
        (Range(3, None), False),
        (UNDER_ONE_MONTH, False),
        (OVER_SIX_MONTHS, False),
    ],
)
def test_a_job_counts_as_short_only_where_it_certainly_is(
    duration: Range | None, certainly_under_a_week: bool
) -> None:
    assert DurationIs(under_days=7).holds(duration) is certainly_under_a_week
    assert DurationIs(not_under_days=7).holds(duration) is not certainly_under_a_week


@pytest.mark.parametrize(
    ("hours", "certainly_full_time"),
    [
        (None, False),
        (Range.exactly(29), False),
        (Range.exactly(30), True),
        (Range(20, 40), False),
        (UNDER_THIRTY_HOURS, False),
        (THIRTY_HOURS_OR_MORE, True),
    ],
)
def test_a_job_counts_as_full_time_only_where_it_certainly_is(
    hours: Range | None, certainly_full_time: bool
) -> None:
    assert HoursAre(at_least=30).holds(hours) is certainly_full_time
    assert HoursAre(not_at_least=30).holds(hours) is not certainly_full_time


ranges = st.one_of(
    st.none(),
    st.builds(
        lambda least, more: Range(least, least + more), st.integers(0, 300), st.integers(0, 99)
    ),
    st.builds(Range, st.integers(0, 300), st.none()),
)


@given(ranges, st.integers(1, 300))
def test_a_condition_and_its_opposite_never_agree(said: Range | None, bound: int) -> None:
    assert DurationIs(under_days=bound).holds(said) != DurationIs(not_under_days=bound).holds(said)
    assert HoursAre(at_least=bound).holds(said) != HoursAre(not_at_least=bound).holds(said)


def test_a_band_asks_for_all_that_it_names() -> None:
    (band,) = (
        band
        for band in shipped("upwork-2023").card.bands
        if band.name == "hourly, short and full-time"
    )
    fitting = JobFacts(
        JobKind.HOURLY, duration_days=Range.exactly(10), hours_per_week=THIRTY_HOURS_OR_MORE
    )

    assert band.holds(fitting, 0)
    assert not band.holds(JobFacts(JobKind.FIXED, duration_days=Range.exactly(10)), 0)
    assert not band.holds(JobFacts(JobKind.HOURLY, duration_days=Range.exactly(10)), 0)
    assert not band.holds(JobFacts(JobKind.HOURLY, hours_per_week=THIRTY_HOURS_OR_MORE), 0)


def test_one_number_is_a_price_that_demand_cannot_move() -> None:
    band = Band.model_validate({"name": "all", "connects": 4})

    assert (band.connects.low, band.connects.high) == (4, 4)


cuts = st.lists(st.integers(0, 5_000_00), min_size=0, max_size=8, unique=True).map(sorted)


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def ladder_of(cuts: list[int]) -> list[dict[str, object]]:
    """Bands that divide all values at these amounts, each up to and including its own."""
    spans: list[dict[str, str]] = []
    if cuts:
        spans = [{"up_to": money(cuts[0])}]
        spans += [{"over": money(low), "up_to": money(high)} for low, high in pairwise(cuts)]
    spans.append({"over": money(cuts[-1])} if cuts else {})
    return [
        {"name": f"band {place}", "value": value, "connects": place + 1}
        for place, value in enumerate(spans)
    ]


def card(bands: list[dict[str, object]]) -> PriceCard:
    return PriceCard.model_validate({"source": "a test", "bands": bands})


@given(cuts, st.integers(0, 6_000_00))
def test_bands_that_divide_all_values_are_a_card(cuts: list[int], value: int) -> None:
    holding = [band.name for band in card(ladder_of(cuts)).bands if band.holds(FIXED, value)]

    assert holding == [f"band {sum(cut < value for cut in cuts)}"]


@given(cuts.filter(bool), st.data())
def test_a_card_with_a_band_too_few_has_a_gap(cuts: list[int], data: st.DataObject) -> None:
    bands = ladder_of(cuts)
    del bands[data.draw(st.integers(0, len(bands) - 1))]

    with pytest.raises(ValidationError, match="no band"):
        card(bands)


@given(cuts, st.data())
def test_a_card_with_a_band_too_many_overlaps(cuts: list[int], data: st.DataObject) -> None:
    bands = ladder_of(cuts)
    twice = data.draw(st.sampled_from(bands))

    with pytest.raises(ValidationError, match="overlapping bands"):
        card([*bands, {**twice, "name": "another"}])


@pytest.mark.parametrize("name", shipped_names())
@given(value=st.integers(0, 10**9), days=ranges, hours=ranges, kind=st.sampled_from(JobKind))
def test_every_post_falls_into_one_band_of_every_shipped_card(
    name: str, value: int, days: Range | None, hours: Range | None, kind: JobKind
) -> None:
    facts = JobFacts(kind, duration_days=days, hours_per_week=hours)

    assert len([band for band in shipped(name).card.bands if band.holds(facts, value)]) == 1


@pytest.mark.parametrize(
    ("price", "steps", "stepped"),
    [(2, 0, 2), (2, 1, 4), (2, -1, 1), (1, -1, 1), (8, 1, 8), (1, 10, 8), (8, -10, 1), (6, -2, 2)],
)
def test_steps_go_as_far_as_the_ladder_does(price: int, steps: int, stepped: int) -> None:
    assert shipped("upwork-2023").card.stepped(price, steps) == stepped


@given(st.sampled_from([1, 2, 4, 6, 8]), st.integers(-10, 10))
def test_a_price_stays_on_the_ladder_and_moves_the_right_way(price: int, steps: int) -> None:
    ladder_card = shipped("upwork-2023").card
    moved = ladder_card.stepped(price, steps)

    assert moved in ladder_card.ladder
    assert (moved - price) * steps >= 0


@pytest.mark.parametrize(
    ("when", "verified", "applies"),
    [
        ("client_payment_unverified", False, True),
        ("client_payment_unverified", True, False),
        ("client_payment_unverified", None, False),
        ("always", True, True),
        ("always", None, True),
    ],
)
def test_an_adjustment_needs_to_know_that_the_client_is_unverified(
    when: str, verified: bool | None, applies: bool
) -> None:
    adjustment = Adjustment.model_validate({"name": "a step", "when": when, "steps": 1})

    assert adjustment.applies(JobFacts(JobKind.FIXED, client_payment_verified=verified)) is applies


def test_a_card_may_price_all_posts_alike() -> None:
    flat = book("freelancer-com", {"card.bands.0.connects": 3})

    assert [band.connects.low for band in flat.card.bands] == [3]
    assert flat.card.bands[0].holds(FIXED, 0)
    assert flat.card.bands[0].holds(JobFacts(JobKind.HOURLY), FAR)
