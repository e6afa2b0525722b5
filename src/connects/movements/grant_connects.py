"""Grant Connects: for a badge, an interview, a promo code, or as a courtesy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from connects.journal.port import Outcome
from connects.journal.post import Journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Connects for one party. `reason` names the grant, and makes it once in the wallet's life.

    `expires` is by default what the rule book says of Connects that are issued at `effective`.
    """

    party: Party
    kind: LotKind
    credits: Connects
    reason: str
    effective: datetime
    expires: datetime | None = None


def grant_connects(journal: Journal, grants: Sequence[Grant], now: datetime) -> list[Outcome]:
    """Issue the grants in one batch; each is cut to fit the balance limit (docs/rules.md 3.6)."""
    return journal.post([_issue(grant) for grant in grants], now) if grants else []


def _issue(grant: Grant) -> Issue:
    book, limits = grant.party.book, grant.party.book.limits
    return Issue(
        wallet=grant.party.account,
        key=grant.reason,
        reference=grant.reason,
        rule_book=book.label,
        effective=grant.effective,
        kind=grant.kind,
        credits=grant.credits,
        expires=grant.expires or book.expiry.of_issue(grant.effective),
        balance_limit=grant.party.balance_limit,
        limit_counts_plan=limits.counts_plan_connects,
    )
