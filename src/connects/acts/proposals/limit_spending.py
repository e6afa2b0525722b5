"""Limit what a proposer spends in a calendar month, by their own choice or their agency's."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet, Sum

from connects.market.people.models import Account, TeamMembership
from connects.market.proposals.models import Proposal
from connects.vocabulary.amounts import Connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed


def over_limit(
    account: Account, member: TeamMembership | None, connects: Connects, now: datetime
) -> Refused | None:
    """A refusal where paying `connects` would go over the wallet's own limit or the member's."""
    if member is not None and not member.may_spend and connects:
        return not_allowed(Problem.MAY_NOT_SPEND)
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    sent = Proposal.objects.filter(account=account, submitted__gte=month)
    if account.spends_most is not None:
        refused = _over(account.spends_most, sent, connects)
        if refused is not None:
            return refused
    if member is not None and member.spends_most is not None:
        return _over(member.spends_most, sent.filter(for_agency_by=member.account_id), connects)
    return None


def _over(most: Connects, sent: QuerySet[Proposal], connects: Connects) -> Refused | None:
    """What came back in the meantime counts as not spent."""
    spent = sent.aggregate(connects=Sum(F("paid") - F("returned")))["connects"] or 0
    if not connects or spent + connects <= most:
        return None
    return not_allowed(Problem.SPENDING_LIMIT, most=most, spent=spent)


def set_spending_limit(account: Account, most: Connects | None) -> None:
    """Limit what the account's wallet spends on proposals in a calendar month; None: no limit."""
    account.spends_most = most
    account.save(update_fields=["spends_most"])
