"""Many proposals in one transaction come to what they come to one after another, and cost no more."""

from collections.abc import Sequence
from random import Random

import pytest
from django.db import connection, transaction

from connects.acts.jobs.end import close
from connects.acts.proposals.invite import invite_to_job
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.acts.proposals.submission import ProposalForm, Submission
from connects.acts.proposals.submit_many import Sent, submit_many
from connects.acts.purchases import buy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.jobs.models import CloseReason, Job
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, posted, registered
from tests.sent_statements import sent_statements

pytestmark = pytest.mark.django_db(transaction=True)

BOOKS = ("upwork-2019-05", "fair-2026", "peopleperhour", "freelancer-com")


def told(answer: Sent | Refused) -> object:
    if isinstance(answer, Refused):
        return answer.code, answer.parameters.get("problem")
    return answer.proposal.key, answer.proposal.paid, answer.proposal.spend_entry, answer.is_new


def many(asked: Sequence[Submission]) -> list[object]:
    with held_at(NOON), transaction.atomic():
        return [told(answer) for answer in submit_many(asked, NOON)]


def one_by_one(asked: Sequence[Submission]) -> list[object]:
    return [answer for each in asked for answer in many([each])]


def tried(asked: Sequence[Submission], way: object) -> tuple[list[object], list[object]]:
    """The answers, and what stands afterwards; all is undone."""
    try:
        with transaction.atomic():
            answers = way(asked)  # type: ignore[operator]
            stands: list[object] = [
                *Job.objects.order_by("pk").values_list("proposal_count", flat=True),
                *(
                    journal().wallet(each.pk).lots
                    for each in Account.objects.filter(kind="freelancer")
                ),
                *Proposal.objects.order_by("account", "key").values_list(
                    "key", "account", "job", "paid"
                ),
            ]
            transaction.set_rollback(True)
    finally:
        assert not Proposal.objects.exists()
    return answers, stands


def town(book: str) -> tuple[list[Account], list[Job]]:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT, book)
        people = [
            registered(name, AccountKind.FREELANCER, book) for name in ("ana", "ben", "cem", "dan")
        ]
        buy.order(people[0], 80, "bought") if book.startswith("upwork") else None
        set_spending_limit(people[1], 5)
        jobs = [posted(acme, f"Job {n}", (n + 1) * 90_00) for n in range(5)]
        invite_to_job(jobs[1], people[2], acme)
        close(jobs[4], acme, CloseReason.NOT_HIRING)
    return people, jobs


@pytest.mark.parametrize("book", BOOKS)
def test_many_at_once_are_answered_as_one_after_another(book: str) -> None:
    people, jobs = town(book)
    chance = Random(book)
    for _ in range(4):
        asked = [
            Submission(
                chance.choice(jobs).pk,
                chance.choice(people),
                ProposalForm(
                    key=f"k{chance.randrange(12)}", max_connects=chance.choice((None, 3, 50))
                ),
            )
            for _ in range(16)
        ]

        assert tried(asked, many) == tried(asked, one_by_one)


def test_the_answers_of_a_batch_stand_whatever_becomes_of_its_others() -> None:
    people, jobs = town("upwork-2019-05")
    gone = Submission(jobs[4].pk, people[0], ProposalForm(key="gone"))
    fine = Submission(jobs[0].pk, people[0], ProposalForm(key="fine"))

    closed, sent = many([gone, fine])

    assert closed == ("job_closed", None)
    assert isinstance(sent, tuple)
    assert sent[0] == Proposal.objects.get().key == "fine"
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []


def test_twenty_proposals_take_as_many_statements_as_one() -> None:
    with held_at(NOON):
        acme = registered("acme", AccountKind.CLIENT, "upwork-2019-05")
        jobs = [posted(acme, f"Job {n}", 90_00) for n in range(4)]
        people = [registered(f"p{n}", AccountKind.FREELANCER, "upwork-2019-05") for n in range(21)]
        for person in people:
            buy.order(person, 10, "bought")
    asked = [
        Submission(jobs[n % 4].pk, person, ProposalForm(key=f"k{n}"))
        for n, person in enumerate(people)
    ]
    many([Submission(job.pk, people[0], ProposalForm(key=f"w{n}")) for n, job in enumerate(jobs)])

    with sent_statements() as single:
        many(asked[4:5])
    with sent_statements() as batch:
        many(asked[5:])

    if connection.vendor == "postgresql":
        assert len(batch) == len(single)
    else:  # SQLite writes wallets and lines one by one, which is the same statement again
        assert {_begin(each) for each in batch} == {_begin(each) for each in single}


def _begin(statement: str) -> str:
    return " ".join(statement.split()[:3])
