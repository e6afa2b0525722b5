"""Counting days: what happened on each day that is over, made once and kept.

A line of the journal counts on the day on which it was written, so that each counts once, however late
it was written. The first run looks through all that ever happened; later ones through what is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from connects.bootstrap.journals import journal
from connects.ledger.entries import CHARGES, Entry, EntryKind
from connects.market.books.models import CashMovement, DayFigures
from connects.market.books.reading import main_currency, transaction_of
from connects.market.books.snapshot import snapshot
from connects.market.proposals.models import Proposal
from connects.statements.books.chart import DEFERRED, EXPIRED, HELD, TRIMMED, Transaction
from connects.statements.books.money_lines import of_cash

KEPT_AT_FIRST = timedelta(days=60)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Sums:
    """What a day adds up to: `owed` is by how much more is owed at its end."""

    sold: int = 0
    spent: int = 0
    returned: int = 0
    expired: int = 0
    revenue: int = 0
    breakage: int = 0
    owed: int = 0

    def add_line(self, entry: Entry) -> None:
        """Count the Connects of a line of the journal."""
        if entry.kind is EntryKind.PURCHASE:
            self.sold += entry.credits - entry.debt_change
        elif entry.kind in CHARGES:
            self.spent -= entry.credits
        elif entry.kind is EntryKind.RETURN:
            self.returned += entry.credits - entry.debt_change
        elif entry.kind in (EntryKind.EXPIRE, EntryKind.FORFEIT):
            self.expired -= entry.credits

    def add_money(self, moved: Transaction, currency: str) -> None:
        """Count the money of a transaction, as far as it is in that currency."""
        for posting in moved.postings:
            if posting.commodity != currency:
                continue
            if posting.account.startswith("Income:"):
                self.revenue -= posting.units
            if posting.account in (EXPIRED, TRIMMED):
                self.breakage -= posting.units
            if posting.account in (DEFERRED, HELD):
                self.owed -= posting.units


def count_days(now: datetime) -> int:
    """Count the days that are over and were not counted yet; how many they were."""
    last = DayFigures.objects.order_by("-day").first()
    today = now.astimezone(UTC).date()
    first = today - KEPT_AT_FIRST if last is None else last.day + timedelta(days=1)
    if first >= today:
        return 0
    with snapshot():
        currency = main_currency()
        sums = _sums(_BEGINNING if last is None else _midnight(first), _midnight(today), currency)
        sent = _proposals(_midnight(first), _midnight(today))
    owed = (0 if last is None else last.liability_cents) + sum(
        each.owed for day, each in sums.items() if day < first
    )
    rows = []
    for number in range((today - first).days):
        day = first + timedelta(days=number)
        found = sums[day]
        owed += found.owed
        rows.append(_figures(day, found, sent.get(day, 0), owed, currency, now))
    DayFigures.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _figures(
    day: date, found: _Sums, proposals: int, owed: int, currency: str, now: datetime
) -> DayFigures:
    return DayFigures(
        day=day,
        proposals=proposals,
        sold=found.sold,
        spent=found.spent,
        returned=found.returned,
        expired=found.expired,
        revenue_cents=found.revenue,
        breakage_cents=found.breakage,
        liability_cents=owed,
        currency=currency,
        made=now,
    )


def _sums(since: datetime, until: datetime, currency: str) -> defaultdict[date, _Sums]:
    sums: defaultdict[date, _Sums] = defaultdict(_Sums)
    for record in journal().recorded(since, until):
        found = sums[record.recorded.date()]
        found.add_line(record.entry)
        found.add_money(transaction_of(record.entry), currency)
    for movement in _cash(since, until):
        sums[movement.at.date()].add_money(of_cash(movement.cash()), currency)
    return sums


def _cash(since: datetime, until: datetime) -> Iterator[CashMovement]:
    return CashMovement.objects.filter(at__gte=since, at__lt=until).iterator()


def _proposals(since: datetime, until: datetime) -> dict[date, int]:
    rows = Proposal.objects.filter(submitted__gte=since, submitted__lt=until)
    days = rows.annotate(day=TruncDate("submitted", tzinfo=UTC)).values_list("day")
    return dict(days.annotate(n=Count("pk")).order_by())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
