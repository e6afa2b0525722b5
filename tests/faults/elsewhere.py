# ruff: noqa: ARG002 what a provider is asked, and this one need not know
"""A provider in memory, at which money moves without us; its messages come when a test says so."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from connects.billing.port import (
    Answer,
    BalanceTransaction,
    Charge,
    DeclineCause,
    Declined,
    EventKind,
    MethodKind,
    Paid,
    Payer,
    ProviderEvent,
    RefundAnswer,
    Refunded,
    Repaid,
    RepaymentKind,
    SavedMethod,
    Unreachable,
)
from connects.vocabulary.amounts import Money

SILENT = Unreachable("silent")


@dataclass
class Elsewhere:
    """As strict as Stripe: no refund over the rest, none of what is disputed, one dispute at a time.

    `loses_answers` lets it do what it is asked and say nothing; `is_silent` lets it do nothing.
    """

    name: str = "stripe"
    begin: datetime = field(default_factory=datetime.now)
    paid: dict[str, Paid] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    gone: dict[str, list[Repaid]] = field(default_factory=dict)
    messages: list[bytes] = field(default_factory=list)
    is_silent: bool = False
    loses_answers: bool = False
    count: int = 0

    def say(self, kind: EventKind, payment: str) -> None:
        self.count += 1
        told = {"id": f"evt_{self.count}", "kind": kind.value, "payment": payment}
        told["ours"] = self.references[payment] if kind is EventKind.PAYMENT else ""
        self.messages.append(json.dumps(told).encode())

    def charge(self, charge: Charge, method: SavedMethod, *, present: bool, back: str) -> Answer:
        if self.is_silent:
            return SILENT
        payment = self.keys.setdefault(charge.key, f"pi_{len(self.paid) + 1}")
        if payment not in self.paid:
            self.paid[payment] = Paid(payment, charge.amount, fee=30)
            self.references[payment], self.gone[payment] = charge.reference, []
            self.say(EventKind.PAYMENT, payment)
        return SILENT if self.loses_answers else self.paid[payment]

    def look_up(self, reference: str) -> Answer:
        return SILENT if self.is_silent else self.paid[reference]

    def cancel(self, reference: str) -> Answer:
        return self.look_up(reference)

    def rest(self, payment: str) -> int:
        refunds = [r for r in self.gone[payment] if r.kind is RepaymentKind.REFUND and r.stands]
        return self.paid[payment].amount.cents - sum(each.amount.cents for each in refunds)

    def is_disputed(self, payment: str) -> bool:
        return any(r.kind is RepaymentKind.DISPUTE and r.stands for r in self.gone[payment])

    def repay(self, payment: str, kind: RepaymentKind, cents: int) -> Repaid:
        """Money goes back, by the seller's hand there or the bank's."""
        self.count += 1
        amount = Money(cents, self.paid[payment].amount.currency)
        happened = self.begin + timedelta(seconds=self.count)
        made = Repaid(f"{kind.value}_{self.count}", kind, amount, stands=True, happened=happened)
        self.gone[payment].append(made)
        is_refund = kind is RepaymentKind.REFUND
        self.say(EventKind.REFUND if is_refund else EventKind.DISPUTE_OPENED, payment)
        return made

    def come_back(self, payment: str, repaid: Repaid) -> None:
        """The refund fails, or the dispute is won."""
        rows = self.gone[payment]
        rows[rows.index(repaid)] = replace(repaid, stands=False)
        is_refund = repaid.kind is RepaymentKind.REFUND
        self.say(EventKind.REFUND if is_refund else EventKind.DISPUTE_WON, payment)

    def refund(self, key: str, payment: str, amount: Money, reason: str) -> RefundAnswer:
        if self.is_silent:
            return SILENT
        if key not in self.keys:
            if self.is_disputed(payment) or not 0 < amount.cents <= self.rest(payment):
                return Declined(DeclineCause.AMOUNT_REFUSED, "not so much")
            self.keys[key] = self.repay(payment, RepaymentKind.REFUND, amount.cents).id
        return SILENT if self.loses_answers else Refunded(self.keys[key])

    def repayments(self, payment: str) -> tuple[Repaid, ...] | Unreachable:
        return SILENT if self.is_silent else tuple(self.gone[payment])

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        told = json.loads(body)
        return ProviderEvent(told["id"], EventKind(told["kind"]), told["payment"], told["ours"])

    def ask(self, charge: Charge, kind: MethodKind, *, keep: bool, back: str) -> Answer:
        raise NotImplementedError

    def ask_for_method(self, key: str, payer: Payer, kind: MethodKind, *, back: str) -> Answer:
        raise NotImplementedError

    def kept_method(self, reference: str) -> SavedMethod | None:
        return None

    def forget(self, method: SavedMethod) -> None:
        """There is nothing to forget."""

    def transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        return iter(())


def let_something_happen(there: Elsewhere, payment: str, chance: random.Random) -> None:
    """What may happen to a payment at a provider, at random: as far as it can."""
    standing = [each for each in there.gone[payment] if each.stands]
    total, rest = there.paid[payment].amount.cents, there.rest(payment)
    match chance.randrange(3):
        case 0 if rest and not there.is_disputed(payment):
            there.repay(payment, RepaymentKind.REFUND, chance.choice((rest, 1 + rest // 3)))
        case 1 if not there.is_disputed(payment):
            there.repay(payment, RepaymentKind.DISPUTE, chance.choice((total, 1 + total // 2)))
        case 2 if standing:
            there.come_back(payment, chance.choice(standing))
