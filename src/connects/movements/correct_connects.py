"""Correct what was given: take back Connects that nobody has used, or forgive what is owed.

    void_connects(journal, Correction(...), lot=7, credits=3, now=now)
    write_off_debt(journal, Correction(...), credits=4, now=now)

Neither makes debt, and neither takes more than there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.ledger.commands import Void, WriteOff
from connects.vocabulary.amounts import Connects


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Which wallet is corrected, under which name (once), and under which rule book."""

    wallet: int
    key: str
    reference: str
    rule_book: str


def void_connects(
    journal: Journal, correction: Correction, lot: int, credits: Connects, now: datetime
) -> Outcome:
    """Take back that many of what is left of a lot.

    Refused with `invalid`, `more_than_is_left` (with `left`), where the lot has fewer left.
    """
    return journal.post_one(
        Void(
            wallet=correction.wallet,
            key=correction.key,
            reference=correction.reference,
            rule_book=correction.rule_book,
            effective=now,
            lot=lot,
            credits=credits,
        ),
        now,
    )


def write_off_debt(
    journal: Journal, correction: Correction, credits: Connects, now: datetime
) -> Outcome:
    """Forgive that much of the wallet's debt.

    Refused with `invalid`, `more_than_is_owed` (with `debt`), where it owes less.
    """
    return journal.post_one(
        WriteOff(
            wallet=correction.wallet,
            key=correction.key,
            reference=correction.reference,
            rule_book=correction.rule_book,
            effective=now,
            credits=credits,
        ),
        now,
    )
