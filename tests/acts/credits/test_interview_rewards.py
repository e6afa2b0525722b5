"""Rewards for interviews under each condition that a rule book may set."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connects.acts.accounts.register import note_payment_verified
from connects.acts.jobs import end
from connects.acts.proposals import client_acts, message
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.submission import ProposalForm
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.ledger.entries import EntryKind
from connects.market.grants.models import InterviewReward
from connects.market.jobs.models import CloseReason
from connects.market.members import editions
from connects.market.notices.models import Notice
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped_text
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, posted, registered

pytestmark = pytest.mark.django_db

SHIPPED = "needs_answer = true, taken_back_if_returned = true"


@pytest.fixture(autouse=True)
def no_offers() -> Iterator[None]:
    yield
    editions.forget_offers()


def interviewed(conditions: str, verified: bool | None = None) -> tuple[Account, Proposal]:
    """Ana, under rules with these conditions, was written to and has answered."""
    text = shipped_text("upwork-2023").replace(SHIPPED, conditions)
    text = text.replace('name = "upwork-2023"', 'name = "rewarding"')
    assert conditions in text
    editions.offer(parse_rule_book(text, "rewarding"), text)
    ana = registered("ana", AccountKind.FREELANCER, "rewarding")
    acme = registered("acme", AccountKind.CLIENT, "rewarding")
    acme.payment_verified = verified
    acme.save()
    sent = proposals.submit(posted(acme, "Menu", 30_00), ana, ProposalForm(key="k"))
    assert isinstance(sent, Proposal), sent
    assert not isinstance(client_acts.message(sent, acme, "When?"), Refused)
    assert not isinstance(message.answer_client(sent, ana, "Now."), Refused)
    return ana, sent


def bonus(account: Account) -> int:
    return sum(
        record.entry.credits
        for record in journal().records(account.pk)
        if record.entry.kind is EntryKind.BONUS
    )


def told(account: Account) -> list[str]:
    return list(
        Notice.objects.filter(account=account).order_by("id").values_list("code", flat=True)
    )


@pytest.mark.parametrize(("verified", "brought"), [(True, 10), (None, 10), (False, 0)])
def test_a_client_who_is_known_to_be_unverified_brings_no_reward(
    verified: bool | None, brought: int
) -> None:
    with held_at(NOON):
        ana, _ = interviewed("client_verified = true", verified)

    assert bonus(ana) == brought


def test_a_verified_payment_method_is_for_clients_alone() -> None:
    with held_at(NOON):
        answer = note_payment_verified(registered("ana", AccountKind.FREELANCER))

    assert isinstance(answer, Refused)


def test_a_reward_is_never_more_than_the_proposal_cost() -> None:
    with held_at(NOON):
        ana, sent = interviewed("not_over_paid = true")

    assert bonus(ana) == sent.paid == 2


def test_a_reward_that_vests_arrives_at_its_instant_and_not_before() -> None:
    with held_at(NOON):
        ana, _ = interviewed("vests_after_days = 14")
        run(NOON + timedelta(days=14) - timedelta(microseconds=1))
    assert bonus(ana) == 0

    with held_at(NOON + timedelta(days=30)):
        run(NOON + timedelta(days=30))

    (lot,) = [r.entry for r in journal().records(ana.pk) if r.entry.kind is EntryKind.BONUS]
    assert (lot.credits, lot.effective) == (10, NOON + timedelta(days=14))
    assert "connects-granted" in told(ana)
    run(NOON + timedelta(days=60))
    assert bonus(ana) == 10


def test_a_reward_that_has_not_vested_never_arrives_once_the_proposal_came_back() -> None:
    with held_at(NOON):
        ana, sent = interviewed("vests_after_days = 14, taken_back_if_returned = true")
        end.close(sent.job, sent.job.client, CloseReason.NOT_HIRING)

    run(NOON + timedelta(days=60))

    assert bonus(ana) == 0
    assert InterviewReward.objects.get().taken_back == NOON
    assert "reward-taken-back" not in told(ana)


def test_a_reward_that_was_spent_before_it_is_taken_back_is_debt() -> None:
    with held_at(NOON):
        ana, sent = interviewed("taken_back_if_returned = true")
        held = journal().wallet(ana.pk).balance
        for number in range(held // 6):
            job = posted(registered(f"client{number}", AccountKind.CLIENT), f"Job {number}", 900_00)
            proposals.submit(job, ana, ProposalForm(key=f"more{number}"))
        left = journal().wallet(ana.pk).balance
        end.close(sent.job, sent.job.client, CloseReason.NOT_HIRING)
    run(NOON)

    wallet = journal().wallet(ana.pk)
    assert wallet.balance - wallet.debt == left + 2 - 10
    assert "reward-taken-back" in told(ana)
    assert not any(proof.breaches for proof in verify(journal()))
