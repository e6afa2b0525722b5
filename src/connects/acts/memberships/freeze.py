"""Freezing a plan: an agency rests, and goes on later where it stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from connects.acts.credits.release_held import release_of_account
from connects.acts.notices.tell_account import tell_account
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import Account, TeamMembership
from connects.market.plans.models import Subscription
from connects.market.plans.rows import SubscriptionRow
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def freeze(account: Account) -> Subscription | Refused:
    """Freeze a plan: nothing renews, nothing is charged, and nobody proposes on this wallet until it is
    revived.

    Connects that it holds stay, and expire as usual. Refused with `not_allowed` if the account is not
    an agency, or while a payment is being retried.
    """
    if account.kind != AccountKind.AGENCY:
        return not_allowed(Problem.AGENCIES_ONLY)
    now = clock_now()
    with transaction.atomic():
        row = Subscription.objects.select_for_update(of=("self",)).get(account=account)
        if row.next_try is not None or row.renews <= now:
            return not_allowed(Problem.RENEWAL_UNDER_WAY)
        if row.frozen is None:
            row.frozen = now
            row.save(update_fields=["frozen"])
            _tell_team(account, "agency-frozen", now)
        release_of_account(account, now)
        return row


def revive(account: Account) -> Subscription | Refused:
    """The month goes on: what was left of it when it was frozen is still to come.

    Refused with `not_allowed` where nothing is frozen.
    """
    now = clock_now()
    with transaction.atomic():
        row = Subscription.objects.select_for_update(of=("self",)).filter(account=account).first()
        if row is None or row.frozen is None:
            return not_allowed(Problem.NOT_FROZEN)
        rested = now - row.frozen
        row.renews += rested
        row.cycle_start += rested
        row.anchor = row.renews
        row.next_drip = None if row.next_drip is None else row.next_drip + rested
        row.frozen = None
        row.save()
        _tell_team(account, "agency-revived", now)
        return row


def _tell_team(agency: Account, code: str, now: datetime) -> None:
    """Tell those who propose for the agency that they no longer can, or can again."""
    team = TeamMembership.objects.filter(agency=agency, left__isnull=True)
    for member in team.values_list("account_id", flat=True):
        tell_account(member, code, agency.handle, now, name=agency.name)


def as_if_awake(held: SubscriptionRow, now: datetime) -> SubscriptionRow:
    """The subscription as it would be if it were revived now (not saved); as it is, if not frozen."""
    if held.frozen is None:
        return held
    rested = now - held.frozen
    return replace(held, cycle_start=held.cycle_start + rested, renews=held.renews + rested)
