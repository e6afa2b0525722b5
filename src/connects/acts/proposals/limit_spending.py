"""Limit what a proposer spends in a calendar month, by their own choice or their agency's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, QuerySet, Sum

from connects.acts.credits.forecast_returns import InOpen, summed
from connects.market.people.models import Account, TeamMembership
from connects.market.proposals.held import held_by_members, held_for_proposals
from connects.market.proposals.models import Proposal
from connects.market.proposals.own_list import SUMMED_MOST, is_open, open_proposals
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def over_limit(
    account: Account, member: TeamMembership | None, connects: Connects, now: datetime
) -> Refused | None:
    """A refusal where paying `connects` would go over the wallet's own limit or the member's."""
    if member is not None and not member.may_spend and connects:
        return not_allowed(Problem.MAY_NOT_SPEND)
    if account.spends_most is None and (member is None or member.spends_most is None):
        return None
    sent = Proposal.objects.filter(account=account)
    if account.spends_most is not None:
        held = held_for_proposals(account)
        agency = "" if member is None else account.name
        refused = _over(account.spends_most, sent, held, connects, now, agency=agency)
        if refused is not None:
            return refused
    if member is not None and member.spends_most is not None:
        own = sent.filter(for_agency_by=member.account_id)
        held = held_for_proposals(account, member.account_id)
        return _over(member.spends_most, own, held, connects, now, agency=account.name, is_own=True)
    return None


def _over(
    most: Connects,
    sent: QuerySet[Proposal],
    held: Connects,
    connects: Connects,
    now: datetime,
    *,
    agency: str,
    is_own: bool = False,
) -> Refused | None:
    """What is held counts as spent: once it is submitted, no limit can stop it.

    `agency` is whose limit it is, "" for a freelancer's own; `is_own`, whether it is the member's alone.
    """
    spent = held + spent_this_month(sent, now)
    if not connects or spent + connects <= most:
        return None
    of = "self" if not agency else "member" if is_own else "agency"
    return not_allowed(
        Problem.SPENDING_LIMIT,
        most=most,
        spent=spent,
        needed=connects,
        of=of,
        agency=agency or None,
    )


def spent_this_month(sent: QuerySet[Proposal], now: datetime) -> Connects:
    """What these proposals cost in this calendar month; what came back meanwhile counts as not spent."""
    rows = sent.filter(submitted__gte=_month_of(now))
    return rows.aggregate(connects=Sum(F("paid") - F("returned")))["connects"] or 0


def _month_of(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent_by_account(account: Account, now: datetime) -> Connects:
    """What an account has spent of its Connects in this calendar month, whoever wrote the letters."""
    return spent_this_month(Proposal.objects.filter(account=account), now)


def in_open_and_used(account: Account, now: datetime) -> tuple[InOpen | None, Connects]:
    """What is in open proposals, and what this calendar month has used, with one query for both.

    None where the open ones are too many to add up for a page.
    """
    month = _month_of(now)
    rows = open_proposals(account, since=month)
    if len(rows) > SUMMED_MOST:
        return None, spent_by_account(account, now)
    used = sum(row.paid - row.returned for row in rows if row.submitted >= month)
    return summed([row for row in rows if is_open(row)], now), used


def spent_by_member(member: TeamMembership, now: datetime) -> Connects:
    """What a member has spent of their agency's Connects in this calendar month, and what is held."""
    sent = Proposal.objects.filter(account=member.agency_id, for_agency_by=member.account_id)
    return held_for_proposals(member.agency, member.account_id) + spent_this_month(sent, now)


def spent_by_members(agency: Account, now: datetime) -> Mapping[int, Connects]:
    """The same for each of an agency's members, by their accounts, with two queries for all."""
    sent = Proposal.objects.filter(account=agency, for_agency_by__isnull=False)
    rows = sent.filter(submitted__gte=_month_of(now)).values_list("for_agency_by")
    spent = Counter(held_by_members(agency))
    spent.update(dict(rows.annotate(spent=Sum(F("paid") - F("returned"))).order_by()))
    return spent


def set_spending_limit(account: Account, most: Connects | None) -> None:
    """Limit what the account's wallet spends on proposals in a calendar month; None: no limit."""
    account.spends_most = most
    account.save(update_fields=["spends_most"])
