"""A member's payment methods, in their order, and which of them can pay for something now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from connects.billing.port import MethodKind, SavedMethod
from connects.billing.test_method import made_up_method
from connects.bootstrap.providers import (
    EARNINGS,
    TEST,
    is_for_testing,
    provider_of,
    takes_payments,
)
from connects.market.earnings.selectors import earnings_of
from connects.market.payments.models import BillingProfile, PaymentMethod
from connects.market.people.models import Account
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Cents
from connects.vocabulary.refusals import RefusalCode, Refused


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to pay as a page offers it. `name` is what the form sends.

    `why_not` is the code of what stands against it, "" where nothing does: `earnings_too_low`,
    `not_in_country`, `not_in_rule_book` or `no_provider`.
    """

    name: str
    method: PaymentMethod
    why_not: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it is entered on the provider's page, and may be kept."""
        return not self.method.token and self.method.provider != EARNINGS


def kept_methods(account: Account) -> list[PaymentMethod]:
    """What the member keeps, in their order."""
    return list(PaymentMethod.objects.filter(account=account).order_by("position", "id"))


def countries_of(accounts: Iterable[int]) -> dict[int, str]:
    """Where each member pays from: their billing address, or their account's country; or ""."""
    rows = Account.objects.filter(pk__in=list(accounts))
    found = rows.values_list("pk", "country", "billing_profile__country")
    return {account: billed or country for account, country, billed in found}


def payment_choices(profile: BillingProfile, book: RuleBook, cents: Cents) -> list[Choice]:
    """All payment methods that there might be for `cents`, those in the member's order first."""
    account, country = profile.account, profile.pays_from
    kept = kept_methods(account)
    found = [(f"kept-{method.pk}", method) for method in kept]
    found += _new_ones()
    if not any(method.kind == MethodKind.EARNINGS for method in kept):
        found.append(("earnings", earnings_method()))
    earned = earnings_of(account).cents
    return [
        Choice(name, method, _why_not(method, book, country, earned, cents))
        for name, method in found
    ]


def _new_ones() -> list[tuple[str, PaymentMethod]]:
    if is_for_testing():
        return [
            ("test-accepts", unsaved_method(made_up_method())),
            ("test-declines", unsaved_method(made_up_method(declines=True))),
        ]
    labels = {MethodKind.CARD: "A new card", MethodKind.PAYPAL: "PayPal"}
    return [
        (f"new-{kind.value}", PaymentMethod(kind=kind, provider=provider_of(kind), label=label))
        for kind, label in labels.items()
        if provider_of(kind)
    ]


def _why_not(
    method: PaymentMethod, book: RuleBook, country: str, earned: Cents, cents: Cents
) -> str:
    if method.kind not in book.payment.methods:
        return "not_in_rule_book"
    if not book.payment.allows(method.kind, country):
        return "not_in_country"
    if method.provider == EARNINGS and earned < cents:
        return "earnings_too_low"
    if method.provider == TEST and not is_for_testing():
        return "no_provider"
    return ""


def unsaved_method(saved: SavedMethod, provider: str = TEST) -> PaymentMethod:
    """A method that is used once and not kept."""
    return PaymentMethod(
        kind=saved.kind,
        provider=provider,
        token=saved.token,
        customer=saved.customer,
        label=saved.label,
        expires=saved.expires,
    )


def earnings_method() -> PaymentMethod:
    """The earnings balance, as a way to pay."""
    return PaymentMethod(kind=MethodKind.EARNINGS, provider=EARNINGS, label="My earnings")


def automatic_methods(books: Mapping[int, RuleBook]) -> dict[int, list[PaymentMethod]]:
    """The methods that each account's automatic payments try, in order, with two queries for all.

    Where payments are for testing and no method is saved, a test card pays. A method saved in testing
    pays nothing later.
    """
    found: dict[int, list[PaymentMethod]] = {account: [] for account in books}
    kept = PaymentMethod.objects.filter(account_id__in=list(books)).order_by("position", "id")
    holders = set()
    countries = countries_of(books) if kept else {}
    for method in kept:
        holders.add(method.account_id)
        if method.provider == TEST and not is_for_testing():
            continue
        if books[method.account_id].payment.allows(method.kind, countries[method.account_id]):
            found[method.account_id].append(method)
    if is_for_testing():
        for account in books.keys() - holders:
            found[account] = [unsaved_method(made_up_method())]
    return found


def method_named(
    profile: BillingProfile, book: RuleBook, cents: Cents, name: str | None
) -> PaymentMethod | Refused:
    """The method that a form names, or a story by its kind; None: the first that can pay.

    Refused with `payment_method_unavailable`.
    """
    offered = payment_choices(profile, book, cents)
    if name is None:
        return _first_that_can(profile.account, offered)
    by_name = [choice for choice in offered if choice.name == name]
    by_kind = [choice for choice in offered if choice.method.kind == name]
    found = next(iter(by_name or by_kind), None)
    if found is None and is_for_testing() and name in {kind.value for kind in MethodKind}:
        method = unsaved_method(made_up_method(MethodKind(name)))
        found = Choice(name, method, _why_not(method, book, profile.pays_from, 0, cents))
    # Earnings that do not cover the price are the provider's to decline, like an empty card.
    if found is None or found.why_not not in ("", "earnings_too_low"):
        why = found.why_not if found else _why_nothing()
        return Refused(RefusalCode.PAYMENT_METHOD_UNAVAILABLE, {"method": name, "why": why})
    return found.method


def _first_that_can(account: Account, offered: list[Choice]) -> PaymentMethod | Refused:
    kept = {method.pk for method in kept_methods(account)}
    mine = [choice for choice in offered if choice.method.pk in kept]
    usable = [choice for choice in mine if not choice.why_not]
    if not mine and is_for_testing():
        usable = [choice for choice in offered if choice.name == "test-accepts"]
    if not usable:
        first = mine[0] if mine else None
        return Refused(
            RefusalCode.PAYMENT_METHOD_UNAVAILABLE,
            {
                "method": first.method.kind if first else "",
                "why": first.why_not if first else _why_nothing(),
            },
        )
    return usable[0].method


def _why_nothing() -> str:
    """The refusal of a payment method: this one alone, or nobody takes payments here."""
    return "no_provider" if takes_payments() else "no_payments"
