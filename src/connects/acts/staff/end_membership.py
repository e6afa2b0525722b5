"""Staff end a membership within its month, with or without money back."""

from __future__ import annotations

from django.db import transaction

from connects.acts.memberships.leave import end_now
from connects.acts.money.refund import refund_payment
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act, reason_refused
from connects.acts.purchases import renew
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.market.members.selectors import party_of
from connects.market.payments.models import MONEY_IS_HERE
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.plans.models import PlanPayment, Subscription
from connects.market.plans.rows import lock_subscription
from connects.vocabulary.events import Event
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def end_membership(
    account: Account, staff: User | None, reason: str, *, money_back: bool = False
) -> Subscription | Refused:
    """End the plan now; its month goes on without it. `staff` is None where the marketplace acts.

    With `money_back`, what was paid for this month goes back, and so do the Connects that came with it;
    what was spent of them is debt. Without, the Connects stay as long as they would have.
    Refused with `not_allowed`, or `invalid` where there is no membership, or a refund is refused.
    """
    refused = denied(staff, Act.END_MEMBERSHIPS) or reason_refused(staff, reason)
    if refused is not None:
        return refused
    if not AccountKind(account.kind).holds_wallet:
        return invalid(Problem.NO_WALLET, field="account")
    now = clock_now()
    with transaction.atomic():
        subscription, book = lock_subscription(account.pk), party_of(account, now).book
        plan = book.plan_or_default(subscription.plan)
        if not plan.price(AccountKind(account.kind)):
            return invalid(Problem.NOTHING_TO_CANCEL, field="plan")
        payments = payments_of_the_month(account) if money_back else []
        end_now(subscription, book, now)
        subject, said = f"account:{account.handle}", {"plan": plan.name, "money_back": money_back}
        note_act(staff, "end-membership", subject, reason, now, said)
        # A month that had begun unpaid begins without the plan, and may not keep all.
        renew.catch_up(account.pk, now)
        event = Event(
            key=f"ended-early:{account.pk}:{now.isoformat()}",
            account=account.pk,
            code="membership-ended-early",
            parameters={
                "plan": plan.title,
                "money_back": bool(payments),
                # What goes back with the money is told, with the balance, by the notice of that.
                "balance": None if payments else journal().wallet(account.pk).balance,
            },
        )
        put_in_outbox([event], now)
    for payment in payments:
        answer = refund_payment(payment, staff, reason)
        if isinstance(answer, Refused):
            return answer
    return Subscription.objects.get(account=account)


def is_on_free_plan(account: Account) -> bool:
    """Whether there is no membership that could be ended."""
    party = party_of(account, clock_now())
    return not party.book.plan(party.plan).price(party.kind)


def payments_of_the_month(account: Account) -> list[PlanPayment]:
    """The payments that began the present month and moved up within it, newest first."""
    paid = PlanPayment.objects.select_related("account").filter(
        account=account, status__in=MONEY_IS_HERE
    )
    first = paid.filter(new_cycle=True).order_by("-paid", "-id").first()
    if first is None:
        return list(paid.order_by("-id"))
    return list(paid.filter(paid__gte=first.paid, id__gte=first.pk).order_by("-id"))
