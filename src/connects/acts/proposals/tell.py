"""Telling the two who are concerned what became of a proposal."""

from __future__ import annotations

from datetime import datetime

from connects.acts.notices.outbox import put_in_outbox
from connects.market.proposals.models import Proposal
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Parameter


def tell_proposer(row: Proposal, code: str, now: datetime, **more: Parameter) -> None:
    """Tell who proposed. Runs in the caller's transaction."""
    _tell(row, row.account_id, code, now, more)


def tell_client(row: Proposal, code: str, now: datetime, **more: Parameter) -> None:
    """Tell the client of the job. Runs in the caller's transaction."""
    _tell(row, row.job.client_id, code, now, more)


def _tell(
    row: Proposal, account: int, code: str, now: datetime, more: dict[str, Parameter]
) -> None:
    event = Event(
        key=f"{code}:{row.pk}:{now.isoformat()}",
        account=account,
        code=code,
        parameters={
            "proposal": row.public_id,
            "job": row.job.public_id,
            "title": row.job.title,
            **more,
        },
    )
    put_in_outbox([event], now)
