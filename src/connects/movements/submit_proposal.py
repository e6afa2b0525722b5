"""Submit a proposal: its price is charged, or it is refused and nothing is."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from connects.journal.post import Journal
from connects.ledger.commands import Spend
from connects.ledger.entries import EntryKind
from connects.movements.outcome import Accepted
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import RefusalCode, Refused


class ProposedJob(NamedTuple):
    """The job as it stands when the proposal arrives: `connects` is this party's price for it."""

    name: str
    is_open: bool
    connects: Connects
    already_proposed: bool


class SubmitProposal(NamedTuple):
    """What the freelancer sends. `max_connects` is the most that the proposal will pay.

    `holds`: its Connects are set aside for it, and it is sent later (`movements.hold_connects`).
    """

    reference: str
    key: str
    max_connects: Connects | None
    holds: bool = False


def submit_proposal(
    journal: Journal, party: Party, job: ProposedJob, command: SubmitProposal, now: datetime
) -> Accepted | Refused:
    """Charge the job's price, or less than `max_connects` where the price fell.

    Refused as `charge_of` says, or with `insufficient_connects`; a refusal charges nothing.
    """
    charge = charge_of(party, job, command, now)
    if isinstance(charge, Refused):
        return charge
    if charge is None:
        return Accepted()
    outcome = journal.post_one(charge, now)
    return outcome if isinstance(outcome, Refused) else Accepted((outcome,))


def charge_of(
    party: Party, job: ProposedJob, command: SubmitProposal, now: datetime
) -> Spend | Refused | None:
    """What is to be posted for a proposal; None for a free one.

    Refused with `job_closed`, `already_proposed` or `price_changed` (the price rose above
    `max_connects`; docs/rules.md 2.5).
    """
    if not job.is_open:
        return Refused(RefusalCode.JOB_CLOSED, {"job": job.name})
    if job.already_proposed:
        return Refused(RefusalCode.ALREADY_PROPOSED, {"job": job.name})
    if command.max_connects is not None and job.connects > command.max_connects:
        return Refused(
            RefusalCode.PRICE_CHANGED,
            {"connects": job.connects, "max_connects": command.max_connects},
        )
    if not job.connects:
        return None
    return Spend(
        wallet=party.account,
        key=f"{'hold' if command.holds else 'propose'}:{command.key}",
        reference=command.reference,
        rule_book=party.book.label,
        effective=now,
        credits=job.connects,
        kind=EntryKind.HOLD if command.holds else EntryKind.SPEND,
    )
