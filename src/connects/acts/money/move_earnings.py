"""Move earnings: they arrive, pay for Connects, are withdrawn, come back. Each movement is made once.

A marketplace that keeps its members' earnings in another system calls these when money arrives there.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.billing.port import Answer, Charge, DeclineCause, Declined, Paid
from connects.bootstrap.clock import now as clock_now
from connects.market.earnings.models import EarningsBalance, EarningsMovement
from connects.market.members.selectors import rule_book_of, rule_books_of
from connects.market.people.models import Account
from connects.vocabulary.amounts import LARGEST_CENTS, Cents, Money
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter, Refused, invalid, not_allowed


def currency_of(account: int) -> str:
    """The currency of the account's wallet, in which it earns and pays."""
    return rule_books_of([account], clock_now())[account].currency


def credit(account: Account, cents: Cents, key: str) -> EarningsBalance | Refused:
    """Money arrives. The same key again is the same money. Refused with `invalid` or `not_allowed`."""
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    if not 0 < cents <= LARGEST_CENTS:
        return invalid(Problem.NOT_POSITIVE, field="amount")
    with transaction.atomic():
        return _move(locked_earnings(account.pk), cents, key, "earned", clock_now())


def keep_back(account: Account, cents: Cents) -> EarningsBalance | Refused:
    """Choose how much automatic withdrawals leave behind (payment clause). Refused with `invalid`."""
    book = rule_book_of(account, clock_now())
    most = book.payment.earnings_kept_back
    if not 0 <= cents <= most:
        at_most = str(Money(most, book.currency))
        return invalid(Problem.TOO_LARGE, field="reserve", most_cents=most, at_most=at_most)
    with transaction.atomic():
        row = locked_earnings(account.pk)
        row.kept_back_cents = cents
        row.save(update_fields=["kept_back_cents"])
        return row


def withdraw(account: Account, key: str, cents: Cents | None = None) -> EarningsBalance | Refused:
    """An automatic withdrawal: all but what is kept back, or `cents` of it.

    Refused with `invalid` where more is asked for than may leave.
    """
    with transaction.atomic():
        row = locked_earnings(account.pk)
        may_leave = max(row.cents - row.kept_back_cents, 0)
        leaves = may_leave if cents is None else cents
        if not 0 <= leaves <= may_leave:
            return invalid(Problem.TOO_LARGE, field="amount")
        return _move(row, -leaves, key, "withdrawn", clock_now()) if leaves else row


def move_out(row: EarningsBalance, key: str, at: datetime) -> None:
    """Withdraw everything but what is kept back from a locked balance, and tell its owner."""
    cents = max(row.cents - row.kept_back_cents, 0)
    if not cents:
        return
    _move(row, -cents, key, "withdrawn", at)
    told: dict[str, Parameter] = {
        "cents": cents,
        "kept_cents": row.cents,
        "currency": row.currency,
    }
    put_in_outbox(
        [Event(f"{key}:{row.account_id}", row.account_id, "earnings-withdrawn", told)],
        at,
    )


def paid_from_earnings(account: int, charge: Charge) -> Paid | None:
    """The charge, if it was paid before."""
    rows = EarningsMovement.objects.filter(account_id=account, key=f"charge:{charge.key}")
    return Paid(f"earnings_{charge.key}", charge.amount, fee=0) if rows.exists() else None


def pay_from_earnings(account: int, charge: Charge) -> Answer:
    """Pay with earnings of the price's currency, only where they cover all of it; once a charge."""
    with transaction.atomic():
        row = locked_earnings(account)
        key = f"charge:{charge.key}"
        paid = paid_from_earnings(account, charge)
        if paid is not None:
            return paid
        if row.currency != charge.amount.currency:
            return Declined(DeclineCause.OTHER_CURRENCY)
        if row.cents < charge.amount.cents:
            return Declined(DeclineCause.EARNINGS_TOO_LOW)
        _move(row, -charge.amount.cents, key, "paid", clock_now())
        return Paid(f"earnings_{charge.key}", charge.amount, fee=0)


def give_back(account: int, cents: Cents, key: str) -> None:
    """Money that was paid from earnings goes back to them. Runs in the caller's transaction."""
    _move(locked_earnings(account), cents, key, "refunded", clock_now())


def locked_earnings(account: int) -> EarningsBalance:
    """The account's earnings, locked for the transaction; nothing, where nothing has arrived yet."""
    rows = EarningsBalance.objects.select_for_update(of=("self",))
    held = rows.filter(account_id=account).first()
    if held is None:
        EarningsBalance.objects.get_or_create(
            account_id=account, defaults={"currency": currency_of(account)}
        )
        held = rows.get(account_id=account)
    return held


def _move(
    row: EarningsBalance, cents: Cents, key: str, what: str, now: datetime
) -> EarningsBalance:
    if EarningsMovement.objects.filter(account_id=row.account_id, key=key).exists():
        return row
    row.cents += cents
    row.save(update_fields=["cents"])
    EarningsMovement.objects.create(
        account_id=row.account_id,
        key=key,
        currency=row.currency,
        cents=cents,
        balance_cents=row.cents,
        what=what,
        happened=now,
    )
    return row
