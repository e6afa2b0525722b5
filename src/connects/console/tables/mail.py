"""E-mails: of notices, and about access."""

from __future__ import annotations

from django.urls import reverse

from connects.console.tables.columns import BulkAct, Column, Table
from connects.console.tables.links import account_link
from connects.market.notices.lists import ACCESS_EMAILS, EMAILS
from connects.market.notices.models import AccountEmail, NoticeEmail
from connects.market.people.permissions import Act
from connects.statements.notices.table import notice_subject
from connects.wording.messages import mark


def _about(row: NoticeEmail) -> str:
    return notice_subject(row.event.code, row.event.parameters)


EMAIL_TABLE: Table[NoticeEmail] = Table(
    name="e-mails",
    title=mark("E-mails"),
    address="console-letters",
    listing=EMAILS,
    columns=(
        Column(
            "to",
            mark("To"),
            lambda row: row.user.email,
            lambda row: reverse("console-letter", args=[row.pk]),
        ),
        Column(
            "account",
            mark("Account"),
            lambda row: row.account.name,
            lambda row: account_link(row.account),
        ),
        Column("about", mark("About"), _about),
        Column("state", mark("State"), lambda row: row.state, is_state=True),
        Column("happened", mark("Happened (UTC)"), lambda row: row.event.happened),
        Column("sent", mark("Sent (UTC)"), lambda row: row.sent),
        Column("tries", mark("Tries"), lambda row: row.tries, is_number=True),
        Column("error", mark("Last error"), lambda row: row.error),
        Column("notice", mark("Notice"), lambda row: row.event.code, is_usual=False),
        Column("next", mark("Next try (UTC)"), lambda row: row.next_try, is_usual=False),
    ),
    empty=mark("No e-mail matches."),
    bulk=(BulkAct("resend", mark("Send them again"), Act.RESEND_EMAILS),),
)

ACCESS_TABLE: Table[AccountEmail] = Table(
    name="e-mails-about-access",
    title=mark("E-mails about access"),
    address="console-account-emails",
    listing=ACCESS_EMAILS,
    columns=(
        Column(
            "to",
            mark("To"),
            lambda row: row.to,
            lambda row: reverse("console-account-email", args=[row.pk]),
        ),
        Column("about", mark("About"), lambda row: row.kind),
        Column("written", mark("Written (UTC)"), lambda row: row.written),
        Column("state", mark("State"), lambda row: row.state, is_state=True),
        Column("sent", mark("Sent (UTC)"), lambda row: row.sent, is_usual=False),
        Column("tries", mark("Tries"), lambda row: row.tries, is_number=True),
        Column("error", mark("Last error"), lambda row: row.error),
    ),
    empty=mark("None has been written that matches."),
)
