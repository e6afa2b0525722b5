"""Filters of Find Work: each finds what it says, and those that contradict each other say so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connects.acts.proposals.invite import invite_to_job
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import Job
from connects.market.jobs.selectors import find_work
from connects.market.jobs.work_query import WorkQuery, work_query
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account
from connects.market.profiles.found_work import work_found
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def asked(**typed: str) -> WorkQuery:
    query = work_query(Typed(typed), "USD")
    assert isinstance(query, WorkQuery), query
    return query


def found(account: Account | None = None, **typed: str) -> list[str]:
    viewer = account or Account.objects.get(handle="ana")
    work = work_found(asked(**typed), rule_book_of(viewer, NOON), account, NOON)
    return sorted(item.job.title for item in work.items)


def changed(job: Job, **columns: Any) -> Job:
    Job.objects.filter(pk=job.pk).update(**columns)
    return job


def test_budgets_are_bounds_of_fixed_prices_alone(here: Town) -> None:
    posted(here.client, "Large", 900_00)
    changed(posted(here.client, "Hourly"), kind="hourly", budget_cents=None, hourly_max_cents=40_00)

    assert found(budget_least="300.01") == ["Large"]
    assert found(budget_most="300") == ["Draw a logo"]
    assert found(rate_least="40") == ["Hourly"]
    assert found(rate_least="40", budget_least="900") == ["Hourly", "Large"]
    assert found(rate_least="41") == []


def test_an_hourly_post_without_a_highest_rate_counts_by_its_lowest(here: Town) -> None:
    changed(posted(here.client, "Hourly"), kind="hourly", budget_cents=None, hourly_min_cents=30_00)

    assert found(rate_least="30") == ["Hourly"]


@pytest.mark.parametrize(
    ("ended", "hires", "percent", "fits"),
    [
        (0, 0, "1", False),
        (4, 1, "1", True),
        (4, 2, "50", True),
        (5, 2, "50", False),
        (3, 3, "100", True),
        (0, 0, "0", False),
    ],
)
def test_a_client_s_record_is_the_one_that_the_price_rests_on(
    here: Town, ended: int, hires: int, percent: str, fits: bool
) -> None:
    changed(here.job, client_posts_ended=ended, client_hires=hires)

    assert (found(hires=percent) == ["Draw a logo"]) is fits


def test_old_posts_and_clients_who_are_gone_can_be_left_out(here: Town) -> None:
    changed(here.job, posted=NOON - timedelta(days=8), client_active=NOON - timedelta(days=2))

    assert found(posted="7") == []
    assert found(posted="30") == found(seen="7") == ["Draw a logo"]
    assert found(seen="1") == []


def test_few_proposals_and_verified_clients_can_be_asked_for(here: Town) -> None:
    posted(here.client, "Quiet")

    assert found(proposals="0") == ["Quiet"]
    assert found(proposals="1") == ["Draw a logo", "Quiet"]
    assert found(verified="1") == []
    Account.objects.filter(pk=here.client.pk).update(payment_verified=True)
    assert found(verified="1") == ["Draw a logo", "Quiet"]


def test_the_price_is_the_reader_s_own(here: Town) -> None:
    large = posted(here.client, "Large", 5_000_00)
    ben = registered("ben", AccountKind.FREELANCER)
    small_costs, large_costs = (job.prices.get().connects for job in (here.job, large))
    assert small_costs < large_costs

    assert found(ben, price_most=str(small_costs)) == ["Draw a logo"]
    assert found(ben, price_least=str(large_costs)) == ["Large"]
    invite_to_job(large, ben, here.client)
    assert found(ben, price_most="0") == ["Large"]
    assert found(ben, price_least="1") == ["Draw a logo"]
    assert found(price_most="0") == []


def test_a_newcomer_s_half_price_is_what_counts(here: Town) -> None:
    cem = registered("cem", AccountKind.FREELANCER, "fair-2026")
    book = rule_book_of(cem, NOON)
    job = posted(registered("fair", AccountKind.CLIENT, "fair-2026"), "Fair", 5_000_00)
    card = job.prices.get().connects
    half = -(-card // 2)
    assert book.free.newcomers is not None
    assert half < card

    def titles(**typed: str) -> list[str]:
        return [i.job.title for i in work_found(asked(**typed), book, cem, NOON).items]

    changed(job, proposal_count=1)
    assert titles(price_most=str(half)) == ["Fair"]
    assert titles(price_least=str(half + 1)) == []


@pytest.mark.parametrize(
    ("typed", "field", "problem"),
    [
        ({"price_least": "5", "price_most": "4"}, "connects", Problem.CONTRADICTS),
        ({"budget_least": "20", "budget_most": "19.99"}, "budget", Problem.CONTRADICTS),
        ({"kind": "hourly", "budget_least": "20"}, "budget", Problem.OTHER_KIND_OF_PAY),
        ({"kind": "hourly", "budget_most": "20"}, "budget", Problem.OTHER_KIND_OF_PAY),
        ({"kind": "fixed", "rate_least": "20"}, "rate", Problem.OTHER_KIND_OF_PAY),
        ({"price_least": "many"}, "price_least", Problem.NOT_A_NUMBER),
        ({"price_most": "-1"}, "price_most", Problem.NOT_A_NUMBER),
        ({"posted": "9" * 5_000}, "posted", Problem.NOT_A_NUMBER),
        ({"hires": "101"}, "hires", Problem.NOT_A_NUMBER),
        ({"budget_least": "cheap"}, "budget_least", Problem.NOT_AN_AMOUNT),
        ({"rate_least": "1e9"}, "rate_least", Problem.NOT_AN_AMOUNT),
        ({"budget_most": "9" * 40}, "budget_most", Problem.TOO_LARGE),
    ],
)
def test_what_makes_no_sense_or_contradicts_itself_is_refused(
    typed: dict[str, str], field: str, problem: Problem
) -> None:
    answer = work_query(Typed(typed), "USD")

    assert isinstance(answer, Refused)
    assert answer.parameters["field"] == field
    assert answer.parameters["problem"] in (problem, Problem.NOT_AN_AMOUNT)


def test_posts_of_one_client_under_one_title_are_marked(here: Town) -> None:
    again = posted(here.client)
    posted(here.stranger, "Draw a map")

    def alike() -> list[int]:
        return [
            item.alike
            for item in find_work(WorkQuery(), rule_book_of(here.freelancer, NOON), now=NOON).items
        ]

    assert alike() == [1, 2, 2]
    changed(again, status="closed")
    assert alike() == [1, 1]
