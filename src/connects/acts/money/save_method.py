"""Keeping ways to pay: entering one, changing their order, removing one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from connects.acts.money.request_payment import payer_of
from connects.billing.port import Declined, MethodKind, SavedMethod, Waiting
from connects.billing.test_method import made_up_method
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.providers import (
    EARNINGS,
    is_for_testing,
    provider_named,
    provider_of,
    takes_payments,
)
from connects.market.payments.methods import earnings_method, kept_methods, unsaved_method
from connects.market.payments.models import PaymentMethod
from connects.market.people.models import Account
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, invalid

SESSION_KEY = "method_being_entered"


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """The method is entered on the provider's page, at `address`; `reference` is its name for that."""

    provider: str
    reference: str
    address: str


def add(
    account: Account, kind: str, back: str, now: datetime
) -> PaymentMethod | ProviderPage | Refused:
    """Begin to keep a way to pay: `earnings`, `card`, `paypal`; `test-accepts`, `test-declines` where
    nothing real is set up. Refused with `payment_method_unavailable` or `invalid`.
    """
    if kind == MethodKind.EARNINGS:
        return save_method(account, earnings_method().saved(), EARNINGS, now)
    if is_for_testing() and kind in ("test-accepts", "test-declines"):
        return save_method(account, made_up_method(declines=kind == "test-declines"), "test", now)
    provider = provider_of(MethodKind(kind)) if kind in ("card", "paypal") else ""
    if not provider or is_for_testing():
        return _unavailable(kind[:20], "no_provider" if takes_payments() else "no_payments")
    answer = provider_named(provider).ask_for_method(
        uuid4().hex, payer_of(account), MethodKind(kind), back=back
    )
    if isinstance(answer, Waiting):
        return ProviderPage(provider, answer.reference, answer.url)
    return _unavailable(kind, "no_provider" if isinstance(answer, Declined) else "no_answer")


def _unavailable(kind: str, why: str) -> Refused:
    return Refused(RefusalCode.PAYMENT_METHOD_UNAVAILABLE, {"method": kind, "why": why})


def save_entered_method(account: Account, provider: str, reference: str, now: datetime) -> None:
    """Keep what the member has entered on the provider's page, if they did."""
    saved = provider_named(provider).kept_method(reference)
    if saved is not None:
        save_method(account, saved, provider, now)


def put_first(account: Account, number: int) -> PaymentMethod | Refused:
    """Let automatic payments try this method before the others. Refused with `invalid`."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        kept = kept_methods(account)
        first = next((method for method in kept if method.pk == number), None)
        if first is None:
            return _unknown()
        rest = [method for method in kept if method.pk != number]
        for position, row in enumerate([first, *rest]):
            row.position = position
        PaymentMethod.objects.bulk_update(kept, ["position"])
        return first


def forget(account: Account, number: int) -> PaymentMethod | Refused:
    """Keep the method no longer, here or at the provider. Refused with `invalid`."""
    found = PaymentMethod.objects.filter(account=account, pk=number).first()
    if found is None:
        return _unknown()
    PaymentMethod.objects.filter(pk=found.pk).delete()
    if found.provider not in (EARNINGS, "test"):
        provider_named(found.provider).forget(found.saved())
    return found


def _unknown() -> Refused:
    return invalid(Problem.UNKNOWN, field="method")


MOST_KEPT = 10


def save_method(
    account: Account, saved: SavedMethod, provider: str, now: datetime
) -> PaymentMethod | Refused:
    """Keep a method, last in the order. The same one again is the same row. Refused with `invalid`."""
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        kept = kept_methods(account)
        for method in kept:
            if (method.provider, method.token) == (provider, saved.token):
                return method
        if len(kept) >= MOST_KEPT:
            return invalid(Problem.TOO_MANY_METHODS, field="method", most=MOST_KEPT)
        method = unsaved_method(saved, provider)
        method.account, method.added = account, now
        method.position = kept[-1].position + 1 if kept else 0
        method.save()
        return method


def set_method(account: Account, kind: str | None = None, declines: bool | None = None) -> None:
    """For stories and tests: pay with a test method of that kind, which accepts or declines."""
    present = next(iter(kept_methods(account)), None)
    chosen = MethodKind(kind or (present.kind if present else MethodKind.CARD))
    refuses = present is not None and present.token.endswith("declines")
    PaymentMethod.objects.filter(account=account).delete()
    if chosen is MethodKind.EARNINGS:
        method = earnings_method()
    else:
        method = unsaved_method(
            made_up_method(chosen, declines=refuses if declines is None else declines)
        )
    method.account, method.position, method.added = account, 0, clock_now()
    method.save()
