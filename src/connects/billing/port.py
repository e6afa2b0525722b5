"""What Connects asks of a way to pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from connects.vocabulary.amounts import Money


@dataclass(frozen=True, slots=True)
class Charge:
    """A wish to be paid. `key` makes a repeated wish the same wish; `method` is the payer's choice."""

    key: str
    amount: Money
    method: str
    description: str


@dataclass(frozen=True, slots=True)
class Paid:
    """The money has moved; `reference` is the provider's name for it."""

    reference: str


@dataclass(frozen=True, slots=True)
class Declined:
    """The money has not moved; `cause` is the provider's code for why."""

    cause: str


Answer: TypeAlias = Paid | Declined


class PaymentProvider(Protocol):
    """A way to pay. Called outside of any transaction; the same key is answered alike."""

    def charge(self, charge: Charge) -> Answer:
        """Take the money, or say why not."""
