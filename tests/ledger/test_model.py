"""The ledger against its model: whatever is posted in whatever order, both come to the same.

The machine posts the same batches to the model, to the store in memory and to the database that the
tests run on; repeats and changes what was posted, breaks transactions off, and turns the clock back.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from typing_extensions import override

from connects.journal.databases.choose import store_of
from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.journal.proof.verify import verify_wallet
from connects.ledger.commands import (
    Capture,
    Command,
    Expire,
    Forfeit,
    Issue,
    Reinstate,
    Return,
    Reverse,
    Spend,
    Void,
    WriteOff,
)
from connects.ledger.entries import EntryKind
from connects.ledger.lots import LotKind
from connects.vocabulary.refusals import Refused
from tests.journal.memory_store import MemoryStore
from tests.ledger.model import Answer, ModelWallet

START = datetime(2019, 5, 20, 9, tzinfo=UTC)
GRACE = timedelta(days=30)
WALLETS = st.integers(0, 2)
FRESH: Iterator[int] = count(1_000)


def as_answer(outcome: Outcome) -> Answer:
    if isinstance(outcome, Refused):
        return Answer(None, outcome.code.value)
    return Answer(outcome.record and outcome.record.entry.number, repeated=outcome.repeated)


class LedgerMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ids = [next(FRESH) for _ in range(3)]
        self.models = {wallet: ModelWallet() for wallet in self.ids}
        self.journals = (Journal(MemoryStore()), Journal(store_of()))
        for journal in self.journals:
            journal.store.open_wallets(self.ids)
        self.now = START
        self.keys = count()
        self.posted: list[Command] = []
        self.batch: list[Command] = []
        self.answers: list[Answer] = []
        self.latest = START

    def frame(self, which: int) -> dict[str, Any]:
        return {
            "wallet": self.ids[which],
            "key": f"key-{next(self.keys)}",
            "reference": "test:1",
            "rule_book": "test@1",
            "effective": self.now,
        }

    def add(self, command: Command) -> Answer:
        """Ask the model at once; the journals are asked with the batch."""
        self.batch.append(command)
        self.answers.append(self.models[command.wallet].post(command))
        return self.answers[-1]

    @rule(
        which=WALLETS,
        kind=st.sampled_from(LotKind),
        credits=st.integers(1, 40),
        cost=st.integers(0, 700),
        days=st.none() | st.integers(1, 90),
        limit=st.none() | st.integers(0, 60),
        counts_plan=st.booleans(),
    )
    def issue(self, which: int, days: int | None, **given: Any) -> None:
        self.add(
            Issue(
                **self.frame(which),
                kind=given["kind"],
                credits=given["credits"],
                cost_cents=given["cost"],
                expires=None if days is None else self.now + timedelta(days=days),
                balance_limit=given["limit"],
                limit_counts_plan=given["counts_plan"],
            )
        )

    @rule(
        which=WALLETS,
        credits=st.integers(1, 25),
        kind=st.sampled_from([EntryKind.SPEND, EntryKind.BOOST, EntryKind.HOLD]),
    )
    def spend(self, which: int, credits: int, kind: EntryKind) -> None:
        self.add(Spend(**self.frame(which), credits=credits, kind=kind))

    @rule(which=WALLETS, chosen=st.integers(0, 9))
    def capture(self, which: int, chosen: int) -> None:
        frame = self.frame(which)
        model = self.models[frame["wallet"]]
        # Now and then what was spent, which is not held.
        holds = sorted(model.holds) or sorted(model.spends) or [9999]
        self.add(Capture(**frame, hold=holds[chosen % len(holds)]))

    @rule(
        which=WALLETS,
        chosen=st.integers(0, 9),
        credits=st.integers(1, 25),
        said=st.sampled_from([0, 0, 0, 1, 30]),
        grace=st.sampled_from([GRACE, GRACE, None]),
        of_its_kind=st.sampled_from([True, True, True, False]),
    )
    def give_back(
        self,
        which: int,
        chosen: int,
        credits: int,
        said: int,
        grace: timedelta | None,
        of_its_kind: bool,
    ) -> None:
        frame = self.frame(which)
        spends = sorted(self.models[frame["wallet"]].spends)
        # Nobody spent anything at line 9999: to be refused.
        spend = (spends or [9999])[chosen % max(len(spends), 1)]
        # A caller may know of fewer returns than the ledger has counted, never of more.
        known = min(said, self.models[frame["wallet"]].returned.get(spend, 0))
        is_held = spend in self.models[frame["wallet"]].holds
        self.add(
            Return(
                **frame,
                spend=spend,
                credits=credits,
                already_returned=known,
                grace=grace,
                kind=EntryKind.RELEASE if is_held == of_its_kind else EntryKind.RETURN,
            )
        )

    @rule(which=WALLETS, keep=st.integers(0, 50), bought_too=st.booleans())
    def trim(self, which: int, keep: int, bought_too: bool) -> None:
        self.add(Forfeit(**self.frame(which), keep=keep, bought_too=bought_too))

    @rule(which=WALLETS, chosen=st.integers(0, 9), up_to=st.none() | st.none() | st.integers(0, 40))
    def reverse(self, which: int, chosen: int, up_to: int | None) -> None:
        frame = self.frame(which)
        lots = sorted(self.models[frame["wallet"]].lots)
        lot = (lots or [9999])[chosen % max(len(lots), 1)]
        self.add(Reverse(**frame, lot=lot, up_to=up_to))

    @rule(which=WALLETS, chosen=st.integers(0, 9), grace=st.sampled_from([GRACE, None]))
    def reinstate(self, which: int, chosen: int, grace: timedelta | None) -> None:
        frame = self.frame(which)
        reversals = self.models[frame["wallet"]].reversals
        number = (sorted(reversals) or [9999])[chosen % max(len(reversals), 1)]
        lot = reversals[number].lot if reversals else 1
        self.add(Reinstate(**frame, reversal=number, lot=lot, grace=grace))

    @rule(which=WALLETS, chosen=st.integers(0, 9), credits=st.integers(1, 20))
    def void(self, which: int, chosen: int, credits: int) -> None:
        frame = self.frame(which)
        lots = sorted({c.lot.number for c in self.models[frame["wallet"]].held}) or [9999]
        self.add(Void(**frame, lot=lots[chosen % len(lots)], credits=credits))

    @rule(which=WALLETS, credits=st.integers(1, 10))
    def write_off(self, which: int, credits: int) -> None:
        self.add(WriteOff(**self.frame(which), credits=credits))

    @rule(which=WALLETS)
    def expire(self, which: int) -> None:
        self.add(Expire(**self.frame(which)))

    @rule(days=st.integers(-40, 60))
    def time_passes_or_the_clock_is_put_back(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.latest = max(self.latest, self.now)

    @precondition(lambda self: self.posted)
    @rule(chosen=st.integers(0, 99), changed=st.booleans())
    def say_again(self, chosen: int, changed: bool) -> None:
        command = self.posted[chosen % len(self.posted)]
        self.add(replace(command, reference="other") if changed else command)

    @precondition(lambda self: self.batch)
    @rule(breaks_off=st.booleans())
    def post(self, breaks_off: bool) -> None:
        """Post the batch everywhere; where a transaction breaks off, again."""
        batch, answers = self.batch, self.answers
        self.posted += batch
        self.batch, self.answers = [], []
        if breaks_off:
            with transaction.atomic():
                self.journals[1].post(batch, self.latest)
                transaction.set_rollback(True)
        for journal in self.journals:
            with transaction.atomic():
                outcomes = journal.post(batch, self.latest)
            assert [as_answer(outcome) for outcome in outcomes] == answers
        self.compare()

    def compare(self) -> None:
        for wallet, model in self.models.items():
            for journal in self.journals:
                held = journal.wallet(wallet)
                lots = [(lot.number, lot.kind.value, lot.credits, lot.expires) for lot in held.lots]
                assert lots == model.contents()
                assert (held.balance, held.debt) == (len(model.held), model.debt)
                assert held.held == model.set_aside
                assert (held.last_entry, held.moment) == (model.line, model.moment)

    @override
    def teardown(self) -> None:
        if self.batch:
            self.post(breaks_off=False)
        memory, database = self.journals
        for stored in database.store.read(self.ids).values():
            records = tuple(database.records(stored.wallet.id))
            assert verify_wallet(stored, records).breaches == ()
            assert records == tuple(memory.records(stored.wallet.id))


@pytest.mark.django_db
def test_the_ledger_does_what_its_model_does() -> None:
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(stateful_step_count=60),
    )
