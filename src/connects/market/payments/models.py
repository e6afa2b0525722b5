"""Rows for ways to pay, for who the bill goes to, for taxes; and what every payment has."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from connects.billing.port import MethodKind, Paid, SavedMethod
from connects.market.people.models import Account
from connects.market.public_ids import new_public_id
from connects.pricing.tax import Tax
from connects.statements.payment_words import bought_text
from connects.vocabulary.amounts import Cents, Connects, Money
from connects.vocabulary.refusals import Parameters

IDEMPOTENCY_KEYS_LAST = timedelta(hours=20)
"""How long a request may be repeated: providers forget idempotency keys after a day."""

FIRST_POLL_AFTER = timedelta(minutes=10)
"""How soon after its request a payment is first polled, in case its process died."""


EXTERNAL = "external"
"""The provider of what a host took at its own till: the money never was with one of ours."""


class PaymentMethod(models.Model):
    """A way to pay that a member keeps. Automatic payments try them in the order of `position`.

    `token` and `customer` are the provider's names for it; the earnings balance has none.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="payment_methods")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MethodKind])
    provider = models.CharField(max_length=12)
    token = models.CharField(max_length=120, blank=True)
    customer = models.CharField(max_length=120, blank=True)
    label = models.CharField(max_length=80)
    expires = models.CharField(max_length=7, blank=True)
    added = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "provider", "token"], name="method_kept_once"
            )
        ]

    def saved(self) -> SavedMethod:
        """As the provider's gateway wants it."""
        return SavedMethod(
            MethodKind(self.kind), self.token, self.customer, self.label, self.expires
        )


class BillingProfile(models.Model):
    """Whom the invoices are made out to, and where they are taxed."""

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="billing_profile"
    )
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True)
    tax_number = models.CharField(max_length=30, blank=True)

    @property
    def pays_from(self) -> str:
        """The country of the bill, or the account's; or ""."""
        return self.country or self.account.country


class TaxRate(models.Model):
    """A tax of a country from an instant on, in basis points (2000: 20 %). Never edited: a new one
    takes over.
    """

    country = models.CharField(max_length=2)
    name = models.CharField(max_length=30)
    basis_points = models.PositiveIntegerField()
    reverse_charge = models.BooleanField(default=False)
    starts = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "starts"], name="tax_rate_starts_once")
        ]


class PaymentStatus(models.TextChoices):
    """How far a payment has come."""

    PENDING = "pending"
    PAID = "paid"
    DECLINED = "declined"
    ABANDONED = "abandoned"
    MISMATCHED = "mismatched"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged-back", "charged back"


MONEY_IS_HERE = (PaymentStatus.PAID, PaymentStatus.MISMATCHED)
MONEY_WENT_BACK = (PaymentStatus.REFUNDING, PaymentStatus.REFUNDED, PaymentStatus.CHARGED_BACK)


class Payable(models.Model):
    """The columns of every payment, whatever it is for.

    The row is written before any provider is called, so that another process can continue it.
    `payer_present`: whether somebody could be sent to their bank. `attempt` counts the methods tried;
    with `public_id` it names the charge. `asked` is since when the provider may know of it. `page` is
    where the payer continues. `look_again` is the next poll, `looks` how many there were.
    `received_cents` is what really came. `lot` is the number of the lot that the Connects arrived as;
    `reversal` that of the entry that took them back, while they are gone (of refunds before there were
    repayments); `reversals` counts those. `returned_cents` is what went back of the money, in whatever
    way, and `returned_tax_cents` the tax in it. `care` is why staff have to look at it, or "".
    `unwanted` is since when its money is no longer wanted: the member has left, or is suspended. What
    the provider took all the same goes back.
    """

    NOUN: ClassVar[str]

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id)
    account = models.ForeignKey(Account, models.PROTECT, related_name="%(class)ss")
    key = models.CharField(max_length=100)
    price_cents = models.BigIntegerField()
    tax_cents = models.BigIntegerField(default=0)
    tax_name = models.CharField(max_length=30, blank=True)
    tax_basis_points = models.PositiveIntegerField(default=0)
    tax_reversed = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    method = models.CharField(max_length=12)
    provider = models.CharField(max_length=12, default="test")
    method_token = models.CharField(max_length=120, blank=True)
    method_customer = models.CharField(max_length=120, blank=True)
    method_label = models.CharField(max_length=80, blank=True)
    keeps_method = models.BooleanField(default=False)
    payer_present = models.BooleanField(default=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=12, choices=PaymentStatus, default=PaymentStatus.PENDING)
    provider_reference = models.CharField(max_length=120, blank=True)
    page = models.CharField(max_length=2000, blank=True)
    cause = models.CharField(max_length=120, blank=True)
    fee_cents = models.BigIntegerField(null=True)
    rule_book = models.CharField(max_length=100)
    received_cents = models.BigIntegerField(default=0)
    received_currency = models.CharField(max_length=3, blank=True)
    lot = models.PositiveIntegerField(null=True)
    reversal = models.PositiveIntegerField(null=True)
    reversals = models.PositiveSmallIntegerField(default=0)
    ordered = models.DateTimeField()
    asked = models.DateTimeField(null=True)
    paid = models.DateTimeField(null=True)
    went_back = models.DateTimeField(null=True)
    look_again = models.DateTimeField(null=True)
    looks = models.PositiveSmallIntegerField(default=0)
    unwanted = models.DateTimeField(null=True)
    returned_cents = models.BigIntegerField(default=0)
    returned_tax_cents = models.BigIntegerField(default=0)
    care = models.CharField(max_length=20, blank=True)

    class Meta:
        abstract = True

    @property
    def reference(self) -> str:
        """Our name for the payment, in the journal, at the provider and in the books."""
        return f"{self.NOUN}:{self.public_id}"

    @property
    def total_cents(self) -> Cents:
        return self.price_cents + self.tax_cents

    @property
    def total(self) -> Money:
        """What is charged: the price and its tax."""
        return Money(self.total_cents, self.currency)

    @property
    def received(self) -> Money:
        """What the provider really took."""
        return Money(self.received_cents, self.received_currency)

    @property
    def returned(self) -> Money:
        """What of the money is gone again."""
        return Money(self.returned_cents, self.received_currency or self.currency)

    @property
    def rest_cents(self) -> Cents:
        """What of the money is still here, and could be given back."""
        return max(self.received_cents - self.returned_cents, 0)

    @property
    def matches_order(self) -> bool:
        """Whether what came is what was asked for."""
        return self.received == self.total

    @property
    def has_documents(self) -> bool:
        """Whether receipts and credit notes are ours to write, and not a host's who took the money."""
        return self.provider != EXTERNAL

    @property
    def connects_paid_for(self) -> Connects:
        """How many Connects the money was for."""
        raise NotImplementedError

    def record_paid(self, paid: Paid, now: datetime) -> bool:
        """Note that the money is here; whether it is what was asked for (not saved)."""
        self.provider_reference, self.fee_cents, self.paid = paid.reference, paid.fee, now
        self.received_cents, self.received_currency = paid.amount.cents, paid.amount.currency
        self.page, self.look_again = "", None
        matches = paid.amount == self.total
        self.status = PaymentStatus.PAID if matches else PaymentStatus.MISMATCHED
        self.cause = "" if matches else "amount_differs"
        return matches

    @property
    def charge_key(self) -> str:
        """What makes the charge once, however often it is asked for."""
        return f"{self.public_id}.{self.attempt}"

    def may_retry(self, now: datetime) -> bool:
        """Whether the provider still knows the charge's key, so that asking again charges once."""
        return now - (self.asked or self.ordered) <= IDEMPOTENCY_KEYS_LAST

    @property
    def bought(self) -> Parameters:
        """What it is for: `credits` or a `plan`, put into words where it is read."""
        raise NotImplementedError

    @property
    def description(self) -> str:
        """What it is for, in words."""
        return bought_text(self.bought)

    @property
    def facts(self) -> Parameters:
        """What notices of it are made from: the amount with its currency, and what it is for."""
        return {"cents": self.total_cents, "currency": self.currency, **self.bought}

    @property
    def tells_receipt(self) -> bool:
        """Whether its receipt gets a notice of its own; otherwise the payment's notice is enough."""
        return True

    def saved_method(self) -> SavedMethod:
        """The kept method that it is charged to."""
        return SavedMethod(
            MethodKind(self.method), self.method_token, self.method_customer, self.method_label
        )

    def begin(self, method: PaymentMethod, tax: Tax, now: datetime) -> None:
        """Say how it is paid and taxed, and when to see to it should this process die (not saved)."""
        self.tax_cents, self.tax_name = tax.cents, tax.name
        self.tax_basis_points, self.tax_reversed = tax.rate, tax.reversed
        self.look_again = now + FIRST_POLL_AFTER
        self.pay_with(method, now)

    def pay_with(self, method: PaymentMethod, now: datetime) -> None:
        """Charge it to a method, from now on (not saved)."""
        self.asked = now
        self.method, self.provider = method.kind, method.provider
        self.method_token, self.method_customer = method.token, method.customer
        self.method_label = method.label
