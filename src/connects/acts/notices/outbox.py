"""Writing to the outbox, and delivering from it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from connects.acts.notices.send_emails import enqueue_emails
from connects.market.many_rows import save_values
from connects.market.notices.models import Notice, OutboxEvent
from connects.market.people.models import Account
from connects.statements.notices.table import NOTICE_KINDS
from connects.vocabulary.event_types import FOR_PROGRAMS, TYPE_OF_CODE
from connects.vocabulary.events import Event

BATCH = 500


def put_in_outbox(events: Iterable[Event], now: datetime) -> None:
    """Write events in the caller's transaction; one that was written before is not written again.

    Members hear of notices, programs of what `vocabulary.event_types` names.
    """
    rows = [
        {
            "key": event.key,
            "account_id": event.account,
            "code": event.code,
            "parameters": dict(event.parameters),
            "happened": now,
            # What only programs hear of goes to nobody's inbox.
            "delivered": now if event.code in FOR_PROGRAMS else None,
            "unpublished": event.code in TYPE_OF_CODE,
        }
        for event in events
    ]
    save_values(OutboxEvent, rows)


def deliver_outbox(now: datetime) -> int:
    """Deliver a batch of waiting events to the inboxes and enqueue their e-mails; return how many there
    were.

    Each event becomes at most one notice (receipts come by e-mail alone) and at most one e-mail for
    each person: their rows carry the event's id.
    """
    with transaction.atomic():
        waiting = list(
            OutboxEvent.objects.select_for_update(skip_locked=True)
            .filter(delivered__isnull=True)
            .order_by("id")[:BATCH]
        )
        notices = [
            Notice(
                event=event,
                account_id=event.account_id,
                code=event.code,
                parameters=event.parameters,
                received=now,
            )
            for event in waiting
            if event.account_id is not None
            if event.code not in NOTICE_KINDS or NOTICE_KINDS[event.code].in_inbox
        ]
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        enqueue_emails(waiting, now)
        ids = [event.pk for event in waiting]
        OutboxEvent.objects.filter(pk__in=ids).update(delivered=now)
        return len(waiting)


def mark_read(account: Account, now: datetime) -> int:
    """Mark all notices of an account as read; return how many were not."""
    return Notice.objects.filter(account=account, read__isnull=True).update(read=now)


def mark_unread(account: Account, read: datetime) -> int:
    """Undo `mark_read`: what was marked at that instant is unread again; return how many."""
    return Notice.objects.filter(account=account, read=read).update(read=None)


def mark_read_about(account: Account, proposal: str, now: datetime) -> None:
    """Mark an account's notices of one proposal as read: it has looked at the proposal itself."""
    notices = Notice.objects.filter(account=account, read__isnull=True)
    notices.filter(parameters__proposal__in=[proposal, f"proposal:{proposal}"]).update(read=now)
