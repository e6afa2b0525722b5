"""What a member's own program does with proposals: as the member would, and the member is told.

The notice is written with the act, and names the key, so that nobody finds out by their balance.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from connects.acts.credits.release_held import withdraw_held
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.proposals.sender import sender_of
from connects.acts.proposals.submission import ProposalForm, Submission
from connects.acts.proposals.submit import send
from connects.acts.proposals.submit_many import Sent
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job
from connects.market.keys.models import ApiKey
from connects.market.people.acting_for import accounts_of
from connects.market.people.models import Account
from connects.market.proposals.models import HeldProposal, Proposal
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused


def key_of_program(name: str) -> str:
    """The idempotency key of what a program calls `name`: no page's and no host's is like it."""
    return f"program/{hashlib.sha256(name.encode()).hexdigest()}"


def sender_by(key: ApiKey) -> tuple[Account, Account | None]:
    """Who proposes with a key, and for which agency, if any."""
    return sender_of(key.account, [acting.account for acting in accounts_of(key.user)])


def send_by_program(key: ApiKey, job: Job, sender: Account, form: ProposalForm) -> Sent | Refused:
    """Send a proposal with a key. Refused as `submit` is."""

    def told(row: Proposal, now: datetime) -> Event:
        return _event("program-sent", key, row, now, row.paid)

    return send(Submission(job.pk, sender, form, key.user, tells=told))


def withdraw_by_program(
    key: ApiKey, row: Proposal | HeldProposal
) -> Proposal | HeldProposal | Refused:
    """Withdraw a proposal, or let a reservation go, with a key. Refused as the page's act is."""
    now = clock_now()
    with transaction.atomic():
        if isinstance(row, HeldProposal):
            answer: Proposal | HeldProposal | Refused = withdraw_held(row, key.account)
        else:
            answer = withdraw_proposal(row, key.account)
        if isinstance(answer, Refused):
            return answer
        back = answer.connects if isinstance(answer, HeldProposal) else _returned(answer)
        put_in_outbox([_event("program-withdrew", key, answer, now, back)], now)
        return answer


def _returned(row: Proposal) -> int:
    row.refresh_from_db(fields=["returned"])
    return row.returned


def _event(
    code: str, key: ApiKey, row: Proposal | HeldProposal, now: datetime, connects: int
) -> Event:
    return Event(
        key=f"{code}:{row.public_id}:{now.isoformat()}",
        account=key.account_id,
        code=code,
        parameters={
            "program": key.name,
            "key": key.prefix,
            "connects": connects,
            "proposal": row.public_id if isinstance(row, Proposal) else "",
            "title": row.job.title,
        },
    )
