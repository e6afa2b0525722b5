"""The one loop by which e-mails and webhooks are sent: claim, back-off, dead letter.

What is to be sent is a row, enqueued in the transaction that caused it, and sent outside of any. A
sender first claims rows by putting their next attempt off, so that two senders never hold the same one.
If it dies between sending and recording that, the row is sent again: at least once, and seldom more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from connects.market.many_rows import save_columns
from connects.market.notices.models import Queued

Q = TypeVar("Q", bound=Queued)

WAITING, DEAD = "waiting", "dead"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long a row waits after each failure; after the last of these waits it is dead.

    A sender may hold it for `held` before another takes it for lost.
    """

    waits: Sequence[timedelta]
    held: timedelta = timedelta(0)

    def wait_after(self, tries: int) -> timedelta:
        """The wait after so many tries that failed."""
        return self.waits[min(max(tries, 1), len(self.waits)) - 1]

    def until(self, tries: int, now: datetime) -> datetime:
        """When the next try follows one that is claimed now, if nothing is heard of it."""
        return now + max(self.wait_after(tries), self.held)

    def is_last(self, tries: int) -> bool:
        """Whether no try follows after so many."""
        return tries > len(self.waits)


def claim(rows: QuerySet[Q], schedule: Schedule, most: int, now: datetime) -> list[Q]:
    """Claim the first of these rows that are due, by putting their next attempt off."""
    with transaction.atomic():
        locked = rows.select_for_update(of=("self",), skip_locked=True)
        due = locked.filter(state=WAITING, next_try__lte=now)
        batch = list(due[:most])
        hold(batch, schedule, now)
    return batch


def hold(rows: Sequence[Q], schedule: Schedule, now: datetime) -> None:
    """Put the next attempt of rows off that nobody else can claim meanwhile."""
    for row in rows:
        row.tries += 1
        row.next_try = schedule.until(row.tries, now)
    save_columns(rows, ["next_try", "tries"])


def note_failed(row: Queued, schedule: Schedule, said: str) -> None:
    """Record why it did not arrive. It is retried when its claim said, or dead after the last try."""
    state = DEAD if schedule.is_last(row.tries) else WAITING
    type(row).objects.filter(pk=row.pk).update(error=said[:200], state=state)
