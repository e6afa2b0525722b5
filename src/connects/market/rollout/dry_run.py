"""Dry run: what a rollout would do to every account, over the live data, before anyone is told.

Nothing is written but the report. It is made in one pass over the wallets, in pages; all other facts
(cycles, badges, and for the CSV what proposals would have cost) are read beforehand with one query each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice

from connects.bootstrap.journals import journal
from connects.market.grants.models import Badge
from connects.market.members.editions import book_of
from connects.market.members.models import Enrolment
from connects.market.members.selectors import carried_over, chains_of
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.market.rollout.candidates import CHUNK, candidates_under
from connects.market.rollout.cohorts import Assignment, Candidate
from connects.market.rollout.models import Cohort, Rollout
from connects.market.rollout.replays import Cost, costs_of
from connects.statements.move_forecast import MoveForecast, Mover, forecast_move
from connects.vocabulary.parties import AccountKind


@dataclass(slots=True)
class CohortReport:
    """What a rollout would do to one cohort; Connects in all, of its accounts with a wallet.

    Who the cohort is stands in its row, and is put into words when the report is read.
    """

    number: int
    effective: str
    accounts: int = 0
    wallets: int = 0
    held: int = 0
    lost: int = 0
    losers: int = 0
    granted: int = 0
    per_month_before: int = 0
    per_month_after: int = 0


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account of the report, as the CSV has it."""

    handle: str
    cohort: int
    forecast: MoveForecast
    cost: Cost


@dataclass(slots=True)
class DryRun:
    """The report. What proposals would have cost is replayed apart from it (`rollout.replays`)."""

    made: str
    stays: int = 0
    cohorts: list[CohortReport] = field(default_factory=list)


def dry_run(rollout: Rollout, now: datetime) -> DryRun:
    """Make the report, and keep it with the rollout."""
    cohorts = list(rollout.cohorts.order_by("number"))
    reports = {cohort.number: _empty(cohort) for cohort in cohorts}
    report = DryRun(made=now.isoformat(), cohorts=list(reports.values()))
    for cohort, line in _lines(rollout, cohorts, {}, now):
        if cohort is None:
            report.stays += 1
            continue
        _count(reports[cohort.number], line)
    Rollout.objects.filter(pk=rollout.pk).update(dry_run=asdict(report))
    return report


def account_lines(rollout: Rollout, now: datetime) -> Iterator[AccountLine]:
    """Every account with a wallet that the rollout would move, for the CSV."""
    cohorts = list(rollout.cohorts.order_by("number"))
    for _, line in _lines(rollout, cohorts, costs_of(rollout), now):
        if line is not None:
            yield line


def _empty(cohort: Cohort) -> CohortReport:
    return CohortReport(cohort.number, cohort.effective.isoformat())


def _count(report: CohortReport, line: AccountLine | None) -> None:
    report.accounts += 1
    if line is None:
        return
    forecast = line.forecast
    report.wallets += 1
    report.held += forecast.held
    report.lost += forecast.lost
    report.losers += 1 if forecast.lost else 0
    report.granted += forecast.granted
    report.per_month_before += forecast.per_month_before
    report.per_month_after += forecast.per_month_after


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of all accounts, read once."""

    kinds: dict[int, str]
    cycles: dict[int, tuple[str, datetime]]
    badges: dict[int, frozenset[str]]
    moved_before: frozenset[int]


def _facts(now: datetime) -> _Facts:
    badges: dict[int, set[str]] = defaultdict(set)
    for account, name in Badge.objects.filter(lost__isnull=True).values_list("account_id", "name"):
        badges[account].add(name)
    cycles = Subscription.objects.values_list("account_id", "plan", "renews")
    once: set[int] = set()
    twice: set[int] = set()
    enrolled = Enrolment.objects.filter(effective__lte=now).values_list("account_id", flat=True)
    for account in enrolled.iterator(CHUNK):
        (twice if account in once else once).add(account)
    return _Facts(
        kinds=dict(Account.objects.values_list("id", "kind").iterator(CHUNK)),
        cycles={account: (plan, renews) for account, plan, renews in cycles.iterator(CHUNK)},
        badges={account: frozenset(names) for account, names in badges.items()},
        moved_before=frozenset(twice),
    )


def _lines(
    rollout: Rollout, cohorts: list[Cohort], costs: Mapping[int, Cost], now: datetime
) -> Iterator[tuple[Cohort | None, AccountLine | None]]:
    facts = _facts(now)
    assignment = Assignment(rollout.public_id, cohorts)
    candidates = candidates_under(rollout.before, now)
    while page := list(islice(candidates, CHUNK)):
        wallets = journal().read([candidate.id for candidate in page])
        chains = chains_of(facts.moved_before.intersection(c.id for c in page), now)
        for candidate in page:
            cohort = assignment.cohort_of(candidate)
            stored = wallets.get(candidate.id)
            if cohort is None or stored is None:
                yield cohort, None
                continue
            kind = AccountKind(facts.kinds[candidate.id])
            plan, renews = facts.cycles[candidate.id]
            chain = chains.get(candidate.id, ())
            mover = Mover(
                wallet=stored.wallet,
                kind=kind,
                plan=plan,
                renews=renews,
                badges=facts.badges.get(candidate.id, frozenset()),
                carried=carried_over(chain, kind, plan),
            )
            cost = costs.get(candidate.id) or Cost()
            yield cohort, _line(rollout, cohort, candidate, mover, cost)


def _line(
    rollout: Rollout, cohort: Cohort, candidate: Candidate, mover: Mover, cost: Cost
) -> AccountLine:
    before, after = book_of(rollout.before), book_of(rollout.after)
    had = frozenset(grant.name for grant in before.grants.badges)
    forecast = forecast_move(mover, before, after, cohort.effective, had)
    return AccountLine(candidate.handle, cohort.number, forecast, cost)
