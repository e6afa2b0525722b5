"""Renewals: when a cycle ends the next one begins, for everyone whose time has come, in batches.

Money moves between two transactions. The first one only notes what is to be charged; the charge bears
the cycle's name, so a renewal that was cut off is charged once however often it is taken up again; the
last one begins the cycles, and finds those that somebody else has begun already no longer due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from connects.actions.begin_cycles import CycleStart, begin_cycles
from connects.billing.port import Paid
from connects.bootstrap.journals import journal
from connects.market.members.selectors import Chain, carried_over, chains_of, party_under
from connects.market.notices.services import put_in_outbox
from connects.market.plans.models import PlanPayment, PlanPaymentStatus, Subscription
from connects.market.plans.rows import Held, lock_free, save, save_dates
from connects.market.plans.services import charge_for
from connects.market.plans.subscriptions import move_on
from connects.market.purchases.payments import methods_of, take
from connects.policy.terms import Plan
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class _Due:
    """A subscription whose cycle has ended, or whose payment is to be tried again at `at`."""

    subscription: Held
    chain: Chain
    at: datetime

    @property
    def kind(self) -> AccountKind:
        return self.subscription.kind

    @property
    def plan(self) -> Plan:
        """The plan that the new cycle is to be on, under the rule book that holds when it begins."""
        wanted = self.subscription.next_plan or self.subscription.plan
        return self.chain[-1].book.plan_or_default(wanted)

    @property
    def cycle(self) -> datetime:
        return self.subscription.renews

    @property
    def payment_key(self) -> str:
        return f"cycle:{self.cycle.isoformat()}:{self.subscription.tries + 1}"

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


def next_renewal(until: datetime) -> datetime | None:
    """The instant of the first renewal that is due by `until`."""
    rows = Subscription.objects.filter(
        renews__lte=until, next_try__isnull=True, frozen__isnull=True
    )
    return rows.order_by("renews").values_list("renews", flat=True).first()


def next_retry(until: datetime) -> datetime | None:
    """The instant of the first payment that is to be tried again by `until`."""
    rows = Subscription.objects.filter(next_try__lte=until, frozen__isnull=True)
    return rows.order_by("next_try").values_list("next_try", flat=True).first()


def renew(until: datetime, now: datetime) -> None:
    """Begin a batch of the cycles that are due by `until`."""
    rows = Subscription.objects.filter(
        renews__lte=until, next_try__isnull=True, frozen__isnull=True
    )
    _take_up(rows.order_by("renews")[:BATCH], now)


def retry(until: datetime, now: datetime) -> None:
    """Try a batch of the payments again that are due by `until`."""
    rows = Subscription.objects.filter(next_try__lte=until, frozen__isnull=True)
    _take_up(rows.order_by("next_try")[:BATCH], now)


def retry_now(account: int, now: datetime) -> None:
    """Try a failed payment at once: its owner has changed how they pay."""
    held = Subscription.objects.filter(account_id=account, next_try__isnull=False)
    held.filter(next_try__gt=now).update(next_try=now)
    _take_up(held, now)


def _take_up(rows: QuerySet[Subscription], now: datetime) -> None:
    with transaction.atomic():
        dues = _dues(lock_free(rows))
        wishes = _wishes(dues)
        if not wishes:
            _settle(dues, {}, now)
            return
    paid = _charged(wishes, dues)
    looked_at = {(due.subscription.account, due.payment_key) for due in dues}
    accounts = [due.subscription.account for due in dues]
    with transaction.atomic():
        again = _dues(lock_free(Subscription.objects.filter(account_id__in=accounts)))
        # What somebody else has settled while the money moved is no longer due, or due otherwise.
        same = [d for d in again if (d.subscription.account, d.payment_key) in looked_at]
        _settle(same, paid, now)


def _dues(held: Sequence[Held]) -> list[_Due]:
    """What is due of these subscriptions, each at its own instant, under the rules that hold then."""
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
    return dues


def _wishes(dues: Sequence[_Due]) -> dict[int, PlanPayment]:
    """The payments that these renewals need, by account: noted before, or noted now."""
    priced = [due for due in dues if not due.plan.is_free]
    if not priced:
        return {}
    accounts = [due.subscription.account for due in priced]
    methods = methods_of(accounts)
    rows = [
        PlanPayment(
            account_id=due.subscription.account,
            key=due.payment_key,
            plan=due.plan.name,
            connects=due.plan.monthly_connects(due.kind),
            new_cycle=True,
            price_cents=due.plan.price_per_month,
            currency=due.chain[-1].book.currency,
            method=methods[due.subscription.account].kind,
            rule_book=due.chain[-1].book.label,
            ordered=due.at,
        )
        for due in priced
    ]
    PlanPayment.objects.bulk_create(rows, ignore_conflicts=True)
    keys = {(due.subscription.account, due.payment_key) for due in priced}
    noted = PlanPayment.objects.filter(
        account_id__in=accounts, key__in={due.payment_key for due in priced}
    )
    return {row.account_id: row for row in noted if (row.account_id, row.key) in keys}


def _charged(wishes: dict[int, PlanPayment], dues: Sequence[_Due]) -> dict[int, PlanPayment]:
    """Ask for the money of each wish, once; the rows say what came of it (saved later)."""
    if not wishes:
        return {}
    methods = methods_of(list(wishes))
    titles = {due.subscription.account: due.plan.title for due in dues}
    for account, payment in wishes.items():
        if payment.status != PlanPaymentStatus.PENDING:
            continue
        answer = take(charge_for(payment, titles[account]), methods[account])
        if isinstance(answer, Paid):
            payment.status = PlanPaymentStatus.PAID
            payment.provider_reference = answer.reference
            payment.paid = payment.ordered
        else:
            payment.status = PlanPaymentStatus.DECLINED
            payment.provider_reference = answer.cause
    return wishes


def _settle(dues: Sequence[_Due], payments: dict[int, PlanPayment], now: datetime) -> None:
    """Begin the cycles that are paid or free; of the others, what the rule book says."""
    plain: list[_Due] = []
    special: list[_Due] = []
    for due in dues:
        is_plain = due.is_plain and due.subscription.account not in payments
        (plain if is_plain else special).append(due)
    starts = [_begun(due, due.plan, 0) for due in plain]
    events: list[Event] = []
    for due in special:
        payment = payments.get(due.subscription.account)
        if payment is None or payment.status == PlanPaymentStatus.PAID:
            starts.append(_begun(due, due.plan, payment.price_cents if payment else 0))
        elif _may_try_again(due):
            events.append(_put_off(due))
        else:
            events.append(_ended(due))
            book = due.chain[-1].book
            starts.append(_begun(due, book.plan(book.default_plan), 0))
    save_dates([due.subscription for due in plain])
    save([due.subscription for due in special])
    begin_cycles(journal(), starts, now)
    put_in_outbox(events, now)
    PlanPayment.objects.bulk_update(
        list(payments.values()), ["status", "provider_reference", "paid"], batch_size=200
    )


def _begun(due: _Due, plan: Plan, cost_cents: int) -> CycleStart:
    """What the new cycle does to the wallet; the subscription is moved on to it."""
    start = due.start(plan, cost_cents)
    move_on(due.subscription, plan, due.cycle)
    return start


def _may_try_again(due: _Due) -> bool:
    payment = due.chain[-1].book.payment
    return payment.failed_renewal == "dunning" and (
        due.subscription.tries + 1 < payment.dunning.tries
    )


def _put_off(due: _Due) -> Event:
    """Note the failure and when the payment is tried again; the plan stays for the time being."""
    dunning = due.chain[-1].book.payment.dunning
    row = due.subscription
    row.tries += 1
    row.next_try = due.cycle + timedelta(days=dunning.days) * row.tries / (dunning.tries - 1)
    return Event(
        key=f"payment-failed:{row.account}:{due.cycle.isoformat()}:{row.tries}",
        account=row.account,
        code="membership-payment-failed",
        parameters={"plan": due.plan.title, "next_try": row.next_try.isoformat()},
    )


def _ended(due: _Due) -> Event:
    return Event(
        key=f"membership-ended:{due.subscription.account}:{due.cycle.isoformat()}",
        account=due.subscription.account,
        code="membership-ended",
        parameters={"plan": due.plan.title},
    )
