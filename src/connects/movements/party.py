"""Who acts, as the actions see them."""

from __future__ import annotations

from dataclasses import dataclass

from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind


@dataclass(frozen=True, slots=True)
class Party:
    """An account with a wallet, on a plan, under the rule book that holds for it now."""

    account: int
    kind: AccountKind
    plan: str
    book: RuleBook

    @property
    def balance_limit(self) -> Connects | None:
        """The most that it may hold; None: no limit."""
        return self.book.balance_limit(self.plan, self.kind)
