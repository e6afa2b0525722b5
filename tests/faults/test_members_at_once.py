"""Members who do one thing in several tabs at the same time, through the services: it counts once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from connects.acts.credits import redeem_promo
from connects.acts.jobs import end
from connects.acts.money import refund
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.submission import ProposalForm
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import change_plan as plans
from connects.bootstrap.clock import now
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.market.jobs.models import CloseReason
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import posted, proposed, registered

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("address"),
]


@pytest.fixture
def client() -> Account:
    return registered("acme", AccountKind.CLIENT, "upwork-2019-05")


def member(handle: str, rule_book: str = "upwork-2019-05") -> Account:
    account = registered(handle, AccountKind.FREELANCER, rule_book)
    run(now())
    return account


def tabs(count: int, act: Callable[[int], object]) -> Counter[str]:
    """How often it was done and how often it was refused, by as many threads at the same time."""
    together = Barrier(count)

    def once(number: int) -> str:
        together.wait()
        try:
            answer = act(number)
        finally:
            connections.close_all()
        return answer.code.value if isinstance(answer, Refused) else "done"

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(once, range(count)))


def held(account: Account) -> tuple[int, int]:
    """Balance and debt, of a wallet that adds up."""
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
    wallet = journal().wallet(account.pk)
    return wallet.balance, wallet.debt


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_proposals_to_many_posts_are_paid_as_far_as_the_balance_goes(client: Account) -> None:
    ana = member("ana")
    jobs = [posted(client, f"Job {n}", 1_000_00) for n in range(6)]

    done = tabs(
        6,
        lambda n: proposals.submit(jobs[n], fresh(ana), ProposalForm(key=f"tab {n}")),
    )

    assert done == {"done": 4, "insufficient_connects": 2}
    assert held(ana) == (0, 0)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("one form", {"done": 6}), ("form {}", {"done": 1, "already_proposed": 5})],
)
def test_a_post_is_proposed_to_and_paid_once(
    client: Account, key: str, expected: dict[str, int]
) -> None:
    ana, job = member("ana"), posted(client, "Job", 1_000_00)

    done = tabs(
        6,
        lambda n: proposals.submit(job, fresh(ana), ProposalForm(key=key.format(n))),
    )

    assert done == expected
    assert held(ana) == (15, 0)


def test_a_post_that_is_closed_several_times_gives_back_once(client: Account) -> None:
    ana, job = member("ana"), posted(client, "Job", 1_000_00)
    proposed(job, ana)

    tabs(4, lambda _: end.close(job, fresh(client), CloseReason.NOT_HIRING))
    run(now())

    assert held(ana) == (20, 0)


def test_a_purchase_is_refunded_once() -> None:
    ana = member("ana")
    bought = purchases.order(ana, 40, "forty")
    assert isinstance(bought, Purchase)

    done = tabs(4, lambda _: refund.refund_payment(bought, None, "asked for"))

    assert done == {"done": 1, "invalid": 3}
    assert held(ana) == (20, 0)


def test_refunds_and_disputes_of_one_purchase_take_its_connects_once() -> None:
    ana = member("ana")
    bought = purchases.order(ana, 40, "forty")
    assert isinstance(bought, Purchase)

    tabs(
        4,
        lambda n: (
            refund.refund_payment(bought, None, "asked for")
            if n % 2
            else refund.charge_back(bought)
        ),
    )

    assert held(ana) == (20, 0)


def test_purchases_at_the_limit_are_sold_as_far_as_there_is_room() -> None:
    ana = member("ana")
    for n in range(4):
        assert isinstance(purchases.order(ana, 80, f"eighty {n}"), Purchase)

    done = tabs(5, lambda n: purchases.order(fresh(ana), 10, f"ten {n}"))

    assert done == {"done": 1, "balance_cap": 4}
    assert held(ana) == (350, 0)


def test_a_membership_begins_and_is_paid_once() -> None:
    ana = member("ana", "fair-2026")

    tabs(4, lambda n: plans.subscribe(fresh(ana), "plus", f"tab {n}"))

    assert held(ana) == (110, 0)
    assert PlanPayment.objects.filter(account=ana, status="paid").count() == 1


def test_a_code_for_two_is_redeemed_by_two() -> None:
    members = [member(f"member{n}") for n in range(5)]
    at = now()
    terms = redeem_promo.PromoTerms(
        code="TWO",
        connects=5,
        for_each=1,
        in_all=2,
        valid_from=at,
        valid_until=at + timedelta(days=1),
    )
    assert not isinstance(redeem_promo.make_promo(terms, None), Refused)

    done = tabs(5, lambda n: redeem_promo.redeem_promo(fresh(members[n]), "TWO", "r"))

    assert done["done"] == 2
    assert sorted(held(each)[0] for each in members) == [20, 20, 20, 25, 25]


def test_workers_at_once_do_what_is_due_once() -> None:
    ana = member("ana", "fair-2026")
    assert not isinstance(plans.subscribe(ana, "plus", "first"), Refused)
    later = now() + timedelta(days=95)

    tabs(3, lambda _: run(later))

    assert held(ana) == (40 + 4 * 70, 0)
    assert PlanPayment.objects.filter(account=ana, status="paid").count() == 4
