"""The tables of a replay as queries, alike for both databases but for a few words.

An expression that can be null says what stands for it, unless it is an instant that PostgreSQL sends:
that is left out, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from connects.lab.kernel.columns import NEVER
from connects.lab.replay.reading.columns import ORIGINS, PROPOSED, REASONS, STATUSES, WORDS


class Words(NamedTuple):
    """What the databases say differently: a hash of a text, an instant, one that may be null."""

    hashed: str
    instant: str
    instant_or_never: str
    least: str


POSTGRESQL = Words("hashtext({})", "{}", "{}", "LEAST({}, {})")
SQLITE = Words(
    "connects_hash({})",
    "({} || '')",  # as text: the driver would make a datetime of a bare column
    "COALESCE({}, '')",
    "MIN(COALESCE({0}, {1}), COALESCE({1}, {0}))",
)


def _numbered(column: str, words: tuple[str, ...]) -> str:
    first = sorted(words, key=lambda word: word not in FREQUENT)
    cases = " ".join(f"WHEN '{word}' THEN {words.index(word)}" for word in first)
    return f"CASE {column} {cases} ELSE 0 END"


FREQUENT = ("spend", "return", "expire", "submitted", "closed")
"""Words that most rows say, and that are therefore asked for first."""
KINDS = WORDS["lines", "kind"]


def _origin() -> str:
    """Where the Connects of a line that issues some come from (`ORIGINS`)."""
    place = {name: number for number, name in enumerate(ORIGINS)}
    return (
        f"CASE WHEN key LIKE 'registration:%' THEN {place['registration']}"
        f" WHEN key LIKE 'deliver:%' THEN {place['purchase']}"
        f" WHEN key LIKE 'interview:%' THEN {place['interview']}"
        f" WHEN key LIKE 'drip:%' THEN {place['drip']}"
        f" WHEN kind = 'plan' AND (key LIKE 'cycle:%' OR key LIKE 'plan-payment:%')"
        f" THEN {place['cycle']} ELSE {place['other']} END"
    )


class Query(NamedTuple):
    """A table's columns, in their order, and what follows FROM."""

    select: str
    source: str


def queries(words: Words) -> dict[str, Query]:
    """For each table, how it is read."""
    null, at = words.instant_or_never.format, words.instant.format
    about = words.hashed.format("reference")
    is_agency, is_renewal = _flag("kind = 'agency'"), _flag("key LIKE 'cycle:%'")
    return {
        "books": Query("name || '@' || version, text", "members_rulebookedition"),
        "accounts": Query(
            f"id, {is_agency}, country, handle, {at('registered')}",
            "people_account WHERE kind <> 'client'",
        ),
        "clients": Query(
            f"id, {at('registered')}",
            "people_account a WHERE EXISTS (SELECT 1 FROM jobs_job j WHERE j.client_id = a.id)",
        ),
        "enrolments": Query(
            f"e.account_id, {at('e.effective')}, b.name || '@' || b.version",
            "members_enrolment e JOIN members_rulebookedition b ON b.id = e.edition_id",
        ),
        "subscriptions": Query(f"account_id, plan, {null('frozen')}", "plans_subscription"),
        "payments": Query(
            f"account_id, plan, {at('paid')}, {_flag('new_cycle')}, {is_renewal}",
            "plans_planpayment WHERE paid IS NOT NULL",
        ),
        "wallets": Query("id, balance, debt, held, last_entry", "journal_wallet"),
        "lines": Query(
            f"wallet, number, {_numbered('kind', KINDS)}, credits, balance, effective, {about}",
            "journal_entry",
        ),
        "issues": Query(
            f"wallet, number, {_or_none('lot_credits')}, {_or_none('lot_cost_cents')},"
            f" COALESCE(lot_expires, {NEVER}), withheld, {_origin()}",
            "journal_entry WHERE (lot_credits IS NOT NULL OR withheld > 0)",
        ),
        "debts": Query("wallet, number, debt_change", "journal_entry WHERE debt_change <> 0"),
        "draws": Query("wallet, number, draws", "journal_entry WHERE 1 = 1"),
        "posts": Query(_post(at, null), "jobs_job"),
        "proposals": Query(_proposal(words), "proposals_proposal"),
        "answers": Query(
            f"p.account_id, p.job_id, MIN({at('m.sent')})",
            "proposals_message m JOIN proposals_proposal p ON p.id = m.proposal_id"
            " WHERE NOT m.by_client GROUP BY p.account_id, p.job_id",
        ),
        "invitations": Query(f"account_id, job_id, {at('invited')}", "proposals_invitation"),
    }


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _or_none(column: str) -> str:
    return f"COALESCE({column}, 0)"


def _post(at: Callable[[str], str], null: Callable[[str], str]) -> str:
    columns = (
        "id",
        "revision",
        _numbered("status", STATUSES),
        _flag("close_reason = 'silent'"),
        _flag("close_reason = 'filled'"),
        _flag("client_payment_verified IS NULL OR client_payment_verified"),
        _flag("cloud_id IS NOT NULL"),
        _flag("takes_more"),
        at("posted"),
        null("ended"),
        at("client_active"),
    )
    return ", ".join(columns)


def _proposal(words: Words) -> str:
    null = words.instant_or_never.format
    columns = (
        "account_id",
        "job_id",
        "revision",
        _numbered("status", PROPOSED),
        "paid",
        "returned",
        _or_none("spend_entry"),
        words.instant.format("submitted"),
        null("opened"),
        null(words.least.format("shortlisted", "messaged")),
        null("messaged"),
        _numbered("return_reason", REASONS),
        null("last_return"),
    )
    return ", ".join(columns)
