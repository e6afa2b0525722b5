"""Flag suspicious posts: copies of earlier ones, and budgets that are probably not meant."""

from __future__ import annotations

from datetime import datetime, timedelta

from connects.acts.jobs.flag import flag_by_system
from connects.market.jobs.models import Job
from connects.market.moderation.duplicates import near_duplicate
from connects.market.moderation.models import FlagReason
from connects.market.proposals.models import Proposal
from connects.pricing import reasons
from connects.pricing.quote import Price

PAIR_WINDOW = timedelta(days=7)
PAIR_INTERVIEWS = 5

_NOT_MEANT = frozenset({reasons.BUDGET_PLACEHOLDER, reasons.BUDGET_CONTRADICTS_POST})


def flag_if_suspect(job: Job, price: Price, now: datetime) -> None:
    """Flag a new post if it resembles an earlier one, or if its budget is doubted."""
    if any(reason.code in _NOT_MEANT for reason in price.reasons):
        flag_by_system(job, FlagReason.FAKE_BUDGET, "Its budget is not believed.", now)
    twin = near_duplicate(job, now)
    if twin is not None:
        flag_by_system(
            job, FlagReason.DUPLICATE, f"It is like {twin.title} ({twin.public_id}).", now
        )


def flag_suspect_pair(proposal: Proposal, now: datetime) -> None:
    """Flag a post whose client interviews the same freelancer repeatedly within a short time.

    Interviews may bring rewards, so one person with two accounts could pay themselves. Both may also be
    honest, so nothing is refused; moderators decide.
    """
    interviews = Proposal.objects.filter(
        account_id=proposal.account_id,
        job__client_id=proposal.job.client_id,
        messaged__gt=now - PAIR_WINDOW,
    ).count()
    if interviews >= PAIR_INTERVIEWS:
        text = f"{interviews} interviews of the same two in {PAIR_WINDOW.days} days."
        flag_by_system(proposal.job, FlagReason.SAME_PAIR, text, now)
