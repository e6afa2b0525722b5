"""Reward interviews that a paid proposal won, up to a number within a number of days.

A reward may be earned at once and issued later (`vests_after_days`). It may be taken back when the
proposal's Connects come back; otherwise two friends could make Connects out of nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from connects.acts.credits.tell_of_grant import grant_notices
from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.journal.port import Posted
from connects.ledger.commands import Reverse
from connects.ledger.lots import LotKind
from connects.market.grants.models import InterviewReward
from connects.market.members.selectors import party_of
from connects.market.people.models import Account
from connects.movements.grant_connects import Grant, grant_connects
from connects.policy import terms
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event

BATCH = 500


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview: which proposal won it, what that cost, and what is known of the client."""

    account: Account
    proposal: str
    title: str
    paid: Connects
    answered: bool
    client_verified: bool | None


def reward_interview(interview: Interview, now: datetime) -> Connects:
    """Reward an interview, once, if it earns that now; how many Connects that brings.

    Runs in the caller's transaction. The wallet is locked first, so that two interviews at once do
    not both find the last room in the window.
    """
    account = interview.account
    rule = party_of(account, now).book.grants.interview
    if rule is None or not _earns(interview, rule):
        return 0
    journal().lock((account.pk,))
    if InterviewReward.objects.filter(proposal=interview.proposal).exists():
        return 0
    since = now - timedelta(days=rule.in_days)
    window = InterviewReward.objects.filter(account=account, rewarded__gt=since)
    given = window.aggregate(connects=Sum("connects"))["connects"] or 0
    reward = InterviewReward.objects.create(
        account=account,
        proposal=interview.proposal,
        title=interview.title,
        connects=rule.earned(interview.paid, given),
        rewarded=now,
        vests=now + timedelta(days=rule.vests_after_days) if rule.vests_after_days else None,
        taken_back_if_returned=rule.taken_back_if_returned,
    )
    if reward.vests is None:
        _issue(reward, now, now)
    return reward.connects


def _earns(interview: Interview, rule: terms.InterviewReward) -> bool:
    if rule.needs_answer and not interview.answered:
        return False
    return not (rule.client_verified and interview.client_verified is False)


def _issue(reward: InterviewReward, at: datetime, now: datetime) -> None:
    """Issue what was earned, at that instant, and tell the account."""
    reward.vests = None
    if reward.connects:
        grant = Grant(
            party=party_of(reward.account, at),
            kind=LotKind.BONUS,
            credits=reward.connects,
            reason=f"interview:{reward.proposal}",
            effective=at,
        )
        (outcome,) = grant_connects(journal(), (grant,), now)
        if isinstance(outcome, Posted) and outcome.record is not None:
            reward.entry = outcome.record.entry.number
        put_in_outbox(grant_notices((grant,), (outcome,), "interview", reward.title), now)
    reward.save(update_fields=["vests", "entry"])


def next_due(until: datetime) -> datetime | None:
    """The instant of the first reward that is to be issued by `until`."""
    rows = InterviewReward.objects.filter(vests__lte=until).order_by("vests")
    return rows.values_list("vests", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Issue a batch of the rewards whose time has come by `until`, each at its own instant."""
    with transaction.atomic():
        rows = InterviewReward.objects.select_for_update(of=("self",), skip_locked=True)
        due = rows.filter(vests__lte=until).select_related("account")
        for reward in due.order_by("vests", "id")[:BATCH]:
            assert reward.vests is not None
            _issue(reward, reward.vests, now)


def take_back_rewards(proposals: Collection[str], now: datetime) -> None:
    """Take back the rewards of interviews whose proposals' Connects came back.

    What has not been issued never is; what was spent becomes debt. Runs in the caller's transaction.
    """
    rows = InterviewReward.objects.select_for_update(of=("self",)).filter(
        proposal__in=proposals, taken_back_if_returned=True, taken_back__isnull=True
    )
    for reward in rows.select_related("account").order_by("account_id", "id"):
        _take_back(reward, now)


def _take_back(reward: InterviewReward, now: datetime) -> None:
    reward.taken_back, reward.vests = now, None
    reward.save(update_fields=["taken_back", "vests"])
    if reward.entry is None:
        return
    name = f"interview:{reward.proposal}"
    outcome = journal().post_one(
        Reverse(
            wallet=reward.account_id,
            key=f"take-back:{name}",
            reference=name,
            rule_book=party_of(reward.account, now).book.label,
            effective=now,
            lot=reward.entry,
        ),
        now,
    )
    assert isinstance(outcome, Posted), outcome
    put_in_outbox([_taken_back(reward)], now)


def _taken_back(reward: InterviewReward) -> Event:
    return Event(
        key=f"reward-taken-back:{reward.pk}",
        account=reward.account_id,
        code="reward-taken-back",
        parameters={"connects": reward.connects, "title": reward.title},
    )
