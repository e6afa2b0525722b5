"""Open posts are priced under every rule book in use, so that they are found by their price."""

from collections.abc import Iterator

import pytest

from connects.acts.jobs import price_ahead
from connects.acts.jobs import publish as jobs
from connects.bootstrap.clock import held_at
from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job
from connects.vocabulary.facts import JobKind
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def books(job: Job) -> set[str]:
    job.refresh_from_db()
    return set(job.prices.filter(revision=job.revision).values_list("rule_book", flat=True))


def test_under_one_rule_book_there_is_nothing_to_do(here: Town) -> None:
    assert price_ahead.next_due(NOON) is None


def test_a_second_rule_book_prices_what_is_open(here: Town) -> None:
    registered("cem", AccountKind.FREELANCER, "fair-2026")
    assert price_ahead.next_due(NOON) == NOON

    price_ahead.do_due(NOON, NOON)

    assert len(books(here.job)) == 2
    assert price_ahead.next_due(NOON) is None


def test_a_rule_book_that_comes_later_is_priced_too(here: Town) -> None:
    registered("cem", AccountKind.FREELANCER, "fair-2026")
    price_ahead.do_due(NOON, NOON)
    registered("dan", AccountKind.FREELANCER, "peopleperhour")
    assert price_ahead.next_due(NOON) == NOON

    price_ahead.do_due(NOON, NOON)

    assert len(books(here.job)) == 3


def test_an_edit_is_priced_again(here: Town) -> None:
    registered("cem", AccountKind.FREELANCER, "fair-2026")
    job = posted(here.client, "A handbook")
    price_ahead.do_due(NOON, NOON)
    fields = JobFields(title="A handbook", kind=JobKind.FIXED, budget_cents=9_000_00)
    assert isinstance(jobs.edit(job, fields, here.client), Job)
    assert len(books(job)) == 1

    price_ahead.do_due(NOON, NOON)

    assert len(books(job)) == 2


def test_what_is_closed_is_left_alone(here: Town) -> None:
    registered("cem", AccountKind.FREELANCER, "fair-2026")
    Job.objects.update(status="closed")

    assert price_ahead.next_due(NOON) is None
