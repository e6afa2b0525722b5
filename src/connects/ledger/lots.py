"""Lots: Connects that were issued together.

A lot carries what the credits that are left in it have *cost* in all, not a cost for each. A unit
cost would have to be a fraction ($14.99 for 70), and fractions of cents do not add up; a total can
be divided draw by draw with nothing left over when the last credit goes (`share_of_cost`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from connects.vocabulary.amounts import Cents, Connects


class LotKind(StrEnum):
    """Where the credits of a lot came from."""

    SIGNUP = "signup"
    PLAN = "plan"
    BONUS = "bonus"
    COURTESY = "courtesy"
    PURCHASE = "purchase"
    RETURN = "return"


class Lot(NamedTuple):
    """Credits that were issued together.

    `number` is that of the journal entry that issued the lot, so the entry is found without an
    index of its own. `credits` are left, `cost_cents` is what those that are left have cost.
    `expires` is None for a lot that never does; at that very instant the lot is gone.
    """

    number: int
    kind: LotKind
    credits: Connects
    cost_cents: Cents
    issued: datetime
    expires: datetime | None

    def live_at(self, moment: datetime) -> bool:
        return self.expires is None or self.expires > moment

    def changed_by(self, credits: Connects, cost_cents: Cents) -> Lot:
        """The same lot with credits and their cost added (negative: taken)."""
        return Lot(
            self.number,
            self.kind,
            self.credits + credits,
            self.cost_cents + cost_cents,
            self.issued,
            self.expires,
        )


def share_of_cost(lot: Lot, credits: Connects) -> Cents:
    """What `credits` of the lot's remaining credits have cost, in cents, rounded down.

    The last credits take all that is left, so the shares of a lot's draws add up to its cost.
    """
    return share(lot.cost_cents, lot.credits, credits)


def share(cost_cents: Cents, held: Connects, credits: Connects) -> Cents:
    """The share of `credits` in the cost of the `held` ones, in cents, rounded down."""
    return cost_cents * credits // held
