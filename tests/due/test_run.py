"""What is due happens in time order, once, at its own instant."""

from datetime import timedelta

import pytest

from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.ledger.entries import EntryKind
from connects.market.notices.models import Notice, OutboxEvent
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

YEAR = timedelta(days=366)  # the year after May 2019 has a 29 February
pytestmark = pytest.mark.django_db


def test_a_worker_that_was_down_leaves_the_same_history_as_one_that_was_not() -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)

    run(NOON + timedelta(days=500))

    record = list(journal().records(ana.pk))[-1]
    assert record.entry.kind is EntryKind.EXPIRE
    assert record.entry.effective == NOON + YEAR
    assert record.recorded == NOON + timedelta(days=500)
    told = Notice.objects.filter(account=ana).order_by("id")
    assert [notice.parameters["days"] for notice in told] == [30, 7]


def test_running_again_changes_nothing() -> None:
    with held_at(NOON):
        registered("ana", AccountKind.FREELANCER)
    run(NOON + timedelta(days=500))
    entries, events = journal().store.count_entries(), OutboxEvent.objects.count()

    assert run(NOON + timedelta(days=500)) == 0
    assert run(NOON + timedelta(days=600)) > 0  # empty cycles go on
    assert (journal().store.count_entries(), OutboxEvent.objects.count()) == (entries, events)


def test_nobody_is_reminded_of_what_they_have_spent_or_only_just_got() -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        ben = registered("ben", AccountKind.AGENCY)
    run(NOON + YEAR - timedelta(days=31))

    run(NOON + YEAR - timedelta(days=30))

    assert {notice.account_id for notice in Notice.objects.all()} == {ana.pk, ben.pk}
