"""Telling the two who are concerned what became of a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from connects.acts.notices.outbox import put_in_outbox
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Parameter


def tell_proposer(row: Proposal, code: str, now: datetime, **more: Parameter) -> None:
    """Tell who proposed, naming the client. Runs in the caller's transaction."""
    _tell(row, row.account_id, code, now, {"client": row.job.client.name, **more})


def tell_client(row: Proposal, code: str, now: datetime, **more: Parameter) -> None:
    """Tell the client of the job, naming who proposed. Runs in the caller's transaction."""
    _tell(row, row.job.client_id, code, now, {"name": row.account.name, **more})


def tell_clients(rows: Sequence[Proposal], now: datetime) -> None:
    """Tell the clients of jobs that proposals have come, with one statement for all."""
    put_in_outbox(
        [
            _event(row, row.job.client_id, "proposal-received", now, {"name": row.account.name})
            for row in rows
        ],
        now,
    )


def tell_others_of_hire(hired: Proposal, now: datetime) -> None:
    """Tell those whose proposals to the job still stand that somebody else was hired.

    They hear what it means for them once the job is closed, which may be long after, or never.
    """
    waiting = hired.job.proposals.filter(
        status__in=(ProposalStatus.SUBMITTED, ProposalStatus.OFFERED)
    ).exclude(pk=hired.pk)
    client = hired.job.client.name
    put_in_outbox(
        (
            _event(row, row.account_id, "another-hired", now, {"client": client})
            for row in waiting.select_related("job").defer("cover_letter").order_by("pk")
        ),
        now,
    )


def _tell(
    row: Proposal, account: int, code: str, now: datetime, more: dict[str, Parameter]
) -> None:
    put_in_outbox([_event(row, account, code, now, more)], now)


def _event(
    row: Proposal, account: int, code: str, now: datetime, more: dict[str, Parameter]
) -> Event:
    job = row.job
    return Event(
        # The instant first, so that one after another comes to the same end of the index.
        key=f"{code}:{now.isoformat()}:{row.public_id}",
        account=account,
        code=code,
        parameters={
            "proposal": row.public_id,
            "job": job.public_id,
            "title": job.title,
            **more,
        },
    )
