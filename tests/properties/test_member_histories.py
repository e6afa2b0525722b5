"""Random lives of members: plans, moves, purchases, proposals, returns, badges, and time.

Whatever they do and however long the worker sleeps in between, every journal adds up, nothing that is
due is left undone, and no move from one rule book to another takes a Connect away.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import SOURCES, run
from connects.journal.verify import verify
from connects.market.grants.badges import add_badge
from connects.market.jobs import ending
from connects.market.jobs.models import CloseReason, Job
from connects.market.payments.methods import set_method
from connects.market.people.models import Account
from connects.market.plans import services as plans
from connects.market.plans.models import Subscription
from connects.market.proposals import services as proposals
from connects.market.purchases import services as purchases
from connects.market.rollout.moves import enrol
from connects.policy.shelf import shipped_names
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, registered

START = datetime(2019, 1, 31, 12, tzinfo=UTC)
BOOKS = st.sampled_from(shipped_names())

STEPS = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 45 * 24 * 60)),
    st.tuples(st.just("subscribe"), st.sampled_from(["plus", "basic", "free"])),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("card"), st.booleans()),
    st.tuples(st.just("buy"), st.sampled_from([1, 10, 40, 80])),
    st.tuples(st.just("propose"), st.sampled_from([30_00, 300_00, 3_000_00])),
    st.tuples(st.just("close"), st.integers(0, 9)),
    st.tuples(st.just("badge"), st.sampled_from(["top-rated", "premium"])),
    st.tuples(st.just("move"), BOOKS, st.booleans()),
)


class Life:
    """One member's life, with a client to propose to."""

    def __init__(self, book: str, kind: AccountKind) -> None:
        self.now = START
        self.step = 0
        self.open: list[Job] = []
        with held_at(self.now):
            self.ana = registered("ana", kind, book)
            self.acme = registered("acme", AccountKind.CLIENT, book)

    def take(self, step: tuple[object, ...]) -> None:
        self.step += 1
        if step[0] == "wait":
            assert isinstance(step[1], int)
            self.now += timedelta(minutes=step[1])
            run(self.now)
            return
        with held_at(self.now):
            self._act(step, f"step-{self.step}")

    def _act(self, step: tuple[object, ...], key: str) -> None:
        match step:
            case ("subscribe", str(plan)):
                plans.subscribe(self.ana, plan, key)
            case ("cancel",):
                plans.cancel(self.ana)
            case ("card", bool(declines)):
                set_method(self.ana, declines=declines)
            case ("buy", int(credits)):
                purchases.order(self.ana, credits, key)
            case ("propose", int(cents)):
                self._propose(cents, key)
            case ("close", int(place)) if self.open:
                job = self.open.pop(place % len(self.open))
                ending.close(job, self.acme, CloseReason.NOT_HIRING)
            case ("badge", str(name)):
                add_badge(self.ana, name)
            case ("move", str(book), bool(notice)):
                self._move(book, notice=notice)

    def _propose(self, cents: int, key: str) -> None:
        job = posted(self.acme, f"Job {key}", cents)
        if not isinstance(
            proposals.submit(job, self.ana, proposals.ProposalForm(key=key)), Refused
        ):
            self.open.append(job)

    def _move(self, book: str, *, notice: bool) -> None:
        before = journal().wallet(self.ana.pk).balance
        enrol(self.ana, book, notice=notice)
        assert journal().wallet(self.ana.pk).balance >= before


@pytest.mark.django_db
@settings(max_examples=60)
@given(
    BOOKS,
    st.sampled_from([AccountKind.FREELANCER, AccountKind.AGENCY]),
    st.lists(STEPS, max_size=25),
)
def test_every_life_adds_up(book: str, kind: AccountKind, steps: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        life = Life(book, kind)
        for step in steps:
            life.take(step)
        run(life.now)

        assert [proof for proof in verify(journal()) if proof.breaches] == []
        assert all(source.first_due(life.now) is None for source in SOURCES)
        held = Subscription.objects.get(account=life.ana)
        assert held.renews > life.now or held.next_try is not None
        assert held.cycle_start <= life.now
        assert Account.objects.count() == 2
        transaction.set_rollback(True)
