"""Renew plans: when a cycle ends the next one begins, for every account that is due, in batches.

Money moves between two transactions. The first only records what to charge. The charge carries the
cycle's name, so a renewal that was interrupted is charged once, however often it is continued. The last
transaction begins the cycles; those that another process has begun are no longer due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from connects.acts.memberships.cycle_event import cycle_event
from connects.acts.memberships.hold_rest import hold_rest_for_room
from connects.acts.memberships.leave import want_no_longer
from connects.acts.memberships.next_cycle import lots_begun, move_on
from connects.acts.money.charge_automatically import (
    book_charges,
    book_unwanted,
    charge_automatically,
)
from connects.acts.money.settle import POLL_EVERY_AT_MOST
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.purchases.failed_renewal import ended, failed, gives_up, next_try_after
from connects.bootstrap.journals import journal
from connects.market.members.selectors import Chain, carried_over, chains_of, party_under
from connects.market.payments.care import key_of_cycle
from connects.market.payments.methods import automatic_methods
from connects.market.payments.models import FIRST_POLL_AFTER, PaymentMethod, PaymentStatus
from connects.market.payments.taxes import taxes_for
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.plans.rows import (
    SubscriptionRow,
    lock_each,
    lock_free,
    save_dates,
    save_subscriptions,
)
from connects.movements.begin_cycles import CycleStart, begin_cycles, forfeited
from connects.policy.terms import Payment, Plan
from connects.pricing.tax import Tax
from connects.vocabulary.amounts import Cents
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class _Due:
    """A subscription whose cycle has ended, or whose payment is to be retried at `at`.

    `lapses`: its member is suspended, so that the plan is not paid for any more.
    """

    subscription: SubscriptionRow
    chain: Chain
    at: datetime
    lapses: bool = False

    @property
    def kind(self) -> AccountKind:
        return self.subscription.kind

    @property
    def plan(self) -> Plan:
        """The plan that the new cycle is to be on, under the rule book that holds when it begins."""
        if self.lapses:
            return self.default_plan
        row = self.subscription
        return self.chain[-1].book.plan_or_default(row.next_plan or row.plan)

    @property
    def default_plan(self) -> Plan:
        """The plan of who has not paid for another."""
        return self.chain[-1].book.plan(self.chain[-1].book.default_plan)

    @property
    def terms(self) -> Payment:
        """What the rule book says of payments that fail."""
        return self.chain[-1].book.payment

    @property
    def price(self) -> Cents:
        """The price of the new cycle for this kind of account."""
        return self.plan.price(self.kind)

    @property
    def cycle(self) -> datetime:
        return self.subscription.renews

    @property
    def payment_key(self) -> str:
        return key_of_cycle(self.cycle, self.subscription.tries)

    @property
    def is_plain(self) -> bool:
        """Whether the next cycle is like this one: the same plan, and no payment that had failed."""
        row = self.subscription
        return not row.next_plan and not row.tries and self.plan.name == row.plan

    def start(self, plan: Plan, cost_cents: int) -> CycleStart:
        ended = self.subscription.plan
        party = party_under(self.chain[-1].book, self.subscription.account, self.kind, plan.name)
        return CycleStart(
            party=party,
            ended_plan=ended,
            begins=self.cycle,
            effective=self.at,
            connects=plan.monthly_connects(self.kind),
            cost_cents=cost_cents,
            carried=carried_over(self.chain, self.kind, ended),
        )


def next_due(until: datetime) -> datetime | None:
    """The instant of the first renewal that is due by `until`."""
    rows = Subscription.objects.filter(
        renews__lte=until, next_try__isnull=True, frozen__isnull=True
    )
    return rows.order_by("renews").values_list("renews", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Begin a batch of the cycles that are due by `until`."""
    rows = Subscription.objects.filter(
        renews__lte=until, next_try__isnull=True, frozen__isnull=True
    )
    renew_batch(rows.order_by("renews")[:BATCH], now)


def catch_up(account: int, now: datetime) -> None:
    """Begin the account's month now if it is due: a member who left need not wait for the worker."""
    rows = Subscription.objects.filter(account_id=account, frozen__isnull=True)
    renew_batch(rows.filter(Q(next_try__lte=now) | Q(next_try__isnull=True, renews__lte=now)), now)


def renew_batch(rows: QuerySet[Subscription], now: datetime) -> None:
    """Begin what is due of these subscriptions, and take what it costs between two transactions."""
    with transaction.atomic():
        dues = _dues(lock_free(rows))
        orders = _orders(dues, now)
        if not orders:
            _settle(dues, {}, now)
            return
    books = {due.subscription.account: due.chain[-1].book for due in dues}
    charge_automatically(orders, books, now)
    looked_at = {(due.subscription.account, due.payment_key) for due in dues}
    accounts = [due.subscription.account for due in dues]
    with transaction.atomic():
        again = _dues(lock_each(Subscription.objects.filter(account_id__in=accounts)))
        # What somebody else has settled while the money moved is no longer due, or due otherwise; of who
        # left in the meantime, the money that was taken all the same goes back. Who is being worked on is
        # waited for: they have not left.
        same = [d for d in again if (d.subscription.account, d.payment_key) in looked_at]
        staying = {d.subscription.account for d in same if d.price}
        _settle([d for d in same if d.subscription.account in staying], orders, now)
    for account, order in orders.items():
        if account not in staying:
            book_unwanted(order, now)


def _dues(held: Sequence[SubscriptionRow]) -> list[_Due]:
    """The due work of these subscriptions, each at its own instant, under the rules that apply then."""
    if not held:
        return []
    instants = [row.next_try or row.renews for row in held]
    chains = chains_of((row.account for row in held), max(instants))
    dues = []
    for row, at in zip(held, instants, strict=True):
        chain = chains[row.account]
        if chain[-1].since > at:
            chain = tuple(link for link in chain if link.since <= at)
        dues.append(_Due(row, chain, at))
    return _lapsing(dues)


def _lapsing(dues: Sequence[_Due]) -> list[_Due]:
    """The same, with those marked whose members are suspended. Only who would pay is asked about."""
    priced = [due.subscription.account for due in dues if due.price]
    rows = Account.objects.filter(pk__in=priced, suspended__isnull=False) if priced else ()
    suspended = {row.pk for row in rows}
    return [replace(due, lapses=due.subscription.account in suspended) for due in dues]


def _orders(dues: Sequence[_Due], now: datetime) -> dict[int, PlanPayment]:
    """The payments that these renewals need, by account: noted before, or noted now."""
    priced = {due.subscription.account: due for due in dues if due.price}
    if not priced:
        return {}
    methods = automatic_methods({pk: due.chain[-1].book for pk, due in priced.items()})
    taxes = taxes_for({pk: due.price for pk, due in priced.items()}, now)
    rows = [_create_order(due, methods[pk], taxes[pk], now) for pk, due in priced.items()]
    PlanPayment.objects.bulk_create(rows, ignore_conflicts=True)
    keys = {(pk, due.payment_key) for pk, due in priced.items()}
    noted = PlanPayment.objects.filter(
        account_id__in=list(priced), key__in={due.payment_key for due in priced.values()}
    )
    return {row.account_id: row for row in noted if (row.account_id, row.key) in keys}


def _create_order(
    due: _Due, methods: Sequence[PaymentMethod], tax: Tax, now: datetime
) -> PlanPayment:
    """The payment to request with the first method. Only the renewal itself continues it."""
    order = PlanPayment(
        account_id=due.subscription.account,
        key=due.payment_key,
        plan=due.plan.name,
        title=due.plan.title,
        connects=due.plan.monthly_connects(due.kind),
        new_cycle=True,
        price_cents=due.price,
        currency=due.chain[-1].book.currency,
        rule_book=due.chain[-1].book.label,
        payer_present=False,
        ordered=due.at,
    )
    order.begin(methods[0] if methods else PaymentMethod(), tax, now)
    order.look_again = None
    return order


def _settle(dues: Sequence[_Due], payments: dict[int, PlanPayment], now: datetime) -> None:
    """Begin the cycles that are paid or free; of the others, what the rule book says."""
    plain: list[_Due] = []
    special: list[_Due] = []
    for due in dues:
        is_plain = due.is_plain and due.subscription.account not in payments
        (plain if is_plain else special).append(due)
    for due in special:
        if not due.price and due.subscription.next_try is not None:
            want_no_longer(due.subscription.account, now)
    events = [_lapsed(due) for due in special if due.lapses]
    starts = [_cycle_start(due, due.plan, 0) for due in plain]
    ending: list[tuple[int, datetime, Plan]] = []
    for due in special:
        payment = payments.get(due.subscription.account)
        if payment is None or payment.status == PaymentStatus.PAID:
            starts.append(_cycle_start(due, due.plan, payment.price_cents if payment else 0))
            if payment is not None:
                events.append(cycle_event("membership.renewed", due.subscription, due.cycle))
        elif payment.status == PaymentStatus.PENDING:
            _wait(due, payment, now)
        elif (next_try := next_try_after(due.cycle, due.at, due.terms)) is not None:
            events.append(_put_off(due, payment, next_try))
        else:
            ending.append((due.subscription.account, due.cycle, due.plan))
            starts.append(_cycle_start(due, due.default_plan, 0))
    save_dates([due.subscription for due in plain])
    save_subscriptions([due.subscription for due in special])
    posted = begin_cycles(journal(), starts, now)
    hold_rest_for_room(
        posted,
        payments,
        {due.subscription.account: due.subscription.renews for due in special},
        now,
    )
    events += [ended(*membership, posted) for membership in ending]
    put_in_outbox([*events, *forfeited(posted)], now)
    found = (payments.get(due.subscription.account) for due in special)
    book_charges([payment for payment in found if payment is not None], lots_begun(posted), now)


def _wait(due: _Due, payment: PlanPayment, now: datetime) -> None:
    """The provider has not said yes or no: ask it again soon, with the same words."""
    due.subscription.next_try = max(now, due.at) + min(
        FIRST_POLL_AFTER * 2**payment.looks, POLL_EVERY_AT_MOST
    )
    payment.looks += 1


def _cycle_start(due: _Due, plan: Plan, cost_cents: int) -> CycleStart:
    """Move the subscription to its new cycle; return what that does to the wallet."""
    start = due.start(plan, cost_cents)
    move_on(due.subscription, plan, due.cycle)
    return start


def _put_off(due: _Due, payment: PlanPayment, next_try: datetime) -> Event:
    """Note the failure and when the payment is retried; the plan stays for the time being."""
    row = due.subscription
    row.tries += 1
    row.next_try = next_try
    return failed(row, due.plan, gives_up(due.cycle, due.terms), payment)


def _lapsed(due: _Due) -> Event:
    book = due.chain[-1].book
    return Event(
        key=f"membership-lapsed:{due.subscription.account}:{due.cycle.isoformat()}",
        account=due.subscription.account,
        code="membership-lapsed",
        parameters={"plan": book.plan_or_default(due.subscription.plan).title},
    )
