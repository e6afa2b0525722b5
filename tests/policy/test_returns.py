"""What comes back of a proposal's Connects, by how its job ended and how far it got."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.returns import Returns, Share
from connects.policy.shelf import shipped, shipped_names
from connects.policy.terms import RuleBook
from connects.vocabulary.returns import JOB_ENDS, ReturnCause, Stage
from tests.policy.tables import GONE, book

books = st.sampled_from(shipped_names()).map(shipped)
causes, stages = st.sampled_from(ReturnCause), st.sampled_from(Stage)
paid = st.integers(0, 1_000)


def returns(name: str = "fair-2026", **changes: object) -> Returns:
    return book(name, {f"returns.{key}": value for key, value in changes.items()}).returns


@given(books, causes, paid, stages)
def test_never_more_comes_back_than_was_paid(
    rules: RuleBook, cause: ReturnCause, paid: int, stage: Stage
) -> None:
    clause = rules.returns

    assert 0 <= clause.comes_back(cause, paid, stage) <= paid


@given(st.integers(0, 100), paid)
def test_a_share_is_rounded_up_for_the_freelancer(percent: int, paid: int) -> None:
    clause = returns(unread={"percent": percent, "after_hours": 1})
    back = clause.comes_back(ReturnCause.UNREAD, paid, Stage.UNOPENED)

    assert (back - 1) * 100 < percent * paid <= back * 100


@pytest.mark.parametrize(
    ("paid", "percent", "back"),
    [(6, 100, 6), (6, 0, 0), (6, 50, 3), (5, 50, 3), (1, 1, 1), (0, 50, 0), (3, 33, 1), (4, 99, 4)],
)
def test_shares_of_whole_connects(paid: int, percent: int, back: int) -> None:
    assert (
        returns(invited_later=percent).comes_back(ReturnCause.INVITED_LATER, paid, Stage.OPENED)
        == back
    )


@given(books, st.sampled_from(JOB_ENDS), paid)
def test_getting_further_with_a_client_never_brings_more_back(
    rules: RuleBook, cause: ReturnCause, paid: int
) -> None:
    clause = rules.returns
    by_stage = [clause.comes_back(cause, paid, stage) for stage in Stage]

    assert by_stage == sorted(by_stage, reverse=True)


@pytest.mark.parametrize(
    ("stage", "back"), [(Stage.UNOPENED, 8), (Stage.OPENED, 4), (Stage.ENGAGED, 0)]
)
def test_what_comes_back_follows_how_far_the_proposal_got(stage: Stage, back: int) -> None:
    assert returns().comes_back(ReturnCause.CLOSED_WITHOUT_HIRE, 8, stage) == back


def test_one_share_for_all_stages_is_flat() -> None:
    flat = Share.model_validate({"percent": 40})

    assert flat.is_flat
    assert [flat.at(stage) for stage in Stage] == [40, 40, 40]
    assert not returns().never_closed.is_flat


@pytest.mark.parametrize("name", shipped_names())
@pytest.mark.parametrize("stage", Stage)
def test_a_post_that_broke_the_terms_costs_nobody_anything(name: str, stage: Stage) -> None:
    assert shipped(name).returns.comes_back(ReturnCause.REMOVED_FOR_TERMS, 6, stage) == 6


def test_a_suspended_client_is_as_a_removed_post_unless_the_rules_differ() -> None:
    assert returns().percent(ReturnCause.CLIENT_SUSPENDED, Stage.OPENED) == 100
    stricter = returns(client_suspended={"unopened": 90, "opened": 10, "engaged": 5})
    assert stricter.percent(ReturnCause.CLIENT_SUSPENDED, Stage.OPENED) == 10
    assert stricter.percent(ReturnCause.REMOVED_FOR_TERMS, Stage.OPENED) == 100


def test_what_the_rules_do_not_name_brings_nothing_back() -> None:
    clause = returns("upwork-2019-05")

    for cause in (ReturnCause.UNREAD, ReturnCause.INVITED_LATER, ReturnCause.WITHDRAWN):
        assert clause.comes_back(cause, 6, Stage.UNOPENED) == 0
    assert clause.removed_after_withdrawal


def test_a_change_of_mind_brings_back_its_own_share() -> None:
    clause = returns(withdrawn={"percent": 25, "within_minutes": 5})

    assert clause.comes_back(ReturnCause.WITHDRAWN, 6, Stage.UNOPENED) == 2


def test_closing_late_has_a_share_of_its_own_only_where_there_is_a_deadline() -> None:
    late = returns(closed_late={"percent": 10, "after_days": 3})

    assert late.percent(ReturnCause.CLOSED_LATE, Stage.UNOPENED) == 10
    assert late.percent(ReturnCause.CLOSED_WITHOUT_HIRE, Stage.UNOPENED) == 100
    assert returns().percent(ReturnCause.CLOSED_LATE, Stage.UNOPENED) == 100


@given(st.integers(0, 3_000), st.integers(1, 60))
def test_only_closing_without_a_hire_can_be_late(hours: int, deadline: int) -> None:
    clause = returns(closed_late={"percent": 0, "after_days": deadline})
    after = timedelta(hours=hours)

    found = clause.cause_after(ReturnCause.CLOSED_WITHOUT_HIRE, after)

    assert (found is ReturnCause.CLOSED_LATE) == (hours > 24 * deadline)
    for cause in set(ReturnCause) - {ReturnCause.CLOSED_WITHOUT_HIRE}:
        assert clause.cause_after(cause, after) is cause


@pytest.mark.parametrize("key", ["closed_without_hire", "closed_after_hire", "never_closed"])
def test_each_stage_must_be_stated(key: str) -> None:
    with pytest.raises(ValueError, match=rf"returns\.{key}\.engaged"):
        book("fair-2026", {f"returns.{key}": {"unopened": 100, "opened": 50}})


def test_every_end_of_a_job_has_a_share_in_every_shipped_rule_book() -> None:
    for name in shipped_names():
        for cause in JOB_ENDS:
            assert 0 <= shipped(name).returns.share(cause).unopened <= 100


def test_an_end_that_is_left_out_is_refused() -> None:
    with pytest.raises(ValueError, match=r"returns\.never_closed: expected a value"):
        returns(never_closed=GONE)
