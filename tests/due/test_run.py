"""What is due happens in time order, once, at its own instant."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    assert [(notice.code, notice.parameters.get("days")) for notice in told] == [
        ("connects-expiring", 30),
        ("connects-expiring", 7),
        ("connects-expired", None),
    ]


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
        ben = registered("ben", AccountKind.FREELANCER)
    run(NOON + YEAR - timedelta(days=31))

    run(NOON + YEAR - timedelta(days=30))

    assert {notice.account_id for notice in Notice.objects.all()} == {ana.pk, ben.pk}


class Planned:
    """A source whose work is a list of instants; it notes what it was asked and what it did."""

    def __init__(self, name: str, log: list[tuple[str, datetime]], *minutes: int) -> None:
        self.name = name
        self.log = log
        self.waiting = [NOON + timedelta(minutes=number) for number in minutes]
        self.asked = 0

    def next_due(self, until: datetime) -> datetime | None:
        self.asked += 1
        return min((at for at in self.waiting if at <= until), default=None)

    def do_due(self, until: datetime, _now: datetime) -> None:
        for at in sorted(at for at in self.waiting if at <= until):
            self.log.append((self.name, at))
            self.waiting.remove(at)


@given(st.lists(st.integers(0, 9), max_size=8), st.lists(st.integers(0, 9), max_size=8))
def test_work_of_all_sources_is_done_in_time_order(first: list[int], second: list[int]) -> None:
    log: list[tuple[str, datetime]] = []
    sources = (Planned("a", log, *first), Planned("b", log, *second))

    turns = run(NOON + timedelta(minutes=10), sources)

    assert log == sorted(log, key=lambda done: (done[1], done[0]))
    assert len(log) == len(first) + len(second)
    # Each source is asked once a turn, and once more to hear that nothing is left.
    assert [source.asked for source in sources] == [turns + 1] * 2


def test_many_instants_of_one_source_are_one_turn() -> None:
    log: list[tuple[str, datetime]] = []

    assert run(NOON + timedelta(days=1), (Planned("a", log, *range(500)),)) == 1
