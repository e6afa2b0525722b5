"""Which clauses of a rule book the market can play; what it cannot is refused by name."""

from __future__ import annotations

from collections.abc import Sequence

from connects.policy.clause import Terms
from connects.policy.terms import RuleBook


class NotSimulated(ValueError):
    """A rule book with clauses that the market cannot play."""

    def __init__(self, book: str, clauses: Sequence[str]) -> None:
        super().__init__(f"{book} cannot be played. Not simulated: {', '.join(clauses)}.")
        self.clauses = tuple(clauses)


def not_simulated(book: RuleBook) -> list[str]:
    """The clauses of a rule book that the market cannot play, by name."""
    found = []
    if any(plan.drip is not None for plan in book.plans):
        found.append("drip plans")
    found += _rewards_not_simulated(book)
    found += [f"the clause {name!r}" for name in _set(book) if name not in KNOWN]
    for name, known in KNOWN_KEYS.items():
        clause = getattr(book, name, None)
        keys = () if clause is None else _set(clause)
        found += [f"the clause {f'{name}.{key}'!r}" for key in keys if key not in known]
    return found


def _rewards_not_simulated(book: RuleBook) -> list[str]:
    """A reward that is taken back is traced only while its lot can neither end nor be trimmed."""
    reward = book.grants.interview
    if reward is None:
        return []
    found = []
    if reward.in_days > 30:
        found.append("interview rewards that are counted over more than 30 days")
    if reward.vests_after_days:
        found.append("interview rewards that vest later")
    trims = any(plan.rolls_over is not None for plan in book.plans)
    if reward.taken_back_if_returned and trims:
        found.append("interview rewards that are taken back where rollovers are trimmed")
    return found


def _set(terms: Terms) -> list[str]:
    """The keys that say something else than what is so where they are left out."""
    fields = type(terms).model_fields
    return [name for name, field in fields.items() if getattr(terms, name) != field.default]


KNOWN = frozenset(
    "source name version title effective currency value card free bundles plans cycles grants"
    " limits expiry returns posts payment proposals rollout digest".split()
)
"""The clauses that are played, and those of what does not happen in the market: payments never fail,
nobody moves from one rule book to another, and no proposal is withdrawn."""

KNOWN_KEYS = {
    "free": frozenset(
        "source invitations private_cloud first_proposal newcomers client_record".split()
    ),
    "grants": frozenset("source signup badges interview".split()),
    "limits": frozenset("source balance counts_plan_connects trims_bought".split()),
    "expiry": frozenset("source years notice_days".split()),
    "bundles": frozenset("source offers price_per_connect paid_plans_only".split()),
    "returns": frozenset(
        "source grace_days closed_without_hire closed_after_hire removed_for_terms never_closed"
        " client_suspended unread invited_later withdrawn closed_late"
        " removed_after_withdrawal".split()
    ),
    "proposals": frozenset("source send_again again_free_if_free".split()),
    "posts": frozenset(
        "source silent_after_days reminders_after_days reopen_within_days expires_after_days"
        " asks_from_proposals".split()
    ),
}
"""Their keys. One that is not here is refused, so that no new rule is quietly left out."""
