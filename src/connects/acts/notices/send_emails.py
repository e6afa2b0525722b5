"""Send notices by e-mail, at least once, and seldom more.

An e-mail is enqueued in the transaction that delivers its event, and sent by `deliveries.queue`. One that
is sent twice has the same Message-ID, by which mail programs recognise it.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.html import format_html, format_html_join

from connects.acts.deliveries.queue import Schedule, claim, note_failed
from connects.acts.notices.choose_emails import chosen_emails, preferences_of
from connects.acts.notices.email_page import email_page
from connects.acts.oversight.audit import note_act
from connects.bootstrap.addresses import address_of
from connects.bootstrap.contact import reply_to
from connects.bootstrap.speech import speaking
from connects.market.jobs.close_links import CloseLink, token_of
from connects.market.notices.models import NoticeEmail, NoticeEmailState, OutboxEvent
from connects.market.notices.unsubscribe_links import unsubscribe_token
from connects.market.people.models import Membership, User
from connects.market.people.permissions import Act, denied
from connects.statements.notices.groups import How, group_of
from connects.statements.notices.table import (
    NOTICE_KINDS,
    Link,
    notice_link,
    notice_subject,
    notice_text,
)
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

BATCH = 50
DIGEST_HOUR = 8
CLOSE_WORDS = mark("Close it without hiring")
# How long an e-mail waits after each failure; after the last one it is dead.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
SCHEDULE = Schedule(BACK_OFF)


def enqueue_emails(events: Sequence[OutboxEvent], now: datetime) -> None:
    """Enqueue an e-mail of each event to every person who acts for its account and can read it."""
    people: dict[int, list[int]] = {}
    accounts = {event.account_id for event in events if event.account_id is not None}
    rows = Membership.objects.filter(account_id__in=accounts, user__is_active=True)
    for account, user in rows.exclude(user__email="").values_list("account_id", "user_id"):
        people.setdefault(account, []).append(user)
    chosen = preferences_of(user for users in people.values() for user in users)
    emails = [
        NoticeEmail(event=event, user_id=user, next_try=now if at_once else next_digest(now))
        for event in events
        if event.code in NOTICE_KINDS
        for user in people.get(event.account_id or 0, ())
        for how in [chosen_emails(chosen, user, event.code)]
        if how is not How.NEVER
        for at_once in [how is How.AT_ONCE]
    ]
    for email in emails:
        email.state = NoticeEmailState.WAITING if email.next_try == now else NoticeEmailState.DIGEST
    NoticeEmail.objects.bulk_create(emails, ignore_conflicts=True, batch_size=1_000)


def next_digest(now: datetime) -> datetime:
    """When the next digest goes out: at eight in the morning, UTC."""
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)


def gather_digests(now: datetime) -> None:
    """Make one e-mail for each person of everything that is due for their digest."""
    due = NoticeEmail.objects.filter(state=NoticeEmailState.DIGEST, next_try__lte=now)
    people = list(due.order_by("user_id").values_list("user_id", flat=True).distinct()[:BATCH])
    for user in people:
        with transaction.atomic():
            rows = NoticeEmail.objects.select_for_update(of=("self",), skip_locked=True)
            parts = list(
                rows.filter(
                    state=NoticeEmailState.DIGEST, next_try__lte=now, user_id=user
                ).order_by("id")
            )
            if not parts:
                continue
            first = parts[0]
            others = [part.pk for part in parts[1:]]
            NoticeEmail.objects.filter(pk__in=others).update(
                state=NoticeEmailState.SENT, sent=now, digest_of=first
            )
            first.state, first.next_try = NoticeEmailState.WAITING, now
            first.save(update_fields=["state", "next_try"])


def send_emails(now: datetime) -> int:
    """Send a batch of waiting e-mails; return how many there were. Without a server they are kept."""
    gather_digests(now)
    emails = NoticeEmail.objects.select_related("event", "user").order_by("next_try", "id")
    batch = claim(emails, SCHEDULE, BATCH, now)
    if not batch:
        return 0
    if not settings.SENDS_LETTERS:
        _note_sent(batch, now)
        return len(batch)
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _note_failed(batch, error)
        return len(batch)
    try:
        for email in batch:
            _send(email, connection, now)
    finally:
        connection.close()
    return len(batch)


def _send(email: NoticeEmail, connection: BaseEmailBackend, now: datetime) -> None:
    try:
        message_of(email, connection).send()
    except (OSError, smtplib.SMTPException) as error:
        _note_failed([email], error)
    else:
        _note_sent([email], now)


def _note_sent(emails: Iterable[NoticeEmail], now: datetime) -> None:
    NoticeEmail.objects.filter(pk__in=[email.pk for email in emails]).update(
        state=NoticeEmailState.SENT, sent=now, error=""
    )


def _note_failed(emails: Iterable[NoticeEmail], error: Exception) -> None:
    for email in emails:
        note_failed(email, SCHEDULE, f"{type(error).__name__}: {error}")


def message_of(
    email: NoticeEmail, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The e-mail as it is sent, in its reader's language: plain text, and the same in HTML."""
    with speaking(email.user.language):
        return _written(email, connection)


def _written(email: NoticeEmail, connection: BaseEmailBackend | None) -> EmailMultiAlternatives:
    events = [email.event, *(part.event for part in email.parts.select_related("event"))]
    said = [_line_of(event) for event in events]
    link = f"{settings.ADDRESS}/notices/"
    choice = f"{settings.ADDRESS}/notices/preferences/"
    hello = _("Hello {name},", name=_one_line(email.user.name))
    to_notices, to_choice = _("Your notices"), _("Choose what we e-mail you")
    is_one = len(said) == 1
    stop = _unsubscribe_address(email.user_id, {event.code for event in events})
    choices = [(choice, to_choice), *([(stop, _("Stop e-mails like this"))] if stop else [])]
    message = EmailMultiAlternatives(
        subject=subject_of(email)
        if is_one
        else ngettext("You have {n} new notice", "You have {n} new notices", len(said)),
        body=(
            f"{hello}\n\n"
            + "".join(f"{line.text}\n{line.link_as_text}\n" for line in said)
            + f"{to_notices}: {link}\n"
            + "".join(f"{words}: {address}\n" for address, words in choices)
        ),
        to=[email.user.email],
        reply_to=reply_to(settings.CONTACT),
        headers={
            "Message-ID": f"<{email.event_id}.{email.user_id}@connects>",
            "List-Unsubscribe": f"<{stop or choice}>",
            **({"List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop else {}),
        },
        connection=connection,
    )
    message.attach_alternative(
        email_page(
            format_html(
                '<p>{}</p>{}<div style="margin-top:32px;font-size:14px">'
                '<p><a href="{}">{}</a></p>{}</div>',
                hello,
                format_html_join(
                    "", "<p>{}{}</p>", ((line.text, line.link_as_html) for line in said)
                ),
                link,
                to_notices,
                format_html_join("", '<p><a href="{}">{}</a></p>', choices),
            )
        ),
        "text/html",
    )
    return message


def subject_of(email: NoticeEmail) -> str:
    """What the e-mail's one notice says first."""
    return notice_subject(email.event.code, email.event.parameters)


@dataclass(frozen=True, slots=True)
class _Line:
    """A notice as an e-mail has it: its sentence, and where it leads ("" where it leads nowhere)."""

    text: str
    words: str
    address: str
    closes: str = ""

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Where it leads, each with its words: to its place, and to what can be done at once."""
        every = ((self.address, self.words), (self.closes, _(CLOSE_WORDS)))
        return tuple((address, words) for address, words in every if address)

    @property
    def link_as_text(self) -> str:
        return "".join(f"{words}: {address}\n" for address, words in self.links)

    @property
    def link_as_html(self) -> str:
        return format_html_join("", ' <br><a href="{}">{}</a>', self.links)


def _line_of(event: OutboxEvent) -> _Line:
    link = notice_link(event.code, event.parameters)
    words, address = ("", "") if link is None else (link.words, address_of(link))
    return _Line(notice_text(event.code, event.parameters), words, address, _closing(event))


def _closing(event: OutboxEvent) -> str:
    """The address by which a client closes the job at once, in an e-mail that reminds of it."""
    if event.code != "post-waiting" or not event.parameters.get("revision"):
        return ""
    job, revision = str(event.parameters["job"]), int(event.parameters["revision"] or 0)
    token = token_of(CloseLink(job, revision, event.happened))
    return address_of(Link("close-link", token, CLOSE_WORDS))


def _unsubscribe_address(user: int, codes: set[str]) -> str:
    """The address that stops such e-mails; "" where they are of several groups, or may not be off."""
    groups = {group_of(code) for code in codes}
    group = groups.pop() if len(groups) == 1 else None
    if group is None or not group.may_be_off:
        return ""
    return address_of(Link("unsubscribe", unsubscribe_token(user, group), ""))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def retry_email(email: NoticeEmail, staff: User, now: datetime) -> NoticeEmail | Refused:
    """Enqueue a dead e-mail again, as if it were new.

    Refused with `not_allowed`, or with `invalid` if it is not dead: what was sent is not sent again.
    """
    refused = denied(staff, Act.RESEND_EMAILS)
    if refused is not None:
        return refused
    with transaction.atomic():
        row = NoticeEmail.objects.select_for_update().get(pk=email.pk)
        if row.state != NoticeEmailState.DEAD:
            return invalid(Problem.WRONG_STATE, field="letter")
        row.state, row.tries, row.next_try = NoticeEmailState.WAITING, 0, now
        row.save(update_fields=["state", "tries", "next_try"])
        note_act(staff, "try-letter-again", f"letter:{row.pk}", row.error, now)
    return row


def email_numbered(number: int) -> NoticeEmail | None:
    """One e-mail, for staff."""
    return NoticeEmail.objects.select_related("event", "user").filter(pk=number).first()
