"""Membership & Connects: the balance, its history, and buying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect

from connects.acts.credits.deliver_waiting import waiting_for
from connects.acts.money.move_earnings import keep_back
from connects.acts.money.withdraw_earnings import set_schedule
from connects.acts.proposals.limit_spending import in_open_and_used
from connects.acts.purchases.failed_renewal import gives_up
from connects.bootstrap.journals import journal
from connects.journal.port import Record
from connects.ledger.entries import EntryKind
from connects.market.earnings.models import Schedule
from connects.market.earnings.selectors import earnings_of
from connects.market.jobs.models import Job
from connects.market.members.selectors import (
    MembershipView,
    membership_of,
    terms_of,
    wallet_history,
)
from connects.market.people.models import Account
from connects.market.plans.selectors import awaits_answer
from connects.market.proposals.held import reservations_of
from connects.market.proposals.selectors import jobs_by_reference
from connects.market.proposals.statement import (
    LATELY_MONTHS,
    added_up,
    outcomes_by_month,
    whole_months,
)
from connects.market.purchases.selectors import top_up_of
from connects.market.rollout.selectors import coming_move
from connects.policy.terms import RuleBook
from connects.policy.worth import worth
from connects.statements.history_words import ENTRY_KINDS
from connects.statements.plan_costs import PACE_MONTHS, pace_of, plan_advice, plan_costs
from connects.statements.plan_words import fate_lines
from connects.statements.refusal_words import refusal_text
from connects.statements.upright_pairs import upright_pairs
from connects.vocabulary.amounts import Money, decimal_from_cents
from connects.vocabulary.csv_lines import csv_lines
from connects.vocabulary.moments import add_months
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.wording import dates
from connects.wording.messages import gettext as _

LINES = 25

CSV_COLUMNS = (
    "number",
    "at",
    "kind",
    "credits",
    "balance",
    "withheld",
    "reference",
    "rule_book",
    "what",
    "job",
    "worth_today",
    "currency",
)
CSV_BATCH = 500


@for_freelancers
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What the account holds, what expires when, and how it came to be."""
    return show_membership(request, viewer)


def show_membership(request: HttpRequest, viewer: Viewer, refusal: str = "") -> HttpResponseBase:
    """The page Membership & Connects, with what was wrong, if anything."""
    typed = Typed(request.GET)
    kind, number = typed.choice("kind"), typed.whole_number("before")
    kinds = (EntryKind(kind),) if kind in set(EntryKind) else ()
    older_than = None if isinstance(number, Refused) else number
    lines = wallet_history(viewer.account, LINES, older_than, kinds)
    coming = coming_move(viewer.account, viewer.now)
    membership = membership_of(viewer.account, viewer.now)
    terms = terms_of([viewer.account], viewer.now)[viewer.account.pk]
    waiting, used = in_open_and_used(viewer.account, viewer.now)
    context = {
        "membership": membership,
        "plan_price": _price_of_plan(membership),
        "awaits_answer": awaits_answer(membership.subscription),
        "plan_stays_until": gives_up(membership.subscription.renews, membership.book.payment),
        "in_open": waiting,
        "used": used,
        "reserved": reservations_of(viewer.account) if membership.held else (),
        "waiting": waiting_for(viewer.account.pk) if terms.waits else (),
        "coming": coming,
        "fate": fate_lines(coming.forecast, coming.after, coming.renews) if coming else (),
        "top_up": None if terms.top_up_below is None else top_up_of(viewer.account),
        "lines": lines,
        "jobs": _named_jobs(lines.records),
        "kind": kinds[0].value if kinds else "",
        "kinds": [(k.value, words) for k, words in ENTRY_KINDS.items()],
        "refusal": refusal,
        "is_first_page": older_than is None,
        **_lately(viewer.account, membership, viewer.now),
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/membership.html", context, status=status)


def _lately(account: Account, membership: MembershipView, now: datetime) -> dict[str, object]:
    """The last months in a chart and added up, and which plan their pace asks for."""
    months = outcomes_by_month(account, now, LATELY_MONTHS)
    lately = added_up(months)
    drawn = [month for month in months if add_months(month.since, 1) > account.registered]
    rows = [(dates.short_month_name(m.since), m.came_back, m.spent) for m in drawn]
    whole = whole_months(months, account.registered, PACE_MONTHS)
    pace = pace_of([month.kept for month in whole])
    costs = plan_costs(membership.book, membership.party.kind, pace)
    return {
        "months": drawn,
        "bars": upright_pairs(rows),
        "lately": lately,
        "covers": lately.covered_by(membership.balance),
        "advice": plan_advice(costs, membership.party.plan, pace),
        "whole_months": len(whole),
    }


def _price_of_plan(membership: MembershipView) -> Money | None:
    """What the plan costs a month; None where it is free."""
    kind, book = membership.party.kind, membership.book
    cents = book.plan(membership.party.plan).price(kind)
    return Money(cents, book.currency) if cents else None


def _named_jobs(records: Sequence[Record]) -> dict[int, Job]:
    """The jobs that lines are about, by the lines' numbers."""
    jobs = jobs_by_reference({record.entry.reference for record in records})
    return {
        record.entry.number: jobs[record.entry.reference]
        for record in records
        if record.entry.reference in jobs
    }


@for_freelancers
def history_csv(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The whole history, oldest first, streamed."""
    rows = _csv_rows(journal().records(viewer.account.pk), viewer.book)
    lines = csv_lines(CSV_COLUMNS, rows)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="connects-history.csv"'
    return response


def _csv_rows(records: Iterable[Record], book: RuleBook) -> Iterator[tuple[object, ...]]:
    """Lines with the jobs that they are about, a batch of them read at a time."""
    rest = iter(records)
    while some := tuple(islice(rest, CSV_BATCH)):
        jobs = _named_jobs(some)
        yield from (_csv_cells(record, jobs.get(record.entry.number), book) for record in some)


def _csv_cells(record: Record, job: Job | None, book: RuleBook) -> tuple[object, ...]:
    entry = record.entry
    money = worth(book, abs(entry.credits))
    return (
        entry.number,
        entry.effective.isoformat(timespec="seconds"),
        entry.kind.value,
        entry.credits,
        entry.balance,
        entry.withheld,
        entry.reference,
        entry.rule_book,
        ENTRY_KINDS[entry.kind],
        "" if job is None else job.title,
        "" if money is None else decimal_from_cents(money.cents, money.currency),
        "" if money is None else money.currency,
    )


@for_freelancers
def earnings(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """What was earned and not withdrawn, and how much of it stays for Connects."""
    if viewer.acting is None or not viewer.acting.may_buy:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _change_earnings(request, viewer.account, viewer.book.currency)
        if not isinstance(answer, Refused):
            messages.success(request, _("Your choice is saved."))
            return redirect("earnings")
        refusal = refusal_text(answer)
    context = {
        "earnings": earnings_of(viewer.account),
        "most": viewer.book.payment.earnings_kept_back,
        "schedules": Schedule.choices,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/earnings.html", context, status=status)


def _change_earnings(request: HttpRequest, account: Account, currency: str) -> object:
    typed = Typed(request.POST)
    if "schedule" in typed:
        return set_schedule(account, typed.choice("schedule"))
    cents = typed.cents("kept_back", currency)
    return cents if isinstance(cents, Refused) else keep_back(account, cents)
