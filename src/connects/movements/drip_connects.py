"""Drip Connects: one at a time, as long as the plan's own do not fill the quota."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from connects.journal.post import Journal
from connects.ledger.commands import Issue
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects


def drip_connects(
    journal: Journal, drips: Sequence[tuple[Party, Sequence[datetime]]], now: datetime
) -> None:
    """Issue one Connect at each of the instants that still finds room (plans clause, drip).

    The caller knows that nothing else moves these wallets between the first instant and the last.
    """
    wallets = journal.lock(sorted(party.account for party, _ in drips))
    commands = [
        command
        for party, instants in drips
        for command in _issues(party, wallets[party.account].wallet, instants)
    ]
    if commands:
        journal.post(commands, now)


def _issues(party: Party, wallet: Wallet, instants: Sequence[datetime]) -> Iterator[Issue]:
    rule = party.book.plan(party.plan).drip
    assert rule is not None
    quota = rule.quota.of(party.kind)
    for count, at in enumerate(instants):
        live = [lot for lot in wallet.lots if lot.live_at(at)]
        own = sum(lot.credits for lot in live if lot.kind is LotKind.PLAN)
        if own + count >= quota or not _has_room(party, live, count):
            return
        name = f"drip:{at.isoformat()}"
        yield Issue(
            wallet=party.account,
            key=name,
            reference=name,
            rule_book=party.book.label,
            effective=at,
            kind=LotKind.PLAN,
            credits=1,
            expires=party.book.expiry.of_issue(at),
        )


def _has_room(party: Party, lots: Sequence[Lot], dripped: Connects) -> bool:
    """Whether one more fits under the balance limit, as that counts what is held."""
    limit, counts_plan = party.balance_limit, party.book.limits.counts_plan_connects
    held = sum(lot.credits for lot in lots if counts_plan or lot.kind is not LotKind.PLAN)
    return limit is None or not counts_plan or held + dripped < limit
