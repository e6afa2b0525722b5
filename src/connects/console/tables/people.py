"""Accounts, corrections, API clients, and what staff did."""

from __future__ import annotations

from django.urls import reverse

from connects.console.tables.columns import BulkAct, Column, Table
from connects.console.tables.links import account_link, link_of
from connects.market.api_clients.lists import API_CLIENTS
from connects.market.api_clients.models import ApiClient
from connects.market.corrections.lists import CORRECTIONS
from connects.market.corrections.models import Correction
from connects.market.people.lists import ACCOUNTS, standing_of
from connects.market.people.models import Account
from connects.market.people.permissions import Act
from connects.market.trust.lists import AUDIT, acts_about
from connects.market.trust.models import StaffAct
from connects.statements.audit_words import act_words


def _addresses(account: Account) -> list[str]:
    return [each.user.email for each in account.people]  # type: ignore[attr-defined]


ACCOUNT_TABLE: Table[Account] = Table(
    name="accounts",
    title="Accounts",
    address="console-accounts",
    listing=ACCOUNTS,
    columns=(
        Column("name", "Name", lambda row: row.name, account_link),
        Column("handle", "Handle", lambda row: row.handle),
        Column("email", "E-mail", _addresses),
        Column("kind", "Kind", lambda row: row.kind),
        Column("country", "Country", lambda row: row.country),
        Column("standing", "Standing", standing_of, is_state=True),
        Column("registered", "Registered (UTC)", lambda row: row.registered),
        Column("limit", "Own limit", lambda row: row.spends_most, is_number=True, is_usual=False),
        Column("host_id", "Host's id", lambda row: row.external_id, is_usual=False),
    ),
    empty="No account matches. Names, handles and e-mail addresses are searched.",
    guarded={"email": Act.READ_PEOPLE},
    bulk=(
        BulkAct("grant", "Grant them Connects", Act.GRANT_CONNECTS),
        BulkAct("move", "Move them to other rules", Act.MOVE_ACCOUNTS),
    ),
)


def _correction(row: Correction) -> str:
    return reverse("console-correction", args=[row.pk])


CORRECTION_TABLE: Table[Correction] = Table(
    name="grants",
    title="Grants and corrections",
    address="console-corrections",
    listing=CORRECTIONS,
    columns=(
        Column("what", "What", lambda row: str(row.get_kind_display()).capitalize(), _correction),
        Column(
            "account", "Account", lambda row: row.account.name, lambda r: account_link(r.account)
        ),
        Column("connects", "Connects", lambda row: row.connects, is_number=True),
        Column("state", "State", lambda row: row.get_state_display(), is_state=True),
        Column("reason", "Why", lambda row: row.reason),
        Column("by", "By", lambda row: row.by.name if row.by else "the marketplace"),
        Column("second", "Second", lambda row: row.second.name if row.second else None),
        Column("made", "Made (UTC)", lambda row: row.made),
        Column("starts", "Begins (UTC)", lambda row: row.starts, is_usual=False),
        Column("handle", "Handle", lambda row: row.account.handle, is_usual=False),
        Column("host_id", "Host's id", lambda row: row.external_id, is_usual=False),
    ),
    empty="No grant or correction matches.",
)

CLIENT_TABLE: Table[ApiClient] = Table(
    name="api-clients",
    title="API clients",
    address="console-api-clients",
    listing=API_CLIENTS,
    columns=(
        Column("name", "Name", lambda row: row.name),
        Column("scopes", "Scopes", lambda row: row.scopes),
        Column("networks", "From", lambda row: row.networks),
        Column("rate", "Calls a second", lambda row: row.calls_a_second, is_number=True),
        Column("made", "Made (UTC)", lambda row: row.made),
        Column("revoked", "Revoked (UTC)", lambda row: row.revoked),
    ),
    empty="No client matches.",
)


def _who(row: StaffAct) -> str:
    return row.user.name if row.user else row.role


AUDIT_TABLE: Table[StaffAct] = Table(
    name="activity",
    title="Activity log",
    address="console-audit",
    listing=AUDIT,
    columns=(
        Column("done", "When (UTC)", lambda row: row.done),
        Column("who", "Who", _who),
        Column("what", "What", lambda row: act_words(row.act)),
        Column("about", "To what", lambda row: row.subject, lambda row: link_of(row.subject)),
        Column("reason", "Why", lambda row: row.reason),
        Column("role", "Role", lambda row: row.role, is_usual=False),
        Column("act", "Act", lambda row: row.act, is_usual=False),
    ),
    empty="Nobody on the staff did such a thing.",
)


def acts_table(account: Account) -> Table[StaffAct]:
    """What staff did to one account."""
    return Table(
        name=f"acts-{account.handle}",
        title=f"What staff did to {account.name}",
        address="console-account-acts",
        listing=acts_about(f"account:{account.handle}"),
        columns=tuple(column for column in AUDIT_TABLE.columns if column.name != "about"),
        empty="Nobody on the staff changed anything here.",
        about=(account.handle,),
    )
