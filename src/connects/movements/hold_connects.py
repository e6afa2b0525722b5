"""Captures and releases of what was held for a proposal: it is sent after all, or it is not.

A hold that its own marketplace asked for gets no grace: what has expired meanwhile is gone as it comes
back, so that nothing lives longer by being held. What is captured pays all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.ledger.commands import Capture, Return
from connects.ledger.entries import EntryKind
from connects.movements.outcome import Accepted
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused


@dataclass(frozen=True, slots=True)
class Held:
    """What is held: by which entry of which wallet, for what, and under which rule book.

    `key` is the one of the request that it was held with; `title` is that of the job.
    """

    reference: str
    key: str
    wallet: int
    entry: int
    connects: Connects
    rule_book: str
    title: str = ""


def capture_held(journal: Journal, held: Held, now: datetime) -> Posted:
    """Pay with all that is held. Nothing can stand against it."""
    outcome = journal.post_one(
        Capture(
            wallet=held.wallet,
            key=f"propose:{held.key}",
            reference=held.reference,
            rule_book=held.rule_book,
            effective=now,
            hold=held.entry,
        ),
        now,
    )
    # The claim comes from the reservation's own row, so a refusal is a defect of ours.
    assert not isinstance(outcome, Refused), f"{held.reference}: {outcome}"
    return outcome


def release_held(
    journal: Journal, holds: Sequence[Held], why: str, at: datetime, now: datetime
) -> Accepted:
    """Give back all that is held, in one batch, at the instant `at`; `why` is told to the members."""
    commands = [
        Return(
            wallet=held.wallet,
            key=f"release:{held.reference}",
            reference=held.reference,
            rule_book=held.rule_book,
            effective=at,
            spend=held.entry,
            credits=held.connects,
            grace=None,
            kind=EntryKind.RELEASE,
        )
        for held in holds
    ]
    posted, events = [], []
    for held, outcome in zip(holds, journal.post(commands, now), strict=True):
        assert not isinstance(outcome, Refused), f"{held.reference}: {outcome}"
        posted.append(outcome)
        events.append(_event(held, why, outcome))
    return Accepted(tuple(posted), tuple(events))


def _event(held: Held, why: str, outcome: Posted) -> Event:
    assert outcome.record is not None
    entry = outcome.record.entry
    # Further lines of the batch may follow on the same wallet; expiries take from the balance at once.
    return Event(
        key=f"released:{held.reference}",
        account=held.wallet,
        code="connects-released",
        parameters={
            "proposal": held.reference,
            "connects": held.connects,
            "why": why,
            "expired": max(entry.balance - outcome.wallet.balance, 0),
            "owed": -entry.debt_change,
            "title": held.title,
        },
    )
