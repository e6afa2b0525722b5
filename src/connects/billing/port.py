"""The port of a payment provider.

The provider may fail to answer, answer late or answer twice. So every request carries an idempotency
key, and an answer is one of four: the money has moved; it has not and will not; it has not yet (the
payer must do something, or the provider is not done); or it is unknown, because no answer came. No call
may be made inside a transaction of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from connects.vocabulary.amounts import Cents, Money


class MethodKind(StrEnum):
    """A kind of payment method. Rule books name these in their payment clause."""

    CARD = "card"
    PREPAID = "prepaid"
    PAYPAL = "paypal"
    EARNINGS = "earnings"


class DeclineCause(StrEnum):
    """Why the money did not move. Providers' own codes are translated to these."""

    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    EXPIRED_CARD = "expired_card"
    STOLEN_CARD = "stolen_card"
    AUTHENTICATION_REQUIRED = "authentication_required"
    METHOD_UNAVAILABLE = "method_unavailable"
    AMOUNT_REFUSED = "amount_refused"
    ABANDONED = "abandoned"
    EARNINGS_TOO_LOW = "earnings_too_low"
    OTHER_CURRENCY = "other_currency"


@dataclass(frozen=True, slots=True)
class Payer:
    """The payer: our name for the account, and the provider's, "" if it knows none yet."""

    reference: str
    email: str
    name: str
    customer: str = ""


@dataclass(frozen=True, slots=True)
class SavedMethod:
    """A way to pay that the provider keeps. `token` and `customer` are the provider's names.

    `label` is what the payer knows it by ("Visa ending in 4242"); `expires` the month after which a
    card is void, as `2027-04`, or "".
    """

    kind: MethodKind
    token: str
    customer: str
    label: str
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A request for payment of `amount`, tax included.

    `key` makes a repeated request the same charge. `reference` is ours (`purchase:…`) and is kept by
    the provider beside the payment, so that either side's books lead to the other's.
    """

    key: str
    reference: str
    amount: Money
    description: str
    payer: Payer


@dataclass(frozen=True, slots=True)
class Paid:
    """The money has moved.

    `reference` is the provider's name for the payment, `amount` what it really took. `fee` is what the
    provider kept, None where it does not say so yet. `saved` is the method, where it was to be kept.
    """

    reference: str
    amount: Money
    fee: Cents | None = None
    saved: SavedMethod | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """The money has not moved and will not. `detail` is the provider's own code, for staff."""

    cause: DeclineCause
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The money has not moved yet. Unless `url` is "", the payer has something to do there."""

    reference: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer, or one that says nothing: ask again with the same key. `problem` is for staff."""

    problem: str


Answer: TypeAlias = Paid | Declined | Waiting | Unreachable


@dataclass(frozen=True, slots=True)
class Refunded:
    """The provider has taken the refund on; `reference` is its name for it."""

    reference: str


RefundAnswer: TypeAlias = Refunded | Declined | Unreachable


class RepaymentKind(StrEnum):
    """How money of a payment went back: the seller gave it, or the payer's bank took it."""

    REFUND = "refund"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Repaid:
    """Money of a payment that went back, as the provider reports it now. `id` is its name for that.

    `stands`: it is gone. Otherwise it came back: the refund failed later, or the dispute was won.
    """

    id: str
    kind: RepaymentKind
    amount: Money
    stands: bool
    happened: datetime


class EventKind(StrEnum):
    """What a provider's message is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    DISPUTE_OPENED = "dispute-opened"
    DISPUTE_WON = "dispute-won"
    DISPUTE_LOST = "dispute-lost"
    OTHER = "other"


EVENT_NAME_MOST = 120
UNREADABLE_EVENT = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""What reading a message raises that does not have the shape of one."""


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """A message whose signature is right: a reason to look, never a fact to book.

    `ours` is our reference where the message carries it, `payment` the provider's name for the payment
    that it is about, "" where it is about none. `repaid` is only for what no list of the provider's says.
    """

    id: str
    kind: EventKind
    payment: str = ""
    ours: str = ""
    repaid: Repaid | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for malformed names: they are stored, and looked up in the database."""
        for name in (self.id, self.payment, self.ours):
            # A name that is no text has none of these methods: unreadable, too.
            if len(name) > EVENT_NAME_MOST or not name.isprintable():
                raise ValueError("a name in it is not a short text")


class Forged(Exception):
    """A message whose signature is missing, wrong or too old, or that is none. The text says which."""


@dataclass(frozen=True, slots=True)
class BalanceTransaction:
    """A line of the provider's own account: what moved there, and what it kept for it.

    `kind` is `payment`, `refund`, `dispute`, `dispute-reversal`, `fee` or `payout`. `amount` is
    negative where money left, `fee` is not taken off it. `payment` is the provider's name for the
    payment that the line is about.
    """

    id: str
    kind: str
    amount: Money
    fee: Cents
    payment: str
    happened: datetime


class PaymentProvider(Protocol):
    """A provider. Every call may be repeated with the same key, for a day."""

    @property
    def name(self) -> str:
        """As rows keep it: `test`, `stripe`, `paypal`."""

    def charge(self, charge: Charge, method: SavedMethod, *, present: bool, back: str) -> Answer:
        """Take the money from a kept method. `present` says whether the payer is there to be asked
        by their bank; if so they come back to the address `back`.
        """

    def ask(self, charge: Charge, kind: MethodKind, *, keep: bool, back: str) -> Answer:
        """Send the payer to the provider's own page, and keep the method if `keep`.

        They come back to the address `back`, whatever they did there.
        """

    def look_up(self, reference: str) -> Answer:
        """Look up a payment; this takes the money if only that is left to do.

        `reference` is that of a `Waiting` or a `Paid`.
        """

    def cancel(self, reference: str) -> Answer:
        """See to it that a waiting payment can no longer be made: `Declined` with `abandoned`, or what
        became of it before.
        """

    def ask_for_method(self, key: str, payer: Payer, kind: MethodKind, *, back: str) -> Answer:
        """Let the payer enter a method to be kept, without paying: `Waiting` with an address."""

    def kept_method(self, reference: str) -> SavedMethod | None:
        """The method that came of `ask_for_method`; None where none has (yet), or no answer came."""

    def forget(self, method: SavedMethod) -> None:
        """Keep the method no longer. Forgetting it twice is no error; where the provider does not answer,
        the log says so and it stays there.
        """

    def refund(self, key: str, payment: str, amount: Money, reason: str) -> RefundAnswer:
        """Give the money of a payment back. `payment` is the reference of its `Paid`."""

    def repayments(self, payment: str) -> tuple[Repaid, ...] | Unreachable:
        """All refunds and disputes of a payment, oldest first; also what has failed
        or been won since, if money had moved. `payment` is the reference of its `Paid`.
        """

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        """Check a message's signature and read it.

        Raises `Forged`; ConnectionError where the provider must be asked about it and cannot be, so that
        it should send the message again.
        """

    def transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        """The provider's lines from `since` up to, not including, `until` (UTC), oldest first.

        Raises ConnectionError where the provider cannot be asked.
        """
