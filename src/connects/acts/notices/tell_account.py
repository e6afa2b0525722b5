"""Telling one account what somebody else has done."""

from __future__ import annotations

from datetime import datetime

from connects.acts.notices.outbox import put_in_outbox
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Parameter


def tell_account(account: int, code: str, of: str, now: datetime, **parameters: Parameter) -> None:
    """Tell an account, once for each `of` and instant. Runs in the caller's transaction."""
    event = Event(
        key=f"{code}:{of}:{account}:{now.isoformat()}",
        account=account,
        code=code,
        parameters=parameters,
    )
    put_in_outbox([event], now)
