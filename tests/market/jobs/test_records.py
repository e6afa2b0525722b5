"""A client's record: counted from what happened, and only once it could have happened."""

from datetime import datetime, timedelta

import pytest

from connects.acts.jobs.end import close
from connects.acts.proposals.client_acts import hire, open_proposal
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import CloseReason, Job
from connects.market.jobs.records import (
    ANSWERED_WITHIN,
    FORGOTTEN_AFTER,
    NOBODY,
    ClientRecord,
    records_of,
)
from connects.market.proposals.models import Proposal
from connects.statements.odds import Odds
from tests.market.people import NOON, Town, posted, proposed, town

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=40)


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def record(here: Town, at: datetime = LATER) -> ClientRecord:
    return records_of([here.client.pk], at).get(here.client.pk, NOBODY)


def counted(found: Odds) -> tuple[int, int]:
    return found.hits, found.cases


def work(here: Town, number: int) -> tuple[Job, Proposal]:
    job = posted(here.client, f"Work {number}", 30_00)
    return job, proposed(job, here.freelancer, f"k{number}")


def test_who_has_posted_nothing_has_no_record(here: Town) -> None:
    assert records_of([here.stranger.pk], LATER) == {}
    assert counted(NOBODY.hired) == (0, 0)
    assert NOBODY.hired.percent is None


def test_an_open_post_counts_only_once_it_was_forgotten(here: Town) -> None:
    before = record(here, NOON + FORGOTTEN_AFTER)
    after = record(here, NOON + FORGOTTEN_AFTER + timedelta(microseconds=1))

    assert (before.posts, counted(before.left_open)) == (1, (0, 0))
    assert counted(after.left_open) == (1, 1)


def test_a_hire_and_a_post_closed_without_one_are_told_apart(here: Town) -> None:
    with held_at(NOON):
        first, second = work(here, 1), work(here, 2)
        hire(first[1], here.client)
        close(first[0], here.client, CloseReason.FILLED)
        close(second[0], here.client, CloseReason.NOT_HIRING)
    found = record(here, NOON)

    assert found.posts == 3
    assert counted(found.hired) == (1, 2)
    assert counted(found.left_open) == (0, 2)


def test_a_proposal_counts_once_the_client_has_had_two_weeks(here: Town) -> None:
    before = record(here, NOON + ANSWERED_WITHIN)
    after = record(here, NOON + ANSWERED_WITHIN + timedelta(microseconds=1))

    assert counted(before.opened) == (0, 0)
    assert counted(after.opened) == (0, 1)


def test_what_was_opened_and_what_came_back_are_counted(here: Town) -> None:
    with held_at(NOON):
        open_proposal(here.proposal, here.client)
        close(work(here, 1)[0], here.client, CloseReason.NOT_HIRING)
    found = record(here)

    assert counted(found.opened) == (1, 2)
    assert counted(found.came_back) == (1, 2)


def test_shares_are_told_from_five_cases_on(here: Town) -> None:
    with held_at(NOON):
        for number in range(4):
            close(work(here, number)[0], here.client, CloseReason.NOT_HIRING)
        four = record(here, NOON)
        close(here.job, here.client, CloseReason.NOT_HIRING)
        five = record(here, NOON)

    assert (four.hired.cases, four.hired.percent) == (4, None)
    assert (five.hired.cases, five.hired.percent) == (5, 0)


def test_records_of_many_clients_take_one_query(
    here: Town, django_assert_num_queries: object
) -> None:
    with held_at(NOON):
        posted(here.stranger, "Another")

    with django_assert_num_queries(1):  # type: ignore[operator]
        found = records_of([here.client.pk, here.stranger.pk, 999_999], LATER)

    assert set(found) == {here.client.pk, here.stranger.pk}
