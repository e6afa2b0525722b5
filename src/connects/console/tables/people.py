"""Accounts, corrections, API clients, and what staff did."""

from __future__ import annotations

from django.urls import reverse

from connects.console.tables.columns import BulkAct, Column, Table
from connects.console.tables.links import account_link, link_of
from connects.market.api_clients.lists import API_CLIENTS
from connects.market.api_clients.models import ApiClient
from connects.market.corrections.lists import CORRECTIONS
from connects.market.corrections.models import Correction
from connects.market.desk.subjects import NamedAct, with_names
from connects.market.people.lists import ACCOUNTS, standing_of
from connects.market.people.models import Account
from connects.market.people.permissions import Act
from connects.market.trust.lists import AUDIT, acts_about
from connects.market.trust.models import StaffAct
from connects.statements.audit_words import act_words, amount_words, reason_words
from connects.statements.party_words import party_words
from connects.vocabulary.countries import country_name
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


def _addresses(account: Account) -> list[str]:
    return [each.user.email for each in account.people]  # type: ignore[attr-defined]


ACCOUNT_TABLE: Table[Account] = Table(
    name="accounts",
    title=mark("Accounts"),
    address="console-accounts",
    listing=ACCOUNTS,
    columns=(
        Column("name", mark("Name"), lambda row: row.name, account_link),
        Column("handle", mark("Handle"), lambda row: row.handle),
        Column("email", mark("E-mail"), _addresses),
        Column("kind", mark("Kind"), lambda row: party_words(row.kind)),
        Column("country", mark("Country"), lambda row: country_name(row.country)),
        Column("standing", mark("Standing"), standing_of, is_state=True),
        Column("registered", mark("Registered (UTC)"), lambda row: row.registered),
        Column(
            "limit", mark("Own limit"), lambda row: row.spends_most, is_number=True, is_usual=False
        ),
        Column("host_id", mark("Host's id"), lambda row: row.external_id, is_usual=False),
    ),
    empty=mark("No account matches. Names, handles and e-mail addresses are searched."),
    guarded={"email": Act.READ_PEOPLE},
    bulk=(
        BulkAct("grant", mark("Grant them Connects"), Act.GRANT_CONNECTS),
        BulkAct("move", mark("Move them to other rules"), Act.MOVE_ACCOUNTS),
    ),
)


def _correction(row: Correction) -> str:
    return reverse("console-correction", args=[row.pk])


CORRECTION_TABLE: Table[Correction] = Table(
    name="grants",
    title=mark("Grants and corrections"),
    address="console-corrections",
    listing=CORRECTIONS,
    columns=(
        Column(
            "what",
            mark("What"),
            lambda row: _(str(row.get_kind_display()).capitalize()),
            _correction,
        ),
        Column(
            "account",
            mark("Account"),
            lambda row: row.account.name,
            lambda r: account_link(r.account),
        ),
        Column("connects", mark("Connects"), lambda row: row.connects, is_number=True),
        Column("state", mark("State"), lambda row: row.get_state_display(), is_state=True),
        Column("reason", mark("Why"), lambda row: row.reason),
        Column("by", mark("By"), lambda row: row.by.name if row.by else _("the marketplace")),
        Column("second", mark("Second"), lambda row: row.second.name if row.second else None),
        Column("made", mark("Made (UTC)"), lambda row: row.made),
        Column("starts", mark("Begins (UTC)"), lambda row: row.starts, is_usual=False),
        Column("handle", mark("Handle"), lambda row: row.account.handle, is_usual=False),
        Column("host_id", mark("Host's id"), lambda row: row.external_id, is_usual=False),
    ),
    empty=mark("No grant or correction matches."),
)

CLIENT_TABLE: Table[ApiClient] = Table(
    name="api-clients",
    title=mark("API clients"),
    address="console-api-clients",
    listing=API_CLIENTS,
    columns=(
        Column("name", mark("Name"), lambda row: row.name),
        Column("scopes", mark("Scopes"), lambda row: row.scopes),
        Column("networks", mark("From"), lambda row: row.networks),
        Column("rate", mark("Calls a second"), lambda row: row.calls_a_second, is_number=True),
        Column("made", mark("Made (UTC)"), lambda row: row.made),
        Column("revoked", mark("Revoked (UTC)"), lambda row: row.revoked),
    ),
    empty=mark("No client matches."),
)


def _who(row: StaffAct) -> str:
    return row.user.name if row.user else party_words(row.role)


AUDIT_TABLE: Table[NamedAct] = Table(
    name="activity",
    title=mark("Activity log"),
    address="console-audit",
    listing=AUDIT,
    dress=with_names,
    columns=(
        Column("done", mark("When (UTC)"), lambda each: each.row.done),
        Column("who", mark("Who"), lambda each: _who(each.row)),
        Column("what", mark("What"), lambda each: act_words(each.row.act)),
        Column(
            "about",
            mark("To what"),
            lambda each: each.about,
            lambda each: link_of(each.row.subject),
        ),
        Column("amount", mark("How much"), lambda each: amount_words(each.row.parameters)),
        Column("reason", mark("Why"), lambda each: reason_words(each.row.role, each.row.reason)),
        Column("role", mark("Role"), lambda each: party_words(each.row.role), is_usual=False),
        Column("act", mark("Act"), lambda each: each.row.act, is_usual=False),
        Column("subject", mark("Its id"), lambda each: each.row.subject, is_usual=False),
    ),
    empty=mark("Nobody on the staff did such a thing."),
)


def acts_table(account: Account) -> Table[NamedAct]:
    """What staff did to one account."""
    return Table(
        name=f"acts-{account.handle}",
        title=_("What staff did to {name}", name=account.name),
        address="console-account-acts",
        listing=acts_about(f"account:{account.handle}"),
        dress=with_names,
        columns=tuple(c for c in AUDIT_TABLE.columns if c.name not in ("about", "subject")),
        empty=mark("Nobody on the staff changed anything here."),
        about=(account.handle,),
    )
