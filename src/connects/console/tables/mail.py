"""E-mails: of notices, and about access."""

from __future__ import annotations

from django.urls import reverse

from connects.console.tables.columns import BulkAct, Column, Table
from connects.console.tables.links import account_link
from connects.market.notices.lists import ACCESS_EMAILS, EMAILS
from connects.market.notices.models import AccountEmail, Letter
from connects.market.people.permissions import Act
from connects.statements.notices.table import notice_subject


def _about(row: Letter) -> str:
    return notice_subject(row.event.code, row.event.parameters)


EMAIL_TABLE: Table[Letter] = Table(
    name="e-mails",
    title="E-mails",
    address="console-letters",
    listing=EMAILS,
    columns=(
        Column(
            "to",
            "To",
            lambda row: row.user.email,
            lambda row: reverse("console-letter", args=[row.pk]),
        ),
        Column(
            "account",
            "Account",
            lambda row: row.account.name,
            lambda row: account_link(row.account),
        ),
        Column("about", "About", _about),
        Column("state", "State", lambda row: row.state, is_state=True),
        Column("happened", "Happened (UTC)", lambda row: row.event.happened),
        Column("sent", "Sent (UTC)", lambda row: row.sent),
        Column("tries", "Tries", lambda row: row.tries, is_number=True),
        Column("error", "Last error", lambda row: row.error),
        Column("notice", "Notice", lambda row: row.event.code, is_usual=False),
        Column("next", "Next try (UTC)", lambda row: row.next_try, is_usual=False),
    ),
    empty="No e-mail matches.",
    bulk=(BulkAct("resend", "Send them again", Act.RESEND_EMAILS),),
)

ACCESS_TABLE: Table[AccountEmail] = Table(
    name="e-mails-about-access",
    title="E-mails about access",
    address="console-account-emails",
    listing=ACCESS_EMAILS,
    columns=(
        Column(
            "to",
            "To",
            lambda row: row.to,
            lambda row: reverse("console-account-email", args=[row.pk]),
        ),
        Column("about", "About", lambda row: row.kind),
        Column("written", "Written (UTC)", lambda row: row.written),
        Column("state", "State", lambda row: row.state, is_state=True),
        Column("sent", "Sent (UTC)", lambda row: row.sent, is_usual=False),
        Column("tries", "Tries", lambda row: row.tries, is_number=True),
        Column("error", "Last error", lambda row: row.error),
    ),
    empty="None has been written that matches.",
)
