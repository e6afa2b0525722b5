"""Rows for the plan that each account is on, and for what was paid for plans."""

from __future__ import annotations

from django.db import models

from connects.market.payments.care import CYCLE_KEY, NEEDS_CARE
from connects.market.payments.models import Payable
from connects.market.people.models import Account
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Parameters


class Subscription(models.Model):
    """The plan that an account with a wallet is on, and its billing cycle.

    Cycles run for everyone, on plans without a price, too. `anchor` is the instant that their days are
    counted from, `cycle_start` when the present one began, `renews` when the next one does.
    `next_plan` is what it renews to where that is another plan. While a renewal's payment is being
    retried, `next_try` says when, and `tries` how often it has failed. `next_drip` is when the
    plan's next single Connect comes, where it brings them one by one.
    """

    account = models.OneToOneField(
        Account, models.CASCADE, primary_key=True, related_name="subscription"
    )
    # The account's own, which never changes: a renewal run need not look at a hundred thousand accounts.
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in AccountKind])
    plan = models.CharField(max_length=60)
    anchor = models.DateTimeField()
    cycle_start = models.DateTimeField()
    renews = models.DateTimeField()
    next_plan = models.CharField(max_length=60, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    next_drip = models.DateTimeField(null=True)
    # Since when the account has frozen its plan: nothing renews, nothing is charged or spent.
    frozen = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["renews"],
                name="renewal_due",
                condition=models.Q(next_try__isnull=True, frozen__isnull=True),
            ),
            models.Index(
                fields=["next_try"], name="try_due", condition=models.Q(next_try__isnull=False)
            ),
            models.Index(
                fields=["next_drip"], name="drip_due", condition=models.Q(next_drip__isnull=False)
            ),
        ]


class PlanPayment(Payable):
    """A payment for a plan: recorded first, then paid or declined. `key` makes it once.

    `new_cycle` says whether paying begins a cycle; otherwise it pays for what is left of one.
    `connects` come with it.
    """

    NOUN = "plan-payment"

    plan = models.CharField(max_length=60)
    title = models.CharField(max_length=60, default="")
    connects = models.PositiveIntegerField()
    new_cycle = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="plan_payment_key_used_once")
        ]
        indexes = [
            models.Index(
                fields=["look_again"],
                name="plan_payment_look_due",
                condition=models.Q(look_again__isnull=False),
            ),
            models.Index(fields=["provider_reference"], name="plan_payment_by_provider"),
            models.Index(fields=["-ordered", "-id"], name="plan_payment_newest"),
            models.Index(fields=["id"], name="plan_payment_to_review", condition=NEEDS_CARE),
        ]

    @property
    def is_renewal(self) -> bool:
        """Whether a billing cycle created it; then its renewal continues it."""
        return self.key.startswith(CYCLE_KEY)

    @property
    def bought(self) -> Parameters:
        return {"plan": self.title}

    @property
    def connects_paid_for(self) -> Connects:
        return self.connects
