"""Rows for badges, for interviews that were rewarded, and for promo codes and their use."""

from __future__ import annotations

from django.db import models

from connects.market.people.models import Account, User


class Badge(models.Model):
    """A badge of an account; `lost` says until when it was held."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="badges")
    name = models.CharField(max_length=40)
    earned = models.DateTimeField()
    lost = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=models.Q(lost__isnull=True),
                name="a_badge_is_held_once",
            )
        ]


class WaitingConnects(models.Model):
    """The part of an issue that did not fit under the balance limit; it comes as room appears, until
    `until`.

    `key` is that of the issue. `credits` are left; `parts` counts deliveries, `lots` are their numbers.
    `payment` is what paid for them, "" where they were given. `ended`: all has come, or has lapsed.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="waiting_connects")
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=12)
    credits = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    payment = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField()
    check_at = models.DateTimeField()
    parts = models.PositiveIntegerField(default=0)
    lots = models.JSONField(default=list)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="an_issue_waits_once")
        ]
        indexes = [
            models.Index(
                fields=["check_at"],
                name="waiting_connects_due",
                condition=models.Q(ended__isnull=True),
            ),
            models.Index(fields=["payment"], name="waiting_by_payment"),
        ]


class InterviewReward(models.Model):
    """A rewarded interview, with how many Connects (0: the window was full).

    `vests` is when they are to be issued (null: they were, or never will be), `entry` the journal
    line that issued them. `taken_back` says since when they are the account's no more.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="interview_rewards")
    proposal = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=120, blank=True)
    connects = models.PositiveIntegerField()
    rewarded = models.DateTimeField()
    vests = models.DateTimeField(null=True)
    entry = models.PositiveIntegerField(null=True)
    taken_back_if_returned = models.BooleanField(default=False)
    taken_back = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "rewarded"], name="reward_window"),
            models.Index(
                fields=["vests"], name="reward_vests", condition=models.Q(vests__isnull=False)
            ),
        ]


class PromoCode(models.Model):
    """A code that brings Connects: how many, from when until when, how often for one and in all.

    `lasts_days` is how long its Connects live; null: as long as the rule book says.
    """

    code = models.CharField(max_length=40, unique=True)
    connects = models.PositiveIntegerField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    for_each = models.PositiveIntegerField(default=1)
    in_all = models.PositiveIntegerField(null=True)
    used = models.PositiveIntegerField(default=0)
    lasts_days = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True)


class PromoRedemption(models.Model):
    """One use of a code by one account; `number` counts the account's own uses from 1."""

    promo = models.ForeignKey(PromoCode, models.PROTECT, related_name="redemptions")
    account = models.ForeignKey(Account, models.CASCADE, related_name="redemptions")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=100)
    redeemed = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["promo", "account", "number"], name="redemptions_are_numbered"
            ),
            models.UniqueConstraint(fields=["account", "key"], name="redemption_key_used_once"),
        ]
