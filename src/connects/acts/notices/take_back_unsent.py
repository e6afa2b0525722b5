"""Withdraw notices that nobody should get any more."""

from __future__ import annotations

from datetime import datetime

from connects.market.notices.models import Notice, NoticeEmail, NoticeEmailState, OutboxEvent


def take_back_unsent(account: int, proposal: str, now: datetime) -> None:
    """Tell an account no more of a proposal: neither by what waits in the outbox nor by e-mail.

    Its notices of it go, too; e-mails that were sent stay on record. Runs in the caller's transaction.
    """
    events = OutboxEvent.objects.filter(account=account, parameters__proposal=proposal)
    numbers = list(events.values_list("pk", flat=True))
    if not numbers:
        return
    OutboxEvent.objects.filter(pk__in=numbers, delivered__isnull=True).update(delivered=now)
    Notice.objects.filter(event__in=numbers).delete()
    # A digest's parts count as sent from when it is gathered, though its e-mail still waits.
    emails = NoticeEmail.objects.filter(event__in=numbers)
    emails.filter(digest_of__state=NoticeEmailState.WAITING).delete()
    unsent = emails.filter(state__in=(NoticeEmailState.WAITING, NoticeEmailState.DIGEST))
    for email in unsent.prefetch_related("parts"):
        _hand_on_digest(email)
    unsent.delete()


def _hand_on_digest(email: NoticeEmail) -> None:
    """Let the next part of a digest lead it in this e-mail's place."""
    parts = sorted(email.parts.all(), key=lambda part: part.pk)
    if not parts:
        return
    leader, *others = parts
    leader.state, leader.sent, leader.digest_of = NoticeEmailState.WAITING, None, None
    leader.next_try = email.next_try
    leader.save(update_fields=["state", "sent", "digest_of", "next_try"])
    NoticeEmail.objects.filter(pk__in=[part.pk for part in others]).update(digest_of=leader)
