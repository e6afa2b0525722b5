"""Which cohort an account belongs to: the first that fits, and the same whenever it is asked."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.market.rollout.cohorts import Assignment, Candidate, share_of, share_position
from connects.market.rollout.models import Cohort, CohortKind

KIND = CohortKind
MANY = [Candidate(number, f"member{number}", "", "basic") for number in range(2_000)]


def cohort(kind: CohortKind, value: str = "", *accounts: str, number: int = 1) -> Cohort:
    return Cohort(number=number, kind=kind.value, value=value, accounts=list(accounts))


def place(candidate: Candidate, *cohorts: Cohort, rollout: str = "r1") -> int | None:
    """The place of the account's cohort among these; None where it has none."""
    found = Assignment(rollout, cohorts).cohort_of(candidate)
    return None if found is None else cohorts.index(found)


def ana(country: str = "DE", plan: str = "basic") -> Candidate:
    return Candidate(1, "ana", country, plan)


@pytest.mark.parametrize(
    ("rule", "candidate", "fits"),
    [
        (cohort(KIND.COUNTRY, "DE, FR"), ana("FR"), True),
        (cohort(KIND.COUNTRY, "de fr"), ana("FR"), True),
        (cohort(KIND.COUNTRY, "DE,FR"), ana("IT"), False),
        (cohort(KIND.COUNTRY, "DE"), ana(""), False),
        (cohort(KIND.PLAN, "plus"), ana(plan="plus"), True),
        (cohort(KIND.PLAN, "plus"), ana(plan="basic"), False),
        (cohort(KIND.ACCOUNTS, "", "ana", "ben"), ana(), True),
        (cohort(KIND.ACCOUNTS, "", "ben"), ana(), False),
        (cohort(KIND.REST), ana(), True),
        (cohort(KIND.SHARE, "100"), ana(), True),
        (cohort(KIND.NEW), ana(), False),
    ],
)
def test_a_cohort_takes_those_whom_it_names(rule: Cohort, candidate: Candidate, fits: bool) -> None:
    assert (place(candidate, rule) == 0) is fits


def test_the_first_cohort_that_fits_takes_an_account() -> None:
    by_plan, by_country, rest = (
        cohort(KIND.PLAN, "plus"),
        cohort(KIND.COUNTRY, "DE"),
        cohort(KIND.REST),
    )

    assert place(ana("DE", "plus"), by_plan, by_country, rest) == 0
    assert place(ana("DE"), by_plan, by_country, rest) == 1
    assert place(ana("IT"), by_plan, by_country, rest) == 2
    assert place(ana("IT"), by_plan, by_country) is None


@pytest.mark.parametrize("shares", [("10", "20", "30"), ("1", "99"), ("33.33", "33.33", "33.34")])
def test_shares_take_about_as_many_as_they_say_and_nobody_twice(shares: tuple[str, ...]) -> None:
    cohorts = [cohort(KIND.SHARE, value, number=n) for n, value in enumerate(shares)]
    assignment = Assignment("r1", cohorts)
    counts = Counter(found.number for found in map(assignment.cohort_of, MANY) if found is not None)

    for number, value in enumerate(shares):
        expected = float(value) / 100 * len(MANY)
        assert abs(counts[number] - expected) < 0.04 * len(MANY)
    if sum(map(float, shares)) == 100:
        assert sum(counts.values()) == len(MANY)


@given(st.integers(1, 10**9), st.text(min_size=1, max_size=20))
def test_an_accounts_place_is_the_same_whenever_it_is_asked(account: int, rollout: str) -> None:
    place_now = share_position(rollout, account)

    assert 0 <= place_now < 10_000
    assert share_position(rollout, account) == place_now


def test_each_rollout_shuffles_anew() -> None:
    first = [share_position("r1", number) for number in range(50)]
    second = [share_position("r2", number) for number in range(50)]

    assert first != second


def test_a_larger_share_keeps_all_of_a_smaller_one() -> None:
    smaller = Assignment("r1", [cohort(KIND.SHARE, "10")])
    larger = Assignment("r1", [cohort(KIND.SHARE, "25")])

    for candidate in MANY:
        assert smaller.cohort_of(candidate) is None or larger.cohort_of(candidate) is not None


@pytest.mark.parametrize(
    ("percent", "places"),
    [("100", 10_000), ("1", 100), ("0.01", 1), ("12.5", 1_250), ("12.50", 1_250), ("99.99", 9_999)],
)
def test_a_percentage_is_read_to_the_hundredth(percent: str, places: int) -> None:
    assert share_of(percent) == places


@pytest.mark.parametrize(
    "percent",
    ["", "0", "0.00", "-1", "100.01", "101", "1e2", "12,5", "1.234", "½", "٣", "ten", "9" * 5_000],
)
def test_what_is_no_percentage_is_refused(percent: str) -> None:
    with pytest.raises(ValueError, match="perc"):
        share_of(percent)
