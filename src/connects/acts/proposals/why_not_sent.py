"""Why a proposal would be refused, asked before its button is offered."""

from __future__ import annotations

from connects.acts.proposals.invite import is_invited
from connects.acts.proposals.limit_spending import over_limit
from connects.acts.proposals.quote import ProposalQuote
from connects.bootstrap.clock import now as clock_now
from connects.market.external_ids import host_id
from connects.market.jobs.models import Job
from connects.market.people.models import Account, TeamMembership
from connects.policy.terms import RuleBook
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused, not_allowed


def why_not_sent(
    job: Job, sender: Account, agency: Account | None, quoted: ProposalQuote
) -> Refused | None:
    """What sending would be refused with besides a lack of Connects, if anything.

    Sending decides again, with everything locked.
    """
    account = agency or sender
    if account.kind == AccountKind.AGENCY and quoted.is_frozen:
        return not_allowed(Problem.FROZEN)
    team = None
    if agency is not None:
        rows = TeamMembership.objects.filter(agency=agency, account=sender, left__isnull=True)
        team = rows.first()
        if team is None:
            return Refused(RefusalCode.NOT_MEMBER, {"agency": host_id(agency)})
    return _full(job, account, quoted.party.book) or over_limit(
        account, team, quoted.payment.charged, clock_now()
    )


def _full(job: Job, account: Account, book: RuleBook) -> Refused | None:
    cap = book.posts.asks_from_proposals if book.posts else None
    if cap is None or job.takes_more or job.proposal_count < cap or is_invited(job, account):
        return None
    return not_allowed(Problem.SOFT_CAP, proposals=cap)
