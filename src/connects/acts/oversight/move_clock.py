"""Move a sandbox's clock forward."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.oversight.audit import note_client_act
from connects.market.upkeep.sandbox import set_clock


def move_clock(client: str, person: str, before: datetime, to: datetime) -> None:
    """Put the clock of a sandbox forward. What falls due on the way is the caller's to do."""
    with transaction.atomic():
        set_clock(to)
        note_client_act(client, person, "move-clock", "sandbox", to, {"from": before.isoformat()})
