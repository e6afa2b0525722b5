"""The test method: it approves or declines as configured, and no money moves.

It keeps no state: the token says whether it declines, and every answer follows from the request. A
story may tell it how to behave for one payer: decline, or not answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from connects.billing.port import (
    Answer,
    BalanceTransaction,
    Charge,
    DeclineCause,
    Declined,
    Forged,
    MethodKind,
    Paid,
    Payer,
    ProviderEvent,
    Refunded,
    Repaid,
    SavedMethod,
    Unreachable,
)
from connects.vocabulary.amounts import Money

ACCEPTS = "test_accepts"
DECLINES = "test_declines"


def made_up_method(kind: MethodKind = MethodKind.CARD, *, declines: bool = False) -> SavedMethod:
    """A test method of that kind, which accepts every charge or declines every one."""
    label = f"Test {kind.value} that is {'declined' if declines else 'accepted'}"
    return SavedMethod(kind, DECLINES if declines else ACCEPTS, "", label)


class Behaviour(StrEnum):
    """How the test method treats a payer, whatever method they pay with."""

    ANSWERS = "answers"
    DECLINES = "declines"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class TestMethod:
    """A provider without a bank behind it. See `billing.port.PaymentProvider`.

    `behaviours` are those of single payers, by their references.
    """

    __test__ = False  # pytest takes a class of this name for tests

    name: str = "test"
    behaviours: Mapping[str, Behaviour] = field(default_factory=dict)

    def charge(self, charge: Charge, method: SavedMethod, *, present: bool, back: str) -> Answer:  # noqa: ARG002
        behaviour = self.behaviours.get(charge.payer.reference, Behaviour.ANSWERS)
        if behaviour is Behaviour.SILENT:
            return Unreachable("the test method was told to be silent")
        if method.token == DECLINES or behaviour is Behaviour.DECLINES:
            return Declined(DeclineCause.DECLINED, "test_card_declines")
        return Paid(_name("test", charge.key), charge.amount, fee=0)

    def ask(self, charge: Charge, kind: MethodKind, *, keep: bool, back: str) -> Answer:
        saved = made_up_method(kind)
        answer = self.charge(charge, saved, present=True, back=back)
        if keep and isinstance(answer, Paid):
            return Paid(answer.reference, answer.amount, answer.fee, saved)
        return answer

    def look_up(self, reference: str) -> Answer:
        return Declined(DeclineCause.ABANDONED, reference)

    def cancel(self, reference: str) -> Answer:
        return Declined(DeclineCause.ABANDONED, reference)

    def ask_for_method(self, key: str, payer: Payer, kind: MethodKind, *, back: str) -> Answer:  # noqa: ARG002
        return Declined(
            DeclineCause.METHOD_UNAVAILABLE, "the test method is entered on our own page"
        )

    def kept_method(self, reference: str) -> SavedMethod | None:  # noqa: ARG002
        return None

    def forget(self, method: SavedMethod) -> None:
        """There is nothing to forget."""

    def refund(self, key: str, payment: str, amount: Money, reason: str) -> Refunded:  # noqa: ARG002
        return Refunded(_name("test_refund", key))

    def repayments(self, payment: str) -> tuple[Repaid, ...] | Unreachable:  # noqa: ARG002
        return Unreachable("the test method remembers nothing")

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:  # noqa: ARG002
        raise Forged("the test method sends no messages")

    def transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:  # noqa: ARG002
        return iter(())


def _name(prefix: str, key: str) -> str:
    return f"{prefix}_{hashlib.sha256(key.encode()).hexdigest()[:24]}"
