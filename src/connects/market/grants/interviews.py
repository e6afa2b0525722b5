"""Rewards for interviews that a paid proposal won, at most so many within any so many days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Sum

from connects.actions.grant_connects import Grant, grant_connects
from connects.bootstrap.journals import journal
from connects.ledger.lots import LotKind
from connects.market.grants.models import InterviewReward
from connects.market.members.selectors import party_of
from connects.market.people.models import Account
from connects.vocabulary.amounts import Connects


def reward_interview(account: Account, proposal: str, now: datetime) -> Connects:
    """Reward the interview that this proposal won, once; how many Connects that brought.

    Runs in the caller's transaction. The wallet is locked first, so that two interviews at once do
    not both find the last room in the window.
    """
    party = party_of(account, now)
    rule = party.book.grants.interview
    if rule is None:
        return 0
    journal().store.lock((account.pk,))
    if InterviewReward.objects.filter(proposal=proposal).exists():
        return 0
    since = now - timedelta(days=rule.in_days)
    window = InterviewReward.objects.filter(account=account, rewarded__gt=since)
    given = window.aggregate(connects=Sum("connects"))["connects"] or 0
    connects = min(rule.connects, max(rule.at_most - given, 0))
    InterviewReward.objects.create(
        account=account, proposal=proposal, connects=connects, rewarded=now
    )
    if connects:
        reward = Grant(
            party=party,
            kind=LotKind.BONUS,
            credits=connects,
            reason=f"interview:{proposal}",
            effective=now,
        )
        grant_connects(journal(), (reward,), now)
    return connects
