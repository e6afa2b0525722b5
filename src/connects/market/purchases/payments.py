"""Taking money: which provider is asked, and how an account pays."""

from __future__ import annotations

from connects.billing.port import Answer, Charge
from connects.billing.test_method import TestMethod
from connects.market.earnings.services import pay_from_earnings
from connects.market.people.models import Account
from connects.market.purchases.models import PaymentMethod

DEFAULT_METHOD = "card"


def method_of(account: Account) -> PaymentMethod:
    """How the account pays; a card of the test method until it says otherwise."""
    found = PaymentMethod.objects.filter(account=account).first()
    return found or PaymentMethod(account=account, kind=DEFAULT_METHOD)


def methods_of(accounts: list[int]) -> dict[int, PaymentMethod]:
    """How each account pays, with one question for all."""
    found = PaymentMethod.objects.filter(account_id__in=accounts).in_bulk(field_name="account_id")
    return {
        account: found.get(account) or PaymentMethod(account_id=account, kind=DEFAULT_METHOD)
        for account in accounts
    }


def set_method(account: Account, kind: str | None = None, declines: bool | None = None) -> None:
    """Choose how the account pays, or make its next charges fail."""
    method = method_of(account)
    method.kind = kind or method.kind
    method.declines = method.declines if declines is None else declines
    method.save()


def take(charge: Charge, method: PaymentMethod) -> Answer:
    """Ask the provider for the money. Never called inside of a transaction of ours."""
    if charge.method == "earnings":
        return pay_from_earnings(method.account_id, charge)
    return TestMethod(method.declines).charge(charge)
