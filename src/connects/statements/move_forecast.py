"""Forecast what a change of rules would do to one account, before it is made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from connects.ledger.commands import Carried
from connects.ledger.wallet import Wallet
from connects.policy.terms import RuleBook
from connects.statements.rollover import Rollover, rollover_loss
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind


@dataclass(frozen=True, slots=True)
class MoveForecast:
    """One account before and after a move; all numbers are Connects.

    `trimmed_before` and `trimmed_after` are what its next renewal would trim under either rule book,
    `granted` what the move itself brings.
    """

    held: Connects
    trimmed_before: Connects
    trimmed_after: Connects
    granted: Connects
    per_month_before: Connects
    per_month_after: Connects

    @property
    def lost(self) -> Connects:
        """What the move would cost the account of what it holds: never more than before it."""
        return max(self.trimmed_after - self.trimmed_before, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """An account that may move: what it holds, when its cycle ends, which badges it has."""

    wallet: Wallet
    kind: AccountKind
    plan: str
    renews: datetime
    badges: frozenset[str] = frozenset()
    carried: Carried | None = None


def forecast_move(
    mover: Mover, before: RuleBook, after: RuleBook, moved: datetime, granted_before: frozenset[str]
) -> MoveForecast:
    """What moving at that instant would do. `granted_before` names badge grants made already."""
    present = Rollover(
        book=before,
        kind=mover.kind,
        ended_plan=before.plan_or_default(mover.plan).name,
        new_plan=before.plan_or_default(mover.plan).name,
        when=mover.renews,
        carried=mover.carried,
    )
    coming = replace(
        present,
        book=after,
        ended_plan=after.plan_or_default(mover.plan).name,
        new_plan=after.plan_or_default(mover.plan).name,
        carried=carried_from(mover, before, moved),
    )
    return MoveForecast(
        held=sum(lot.credits for lot in mover.wallet.lots if lot.live_at(moved)),
        trimmed_before=rollover_loss(mover.wallet, present),
        trimmed_after=rollover_loss(mover.wallet, coming),
        granted=sum(
            grant.connects
            for grant in after.grants.badges
            if grant.name not in granted_before and mover.badges.intersection(grant.badges)
        ),
        per_month_before=before.plan_or_default(mover.plan).monthly_connects(mover.kind),
        per_month_after=after.plan_or_default(mover.plan).monthly_connects(mover.kind),
    )


def carried_from(mover: Mover, before: RuleBook, moved: datetime) -> Carried:
    """What protects the account's Connects after the move: the limits of the rules that it leaves."""
    own = before.plan_or_default(mover.plan).rollover(mover.kind)
    earlier = mover.carried
    if earlier is None:
        return Carried(moved, own, before.limits.trims_bought)
    keep = None if own is None or earlier.keep is None else max(own, earlier.keep)
    return Carried(moved, keep, before.limits.trims_bought and earlier.bought_too)
