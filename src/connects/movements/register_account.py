"""Register an account: its wallet is opened, and the grants for the registration are made."""

from __future__ import annotations

from datetime import datetime

from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.movements.outcome import Accepted
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects


def register_account(
    journal: Journal, party: Party, now: datetime, *, with_gifts: bool = True
) -> Accepted:
    """Open the party's wallet and issue what its rule book gives to newcomers.

    That is the sign-up grant, and the first month's Connects of the plan that everyone begins on
    (grants and plans clauses). Each is keyed by the registration, so it is made once.
    Who is no newcomer (`with_gifts` is false) gets neither.
    """
    journal.open_wallets((party.account,))
    if not with_gifts:
        return Accepted(())
    grants = [
        (LotKind.SIGNUP, party.book.grants.signup_connects(party.kind)),
        (LotKind.PLAN, party.book.plan(party.plan).monthly_connects(party.kind)),
    ]
    commands = [_grant(party, kind, credits, now) for kind, credits in grants if credits]
    outcomes = journal.post(commands, now) if commands else []
    return Accepted(tuple(outcome for outcome in outcomes if isinstance(outcome, Posted)))


def _grant(party: Party, kind: LotKind, credits: Connects, now: datetime) -> Issue:
    return Issue(
        wallet=party.account,
        key=f"registration:{kind.value}",
        reference="registration",
        rule_book=party.book.label,
        effective=now,
        kind=kind,
        credits=credits,
        expires=party.book.expiry.of_issue(now),
        balance_limit=party.balance_limit,
        limit_counts_plan=party.book.limits.counts_plan_connects,
    )
