"""What acts tell programs, besides the lines of wallets."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connects.acts.events.publish import publish_events
from connects.acts.jobs import publish as jobs
from connects.acts.proposals import client_acts
from connects.acts.purchases import buy, change_plan
from connects.acts.purchases.note_fallen_balance import LOW_BALANCE
from connects.acts.rules.move_accounts import enrol
from connects.acts.staff.moderate import reinstate, suspend
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import feed_page
from connects.market.jobs.fields import JobFields
from connects.market.notices.models import Notice, OutboxEvent
from connects.vocabulary.event_types import EVENT_TYPES, FOR_PROGRAMS, TYPE_OF_CODE
from connects.vocabulary.facts import JobKind
from connects.vocabulary.refusals import Refused
from tests.acts.notices.heard import spent_to_few
from tests.market.people import NOON, Town, town


@pytest.fixture
def here(db: None) -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def told(name: str) -> list[dict[str, Any]]:
    """The data of all events of a type, as programs read them."""
    while publish_events():
        pass
    places = feed_page(0, 10_000, [name]).places
    return [each["data"] for each in event_documents(places)]


def test_an_edit_tells_the_new_price(here: Town) -> None:
    before = told("job.priced")
    fields = JobFields(title="Draw a logo", kind=JobKind.FIXED, budget_cents=5_000_00)
    assert not isinstance(jobs.edit(here.job, fields, here.client), Refused)

    now = told("job.priced")

    of_it = [data for data in now if data["job"] == here.job.public_id]
    assert [data["revision"] for data in of_it] == [1, 2]
    assert of_it[1]["connects"] > of_it[0]["connects"]
    assert now[: len(before)] == before


def test_a_purchase_is_told_with_its_money(here: Town) -> None:
    bought = buy.order(here.freelancer, 40, "a-key")
    assert not isinstance(bought, Refused)

    (data,) = told("purchase.paid")

    assert data == {
        "account": here.freelancer.handle,
        "purchase": bought.public_id,
        "credits": 40,
        "cents": 6_00,
        "currency": "USD",
    }


def test_a_membership_is_told_when_it_begins_and_each_time_it_goes_on(here: Town) -> None:
    assert not isinstance(change_plan.subscribe(here.freelancer, "plus", "a-key"), Refused)
    with held_at(NOON + timedelta(days=32)):
        run(NOON + timedelta(days=32))

    started, renewed = told("membership.started"), told("membership.renewed")

    assert [data["plan"] for data in started] == ["plus"]
    assert [data["account"] for data in renewed] == [here.freelancer.handle]
    assert renewed[0]["renews"] > started[0]["renews"]


def test_moves_suspensions_and_decisions_are_told(here: Town) -> None:
    suspend(here.stranger, here.operator, "a reason that stays between us")
    reinstate(here.stranger, here.operator, "a reason that stays between us")
    enrol(here.stranger, "upwork-2023", notice=False)
    client_acts.shortlist(here.proposal, here.client)

    for name in ("account.suspended", "account.reinstated"):
        assert told(name) == [{"account": here.stranger.handle}]
    assert told("policy_change.effective")[0]["account"] == here.stranger.handle
    assert told("proposal.shortlisted")[0]["proposal"] == here.proposal.public_id


def test_few_connects_left_are_told(here: Town) -> None:
    spent_to_few(here)

    (low,) = told("wallet.low")

    assert low["account"] == here.freelancer.handle
    assert 0 <= low["balance"] < LOW_BALANCE


def test_what_only_programs_hear_of_reaches_no_inbox(here: Town) -> None:
    run(NOON)

    assert OutboxEvent.objects.filter(code__in=FOR_PROGRAMS).exists()
    assert not Notice.objects.filter(code__in=FOR_PROGRAMS).exists()
    assert not OutboxEvent.objects.filter(delivered=None).exists()


def test_each_code_tells_one_type() -> None:
    codes = [code for kind in EVENT_TYPES.values() for code in kind.told_by]

    assert len(codes) == len(set(codes)) == len(TYPE_OF_CODE)
    assert all("." in name for name in EVENT_TYPES)
