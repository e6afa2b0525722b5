"""Answers to a story's questions, in the words of the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from connects.bootstrap.journals import journal
from connects.journal.port import HistoryQuery, Record, Totals
from connects.journal.proof.verify import verify
from connects.ledger.entries import CHARGES, EntryKind
from connects.market.earnings.selectors import earnings_of
from connects.market.jobs.models import Job
from connects.market.jobs.prices import price_for
from connects.market.members.selectors import membership_of, rule_book_of
from connects.market.notices.models import Notice
from connects.market.people.models import Account
from connects.market.proposals.held import state_of_held
from connects.market.proposals.models import HeldProposal, Proposal, ProposalStatus
from connects.market.proposals.pipeline import state_of
from connects.market.proposals.selectors import jobs_by_reference
from connects.pricing.quote import Price
from connects.vocabulary.amounts import decimals_of

HISTORY_MOST = 10_000


def about_account(account: Account, asked: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """What is asked of an account."""
    answers: dict[str, Any] = {"policy": rule_book_of(account, at).name}
    if "notices" in asked:
        answers["notices"] = _new_notices(account, at)
    if account.kind == "client":
        return answers
    view = membership_of(account, at)
    totals = journal().totals(account.pk)
    answers.update(
        balance=view.balance,
        debt=view.debt,
        held=view.held,
        plan=view.party.plan,
        per_month=view.per_month,
        renews=view.subscription.renews,
        lots=[
            {"credits": lot.credits, "expires": lot.expires, "kind": lot.kind.value}
            for lot in view.lots
        ],
        spent=-_sum(totals, CHARGES),
        returned=_sum(totals, [EntryKind.RETURN]),
        expired=-_sum(totals, [EntryKind.EXPIRE]),
        forfeited=-_sum(totals, [EntryKind.FORFEIT]),
    )
    if "earnings" in asked or "reserve" in asked:
        money = earnings_of(account)
        answers["earnings"] = Decimal(money.cents) / 10 ** decimals_of(money.currency)
        answers["reserve"] = Decimal(money.kept_back_cents) / 10 ** decimals_of(money.currency)
    if "history" in asked:
        answers["history"] = _history(account)
    return answers


def _sum(totals: Mapping[EntryKind, Totals], kinds: Iterable[EntryKind]) -> int:
    """Credits that moved, with those that paid a debt on the way."""
    found = [totals[kind] for kind in kinds if kind in totals]
    return sum(total.credits - total.debt_change for total in found)


def _history(account: Account) -> list[dict[str, Any]]:
    records = journal().history(HistoryQuery(account.pk, HISTORY_MOST))
    jobs = jobs_by_reference({record.entry.reference for record in records})
    return [_line(record, jobs) for record in records]


def _line(record: Record, jobs: Mapping[str, Job]) -> dict[str, Any]:
    entry = record.entry
    line: dict[str, Any] = {
        "kind": entry.kind.value,
        "credits": entry.credits,
        "balance": entry.balance,
    }
    if entry.reference in jobs:
        line["job"] = jobs[entry.reference].title
    return line


def _new_notices(account: Account, at: datetime) -> list[str]:
    """The codes of the notices that came since the last such question, oldest first."""
    unread = Notice.objects.filter(account=account, read__isnull=True).order_by("id")
    codes = list(unread.values_list("code", flat=True))
    unread.update(read=at)
    return codes


def about_price(price: Price, currency: str) -> dict[str, Any]:
    return {
        "connects": price.connects,
        "band": price.band,
        "value": Decimal(price.value_cents) / 10 ** decimals_of(currency),
        "reasons": [reason.code for reason in price.reasons],
    }


def about_job(job: Job, at: datetime) -> dict[str, Any]:
    """What is asked of a job; its price is that of its client's rule book."""
    book = rule_book_of(job.client, at)
    price = price_for(job, book)
    return {
        "status": job.status,
        "proposals": job.proposal_count,
        "flags": job.flags.count(),
        **about_price(price, book.currency),
    }


def about_proposal(proposal: Proposal, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked of a proposal. Stories may call one whose Connects came back `returned`, too."""
    kept = proposal.status
    came_back = kept == ProposalStatus.RETURNED and asked.get("status") == kept
    return {
        "status": kept if came_back else state_of(proposal).value,
        "paid": proposal.paid,
        "returned": proposal.returned,
    }


def about_reservation(row: HeldProposal, at: datetime) -> dict[str, Any]:
    """The same of a proposal that is reserved only: nothing is paid yet."""
    return {"status": state_of_held(row, at).value, "paid": 0, "returned": 0}


def about_ledger() -> dict[str, Any]:
    """Whether every wallet agrees with its journal; else which do not, and why."""
    breaches = {proof.wallet: proof.breaches for proof in verify(journal()) if proof.breaches}
    return {"balanced": True} if not breaches else {"balanced": False, "breaches": breaches}
