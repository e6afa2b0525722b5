"""Reconciling: a day's movements at each provider, held against ours.

Days end at midnight UTC on both sides, and what a provider takes seconds before may be noted here seconds
after, so lines are paired over the days around the one that is asked for. Payouts and the provider's own
fees are not known here before: they are noted from its list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.billing.port import BalanceTransaction, PaymentProvider
from connects.bootstrap.providers import providers
from connects.market.books.models import CashMovement, Reconciliation
from connects.statements.books.cash import Against, CashKind
from connects.statements.books.matching import Line, Matched, differences, matched
from connects.vocabulary.amounts import Money
from connects.vocabulary.events import Event

AROUND = timedelta(days=1)
OWN_LINES = ("payout", "fee")

_THEIR_KINDS = {
    CashKind.PAYMENT: "payment",
    CashKind.REFUND: "refund",
    CashKind.REFUND_BACK: "refund",
    CashKind.CHARGEBACK: "dispute",
    CashKind.DISPUTE_WON: "dispute-reversal",
    CashKind.PAYOUT: "payout",
    CashKind.FEE: "fee",
}


def yesterday(now: datetime) -> date:
    """The last day that is over, in UTC."""
    return (now - timedelta(days=1)).date()


def reconcile_day(day: date, now: datetime) -> Iterator[Reconciliation]:
    """Hold the day against every provider's list, and keep what was found in place of an earlier find.

    Raises ConnectionError where a provider cannot be asked.
    """
    for provider in providers():
        yield _reconcile(provider, day, now)


def _reconcile(provider: PaymentProvider, day: date, now: datetime) -> Reconciliation:
    begins = datetime.combine(day, time(), UTC)
    since, until = begins - AROUND, begins + 2 * AROUND
    listed = list(provider.transactions(since, until))
    with transaction.atomic():
        _note_own_lines(provider.name, listed)
        rows = CashMovement.objects.filter(provider=provider.name, at__gte=since, at__lt=until)
        ours = {str(row.pk): row for row in rows}
        pairs = list(matched(map(_theirs, listed), (_ours(row) for row in ours.values())))
        _note_fees(pairs, ours)
        found = [difference.words() for difference in differences(pairs, day)]
        report, _ = Reconciliation.objects.update_or_create(
            provider=provider.name,
            day=day,
            defaults={
                "movements": sum(line.happened.date() == day for line in listed),
                "differences": found,
                "made": now,
            },
        )
        if found:
            put_in_outbox([_differs(report)], now)
        return report


def _differs(report: Reconciliation) -> Event:
    """The same differences, found again, are told once."""
    digest = hashlib.sha256("\n".join(report.differences).encode()).hexdigest()[:16]
    return Event(
        f"reconciliation-differs:{report.provider}:{report.day}:{digest}",
        None,
        "reconciliation.differs",
        {
            "provider": report.provider,
            "day": report.day.isoformat(),
            "differences": len(report.differences),
        },
    )


def _note_own_lines(provider: str, listed: Iterable[BalanceTransaction]) -> None:
    """Book payouts and fees that started at the provider, each once."""
    known = set(
        CashMovement.objects.filter(
            provider=provider, kind__in=(CashKind.PAYOUT, CashKind.FEE)
        ).values_list("provider_reference", flat=True)
    )
    CashMovement.objects.bulk_create(
        CashMovement(
            at=line.happened,
            kind=line.kind,
            against=Against.NOTHING,
            reference=line.id,
            provider=provider,
            provider_reference=line.id,
            cents=line.amount.cents,
            fee_cents=line.fee,
            currency=line.amount.currency,
        )
        for line in listed
        if line.kind in OWN_LINES and line.id not in known
    )


def _note_fees(pairs: Iterable[Matched], ours: dict[str, CashMovement]) -> None:
    """Record the provider's fees that were not known when the money moved."""
    learned = []
    for pair in pairs:
        if pair.theirs and pair.ours and pair.ours.fee is None:
            row = ours[pair.ours.id]
            row.fee_cents = pair.theirs.fee
            learned.append(row)
    CashMovement.objects.bulk_update(learned, ["fee_cents"], batch_size=200)


def _theirs(line: BalanceTransaction) -> Line:
    payment = line.id if line.kind in OWN_LINES else line.payment
    return Line(line.id, line.kind, payment, line.amount, line.fee, line.happened)


def _ours(row: CashMovement) -> Line:
    kind = _THEIR_KINDS[CashKind(row.kind)]
    amount = Money(row.cents, row.currency)
    return Line(str(row.pk), kind, row.provider_reference, amount, row.fee_cents, row.at)
