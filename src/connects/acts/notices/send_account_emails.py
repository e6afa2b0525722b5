"""Send e-mails about access; like all others they are enqueued first, and sent by the worker.

They are not notices of an account: they go to a person, or to an address without one, at once, and
cannot be switched off. Some of their links are secrets. Such a link is forgotten once it was sent.
Without a mail server it stays until it runs out, for an operator to hand on.
"""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.html import format_html, format_html_join

from connects.acts.deliveries.queue import claim, note_failed
from connects.acts.notices.email_page import email_page
from connects.acts.notices.send_emails import BATCH, SCHEDULE
from connects.acts.oversight.audit import note_act
from connects.bootstrap.contact import reply_to
from connects.bootstrap.speech import speaking
from connects.market.notices.models import AccountEmail, AccountEmailState
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.statements.account_emails import SECRET_LINKS, AccountEmailKind, account_email_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.wording.messages import gettext as _

SECRETS_KEPT = timedelta(days=3)
EMAILS_KEPT = timedelta(days=90)


def write_account_email(
    kind: AccountEmailKind,
    to: str,
    now: datetime,
    *,
    user: User | None = None,
    parameters: Mapping[str, object] | None = None,
    link: str = "",
) -> AccountEmail:
    """Write an e-mail in the caller's transaction; the worker sends it. `link` is a path of ours."""
    return AccountEmail.objects.create(
        user=user,
        to=to,
        kind=kind.value,
        parameters=dict(parameters or {}),
        link=link,
        written=now,
        next_try=now,
    )


def was_written_since(kind: AccountEmailKind, to: str, since: datetime) -> bool:
    """Whether such an e-mail was enqueued lately: other people's clicks must not flood an inbox."""
    return AccountEmail.objects.filter(to=to, kind=kind.value, written__gt=since).exists()


def send_account_emails(now: datetime) -> int:
    """Send a batch of waiting e-mails; return how many. Without a mail server they are kept."""
    emails = AccountEmail.objects.select_related("user").order_by("next_try", "id")
    batch = claim(emails, SCHEDULE, BATCH, now)
    if not batch:
        return 0
    if not settings.SENDS_LETTERS:
        AccountEmail.objects.filter(pk__in=[email.pk for email in batch]).update(
            state=AccountEmailState.KEPT
        )
        return len(batch)
    for email in batch:
        _send(email, now)
    return len(batch)


def _send(email: AccountEmail, now: datetime) -> None:
    rows = AccountEmail.objects.filter(pk=email.pk)
    try:
        account_message(email, get_connection()).send()
    except (OSError, smtplib.SMTPException) as error:
        note_failed(email, SCHEDULE, f"{type(error).__name__}: {error}")
    else:
        rows.update(state=AccountEmailState.SENT, sent=now, error="", link=_kept_link(email))


def _kept_link(email: AccountEmail) -> str:
    return "" if email.kind in SECRET_LINKS else email.link


def account_message(
    email: AccountEmail, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The e-mail as it is sent, in its reader's language: plain text, and the same in HTML."""
    with speaking(email.user.language if email.user else ""):
        return _written(email, connection)


def _written(email: AccountEmail, connection: BaseEmailBackend | None) -> EmailMultiAlternatives:
    text = account_email_text(email.kind, email.parameters)
    name = " ".join(email.user.name.split()) if email.user else ""
    greeting = _("Hello {name},", name=name) if name else _("Hello,")
    link = f"{settings.ADDRESS}{email.link}" if email.link and text.link_words else ""
    body = "".join(f"{line}\n\n" for line in (greeting, *text.lines))
    message = EmailMultiAlternatives(
        subject=text.subject,
        body=body + (f"{text.link_words}: {link}\n" if link else ""),
        to=[email.to],
        reply_to=reply_to(settings.CONTACT),
        headers={"Message-ID": f"<account.{email.pk}@connects>"},
        connection=connection,
    )
    message.attach_alternative(
        email_page(
            format_html(
                "<p>{}</p>{}{}",
                greeting,
                format_html_join("", "<p>{}</p>", ((line,) for line in text.lines)),
                format_html('<p><a href="{}">{}</a></p>', link, text.link_words) if link else "",
            )
        ),
        "text/html",
    )
    return message


def clear_account_emails(now: datetime) -> None:
    """Forget secret links that have run out, and e-mails that are old."""
    old_secrets = AccountEmail.objects.filter(
        kind__in=SECRET_LINKS, written__lt=now - SECRETS_KEPT
    ).exclude(link="")
    old_secrets.update(link="")
    AccountEmail.objects.filter(written__lt=now - EMAILS_KEPT).delete()


def account_email_numbered(number: int) -> AccountEmail | None:
    """One e-mail, for staff."""
    return AccountEmail.objects.select_related("user").filter(pk=number).first()


def read_secret_link(email: AccountEmail, staff: User, reason: str, now: datetime) -> str | Refused:
    """The link itself, to be handed on where there is no mail server, with a line in the audit.

    Refused with `not_allowed`, or `invalid` without a reason.
    """
    # With such a link one becomes that person, so it is not for everyone who may read e-mails.
    if refusal := denied(staff, Act.READ_ACCESS_LINKS):
        return refusal
    if not reason.strip():
        return invalid(Problem.REQUIRED, field="reason")
    # Whose it is, by number: the line outlives the address, should the person be erased.
    whose = {"person": email.user_id}
    note_act(staff, "read-account-link", f"account-email:{email.pk}", reason, now, whose)
    return f"{settings.ADDRESS}{email.link}"
