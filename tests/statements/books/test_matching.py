"""A provider's list held against ours: each line finds its other half, or is told."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.statements.books.matching import Line, Problem, differences, matched
from connects.vocabulary.amounts import Money

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = NOON.date()


def line(
    payment: str = "P-1",
    cents: int = 150,
    *,
    kind: str = "payment",
    fee: int | None = 35,
    at: datetime = NOON,
    name: str = "",
    currency: str = "USD",
) -> Line:
    return Line(name or f"{payment}/{kind}", kind, payment, Money(cents, currency), fee, at)


def problems(theirs: list[Line], ours: list[Line], day: date = DAY) -> list[str]:
    return [found.problem.value for found in differences(matched(theirs, ours), day)]


def test_lists_that_agree_have_no_differences() -> None:
    both = [line("P-1"), line("P-2", 300), line("P-1", -150, kind="refund")]

    assert problems(both, list(reversed(both))) == []


@pytest.mark.parametrize(
    ("theirs", "ours", "problem"),
    [
        ([line()], [], Problem.NOT_HERE),
        ([], [line()], Problem.NOT_THERE),
        ([line(cents=150)], [line(cents=140)], Problem.AMOUNT_DIFFERS),
        ([line(currency="EUR")], [line()], Problem.AMOUNT_DIFFERS),
        ([line(fee=35)], [line(fee=30)], Problem.FEE_DIFFERS),
        ([line(fee=None)], [line(fee=30)], Problem.FEE_DIFFERS),
    ],
)
def test_a_difference_has_a_name(theirs: list[Line], ours: list[Line], problem: Problem) -> None:
    assert problems(theirs, ours) == [problem]


def test_a_fee_that_we_do_not_know_yet_is_no_difference() -> None:
    assert problems([line(fee=35)], [line(fee=None)]) == []


def test_another_kind_of_the_same_payment_is_another_line() -> None:
    assert sorted(problems([line()], [line(kind="refund")])) == ["not-here", "not-there"]


def test_lines_of_one_amount_belong_together_whatever_their_order() -> None:
    refunds = [line(cents=-50, kind="refund", name="a"), line(cents=-70, kind="refund", name="b")]
    ours = [
        line(cents=-70, kind="refund", name="c", at=NOON + timedelta(minutes=1)),
        line(cents=-50, kind="refund", name="d", at=NOON + timedelta(minutes=2)),
    ]
    pairs = {
        pair.theirs.id: pair.ours.id for pair in matched(refunds, ours) if pair.theirs and pair.ours
    }

    assert pairs == {"a": "d", "b": "c"}


def test_the_earlier_belongs_with_the_earlier() -> None:
    theirs = [line(name="late", at=NOON + timedelta(hours=1)), line(name="early")]
    ours = [line(name="ours-late", at=NOON + timedelta(hours=2)), line(name="ours-early")]
    pairs = {
        pair.theirs.id: pair.ours.id for pair in matched(theirs, ours) if pair.theirs and pair.ours
    }

    assert pairs == {"early": "ours-early", "late": "ours-late"}


def test_only_the_lines_of_the_day_are_told() -> None:
    yesterday = line("P-0", at=NOON - timedelta(days=1))
    tomorrow = line("P-2", at=NOON + timedelta(days=1))

    assert problems([yesterday, tomorrow, line()], []) == ["not-here"]


def test_a_line_may_be_a_day_later_with_us_and_counts_on_the_providers_day() -> None:
    midnight = datetime(2026, 11, 25, tzinfo=UTC)
    theirs = line(at=midnight - timedelta(seconds=1))
    ours = line(at=midnight + timedelta(seconds=1))

    assert problems([theirs], [ours]) == []
    assert problems([theirs], [line(cents=1, at=ours.at)]) == ["amount-differs"]
    assert problems([theirs], [line(cents=1, at=ours.at)], date(2026, 11, 25)) == []


@pytest.mark.parametrize(
    ("theirs", "ours", "facts"),
    [
        ([line()], [], ["payment of P-1", "$1.50", "12:00:00"]),
        ([], [line()], ["payment of P-1", "$1.50", "12:00:00"]),
        ([line(cents=150)], [line(cents=140)], ["$1.50", "$1.40"]),
        ([line(fee=35)], [line(fee=30)], ["fee", "$0.35", "$0.30"]),
        ([line(fee=None)], [line(fee=30)], ["$0.00", "$0.30"]),
        ([line(payment="", name="txn_7")], [], ["payment of txn_7"]),
        ([line(currency="JPY", fee=1)], [line(currency="JPY", fee=2)], ["JPY 1", "JPY 2"]),
    ],
)
def test_a_difference_is_told_with_both_sides(
    theirs: list[Line], ours: list[Line], facts: list[str]
) -> None:
    (found,) = differences(matched(theirs, ours), DAY)

    assert [fact for fact in facts if fact not in found.words()] == [], found.words()


some_lines = st.lists(
    st.builds(
        lambda payment, cents, kind, minutes: line(
            payment, cents, kind=kind, at=NOON + timedelta(minutes=minutes)
        ),
        st.sampled_from(["P-1", "P-2", "P-3"]),
        st.sampled_from([50, 100, 150]),
        st.sampled_from(["payment", "refund"]),
        st.integers(0, 600),
    ),
    max_size=12,
)


@given(some_lines, some_lines)
def test_every_line_of_both_lists_comes_exactly_once(theirs: list[Line], ours: list[Line]) -> None:
    pairs = list(matched(theirs, ours))

    assert Counter(pair.theirs for pair in pairs if pair.theirs) == Counter(theirs)
    assert Counter(pair.ours for pair in pairs if pair.ours) == Counter(ours)
    for pair in pairs:
        if pair.theirs and pair.ours:
            assert (pair.theirs.payment, pair.theirs.kind) == (pair.ours.payment, pair.ours.kind)


@given(some_lines)
def test_a_list_never_differs_from_itself(lines: list[Line]) -> None:
    assert problems(lines, list(reversed(lines))) == []
