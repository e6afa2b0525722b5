"""Taking the money of a payment: which provider is asked for what. No transaction may be open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from connects.acts.money.move_earnings import pay_from_earnings
from connects.billing.port import (
    Answer,
    Charge,
    DeclineCause,
    Declined,
    MethodKind,
    Paid,
    Payer,
    PaymentProvider,
    Unreachable,
)
from connects.bootstrap.providers import EARNINGS, provider_named
from connects.market.payments.models import Payable, PaymentMethod
from connects.market.people.models import Account, Membership
from connects.wording.languages import SOURCE, speaking


def payer_of(account: Account) -> Payer:
    """The payer, as a provider needs it: the account's name and its owner's address."""
    return payers_of([account.pk])[account.pk]


def payers_of(accounts: Iterable[int]) -> dict[int, Payer]:
    """The payers, by account, with three queries for all."""
    ids = list(accounts)
    owners = Membership.objects.filter(account_id__in=ids).order_by("-id")
    addresses = dict(owners.values_list("account_id", "user__email"))
    kept = PaymentMethod.objects.filter(account_id__in=ids, provider="stripe").exclude(customer="")
    customers = dict(kept.values_list("account_id", "customer"))
    return {
        account.pk: Payer(
            reference=f"account:{account.handle}",
            email=addresses.get(account.pk, ""),
            name=account.name,
            customer=customers.get(account.pk, ""),
        )
        for account in Account.objects.filter(pk__in=ids)
    }


def request_payment(row: Payable, payer: Payer, now: datetime) -> Answer:
    """Ask for the money of a payment that is written down, or what has become of it.

    Asked again, it asks with the very same words: that is what makes it one charge.
    """
    if row.total_cents == 0:
        return Paid("nothing-to-pay", row.total, fee=0)
    if not row.provider:
        return Declined(DeclineCause.METHOD_UNAVAILABLE, "no method is kept that could pay")
    charge = charge_of(row, payer)
    if row.provider == EARNINGS:
        return pay_from_earnings(row.account_id, charge)
    try:
        return _ask(provider_named(row.provider), row, charge, now)
    except LookupError as problem:
        return Unreachable(str(problem))


def charge_of(row: Payable, payer: Payer) -> Charge:
    """The charge to request: the same content whenever it is repeated, so in one language."""
    with speaking(SOURCE):
        description = row.description
    return Charge(row.charge_key, row.reference, row.total, description, payer)


def _ask(provider: PaymentProvider, row: Payable, charge: Charge, now: datetime) -> Answer:
    if row.provider_reference:
        return provider.look_up(row.provider_reference)
    if not row.may_retry(now):
        return Unreachable("asked too long ago to ask again: look it up at the provider")
    back = settings.ADDRESS + reverse("payment-back", args=[row.NOUN, row.public_id])
    if row.method_token:
        return provider.charge(charge, row.saved_method(), present=row.payer_present, back=back)
    if not row.payer_present:
        return Declined(DeclineCause.METHOD_UNAVAILABLE, "nobody is there to enter a method")
    return provider.ask(charge, MethodKind(row.method), keep=row.keeps_method, back=back)
