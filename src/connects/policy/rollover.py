"""How much of what an account holds goes with it into the next billing cycle."""

from __future__ import annotations

from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind


def kept_at_rollover(
    book: RuleBook, kind: AccountKind, ended_plan: str, new_plan: str
) -> Connects | None:
    """The most that is carried into a cycle; None: all.

    Where a cycle ends one plan and begins another, the better of the two decides: who moves up is not
    held to what they leave, and who moves down has paid for what they hold. Under a rule book that
    says so (cycles clause), the plan that begins decides alone.
    """
    plans = [book.plan_or_default(new_plan)]
    if book.cycles.ended_plan_rolls_over:
        plans.append(book.plan_or_default(ended_plan))
    limits = [plan.rollover(kind) for plan in plans]
    known = [limit for limit in limits if limit is not None]
    return max(known) if len(known) == len(limits) else None
