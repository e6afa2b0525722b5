"""Return Connects: what comes back of proposals when their job ends.

The rule book under which a proposal was paid decides what comes back of it. That is what its
freelancer was shown before paying, and a change of rules in between must not take it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from connects.journal.port import Posted
from connects.journal.post import Journal
from connects.ledger.commands import Return
from connects.movements.outcome import Accepted
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause, Stage


@dataclass(frozen=True, slots=True)
class PaidProposal:
    """A paid proposal: by which entry of which wallet, and under which rule book.

    `stage` is how far it got, `returned` what has come back of it already; `title` is its job's.
    """

    reference: str
    wallet: int
    spend_entry: int
    paid: Connects
    returned: Connects
    stage: Stage
    book: RuleBook
    title: str = ""


def return_connects(
    journal: Journal, proposals: Sequence[PaidProposal], cause: ReturnCause, now: datetime
) -> Accepted:
    """Give back what the rule books say, in one batch; once a proposal, however often it is repeated.

    The returned amounts stand in the records; proposals of which nothing comes back have none.
    """
    every = ((proposal, credits_due(proposal, cause)) for proposal in proposals)
    due = [(proposal, credits) for proposal, credits in every if credits]
    graceless = cause.is_members_doing
    commands = [_command(proposal, credits, now, graceless=graceless) for proposal, credits in due]
    outcomes = journal.post(commands, now) if commands else []
    posted, events = [], []
    for (proposal, credits), outcome in zip(due, outcomes, strict=True):
        # Every claim comes from the proposal's own row, so a refusal is a defect of ours.
        assert not isinstance(outcome, Refused), f"{proposal.reference}: {outcome}"
        posted.append(outcome)
        events.append(_event(proposal, credits, cause.value, outcome))
    return Accepted(tuple(posted), tuple(events))


def credits_due(proposal: PaidProposal, cause: ReturnCause) -> Connects:
    """What is still to come back of a proposal for that cause."""
    share = proposal.book.returns.comes_back(cause, proposal.paid, proposal.stage)
    return max(share - proposal.returned, 0)


def return_the_rest(
    journal: Journal, proposal: PaidProposal, reason: str, now: datetime
) -> Accepted | Refused:
    """Give back everything that has not come back yet, whatever the rules said: an appeal was granted."""
    credits = proposal.paid - proposal.returned
    if credits <= 0:
        return Accepted()
    outcome = journal.post_one(_command(proposal, credits, now), now)
    if isinstance(outcome, Refused):
        return outcome
    event = _event(proposal, credits, reason, outcome)
    return Accepted((outcome,), (event,))


def _command(
    proposal: PaidProposal, credits: Connects, now: datetime, *, graceless: bool = False
) -> Return:
    grace = timedelta(days=proposal.book.returns.grace_days)
    return Return(
        wallet=proposal.wallet,
        key=f"return:{proposal.reference}:{proposal.returned}",
        reference=proposal.reference,
        rule_book=proposal.book.label,
        effective=now,
        spend=proposal.spend_entry,
        credits=credits,
        already_returned=proposal.returned,
        grace=None if graceless else grace,
    )


def _event(proposal: PaidProposal, credits: Connects, cause: str, outcome: Posted) -> Event:
    return Event(
        key=f"returned:{proposal.reference}:{proposal.returned}",
        account=proposal.wallet,
        code="connects-returned",
        parameters={
            "proposal": proposal.reference,
            "connects": credits,
            "cause": cause,
            "expired": _gone_at_once(outcome),
            "title": proposal.title,
            "paid": proposal.paid,
            "opened": proposal.stage is not Stage.UNOPENED,
            "balance": outcome.wallet.balance,
        },
    )


def _gone_at_once(outcome: Posted) -> Connects:
    """What of a return had passed its end, so that it expired as it came."""
    if outcome.record is None or outcome.repeated:
        return 0
    return max(outcome.record.entry.balance - outcome.wallet.balance, 0)


def returned_by_reference(accepted: Accepted) -> dict[str, Posted]:
    """The posted returns by the proposal that they are for."""
    return {p.record.entry.reference: p for p in accepted.posted if p.record is not None}
