"""What is shown of a rollout: what changes for a member, how far it has got, what it would have cost."""

from datetime import datetime, timedelta

import pytest

from connects.acts.rules.plan_rollout import (
    CohortPlan,
    RolloutPlan,
    draft,
    pause,
    schedule,
)
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.members.editions import edition_of
from connects.market.rollout.candidates import accounts_under, candidates_under
from connects.market.rollout.models import CohortKind, Rollout
from connects.market.rollout.progress import cohort_states, progress_of, state_words
from connects.market.rollout.selectors import (
    coming_move,
    moves_of,
    rollout_named,
    rollouts,
    unread_move,
)
from connects.policy.shelf import shipped
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db

MOVES_ON = NOON + timedelta(days=10)


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def scheduled(here: Town, *cohorts: CohortPlan) -> Rollout:
    rest = CohortPlan(kind=CohortKind.REST, effective=MOVES_ON)
    plan = RolloutPlan(
        before="upwork-2019-05", after="fair-2026", notice_days=7, cohorts=cohorts or (rest,)
    )
    with held_at(NOON):
        drafted = draft(plan, here.operator)
        assert isinstance(drafted, Rollout), drafted
        answer = schedule(drafted, here.operator)
    assert isinstance(answer, Rollout), answer
    return answer


def at(moment: datetime) -> None:
    with held_at(moment):
        run(moment)


def counts(rollout: Rollout) -> list[tuple[int, int, int]]:
    return [(each.planned, each.told, each.moved) for each in progress_of(rollout)]


def test_progress_goes_from_planned_to_told_to_moved(here: Town) -> None:
    rollout = scheduled(here)
    assert counts(rollout) == [(4, 0, 0)]
    at(NOON + timedelta(days=3))
    assert counts(rollout) == [(0, 4, 0)]
    assert state_words(rollout, progress_of(rollout)) == "scheduled"
    at(MOVES_ON)

    (cohort,) = progress_of(rollout)
    assert (cohort.moved, cohort.accounts) == (4, 4)
    assert state_words(rollout, progress_of(rollout)) == "complete"


def test_each_cohort_has_its_own_progress(here: Town) -> None:
    new = CohortPlan(kind=CohortKind.NEW, effective=MOVES_ON - timedelta(days=3))
    first = CohortPlan(
        kind=CohortKind.ACCOUNTS, effective=MOVES_ON - timedelta(days=2), accounts=("ana",)
    )
    rest = CohortPlan(kind=CohortKind.REST, effective=MOVES_ON)
    rollout = scheduled(here, new, first, rest)
    assert cohort_states(progress_of(rollout), NOON) == ["planned", "next", "planned"]
    at(MOVES_ON - timedelta(days=1))

    progress = progress_of(rollout)
    assert counts(rollout) == [(0, 0, 0), (0, 0, 1), (0, 3, 0)]
    assert cohort_states(progress, MOVES_ON - timedelta(days=1)) == ["open", "done", "next"]


def test_a_paused_rollout_says_so_and_moves_nobody(here: Town) -> None:
    rollout = scheduled(here)
    with held_at(NOON):
        pause(rollout, here.operator)
    rollout.refresh_from_db()
    at(MOVES_ON + timedelta(days=1))

    assert state_words(rollout, progress_of(rollout)) == "paused"
    assert counts(rollout) == [(4, 0, 0)]


def test_a_member_who_was_told_sees_what_comes(here: Town) -> None:
    scheduled(here)
    assert coming_move(here.freelancer, NOON) is None, "nobody was told yet"
    told = NOON + timedelta(days=3)
    at(told)
    coming = coming_move(here.freelancer, told)

    assert coming is not None
    assert (coming.effective, coming.before.name, coming.after.name) == (
        MOVES_ON,
        "upwork-2019-05",
        "fair-2026",
    )
    assert coming.forecast.held == 16
    assert coming.forecast.lost == 0
    assert "What comes back" in {difference.topic for difference in coming.differences}
    assert coming_move(here.freelancer, MOVES_ON) is None


def test_a_move_is_news_for_a_while(here: Town) -> None:
    scheduled(here)
    at(MOVES_ON)

    move = unread_move(here.freelancer, MOVES_ON)
    assert move is not None
    assert unread_move(here.freelancer, MOVES_ON + timedelta(days=31)) is None
    assert [row.pk for row in moves_of(here.freelancer)] == [move.pk]


def test_rollouts_are_listed_newest_first_and_found_by_name(here: Town) -> None:
    first = scheduled(here)

    assert [row.pk for row in rollouts(1).items] == [first.pk]
    assert rollout_named(first.public_id) == first
    assert rollout_named("0123456789abcdef") is None


def test_candidates_are_those_whom_the_rules_hold_for_now(here: Town) -> None:
    edition = edition_of(shipped("upwork-2019-05"), NOON)
    accounts = (here.freelancer, here.agency, here.client, here.stranger)

    assert accounts_under(edition, NOON) == {account.pk for account in accounts}
    assert [candidate.handle for candidate in candidates_under(edition, NOON)] == [
        "ana",
        "studio",
        "acme",
        "other",
    ]
    assert accounts_under(edition_of(shipped("fair-2026"), NOON), NOON) == set()
