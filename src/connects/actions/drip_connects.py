"""Drip Connects: one at a time, as long as the plan's own do not fill the quota."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from connects.actions.party import Party
from connects.journal.post import Journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.ledger.wallet import Wallet


def drip_connects(
    journal: Journal, drips: Sequence[tuple[Party, Sequence[datetime]]], now: datetime
) -> None:
    """Issue one Connect at each of the instants that still finds room (plans clause, drip).

    The caller knows that nothing else moves these wallets between the first instant and the last.
    """
    wallets = journal.store.lock(sorted(party.account for party, _ in drips))
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
        held = sum(
            lot.credits for lot in wallet.lots if lot.kind is LotKind.PLAN and lot.live_at(at)
        )
        if held + count >= quota:
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
