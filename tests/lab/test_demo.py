"""The demo is believable, whole, and the same whenever it is played."""

import io

import pytest
from beancount import loader

from connects.bootstrap.journals import journal
from connects.journal.verify import verify
from connects.lab import demo
from connects.market.books.export import write_beancount
from connects.market.jobs.models import Job
from connects.market.people.models import STAFF_ROLES, Account, User
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def test_the_demo_fills_an_empty_marketplace_and_every_wallet_agrees() -> None:
    assert demo.is_empty()

    demo.fill(NOON)

    assert not demo.is_empty()
    kinds = [account.kind for account in Account.objects.all()]
    assert kinds.count(AccountKind.CLIENT) == demo.CLIENTS
    assert kinds.count(AccountKind.FREELANCER) == demo.FREELANCERS
    assert kinds.count(AccountKind.AGENCY) == demo.AGENCIES
    assert Job.objects.count() == demo.POSTS
    assert {"open", "closed", "removed"} <= {job.status for job in Job.objects.all()}
    states = set(Proposal.objects.values_list("status", flat=True))
    assert {ProposalStatus.SUBMITTED, ProposalStatus.HIRED, ProposalStatus.RETURNED} <= states
    assert not Proposal.objects.filter(submitted__gt=NOON).exists()
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
    books = io.StringIO()
    assert write_beancount(books, None, None, NOON.date()) == {}
    assert loader.load_string(books.getvalue())[1] == []


def test_every_printed_sign_in_is_somebodys() -> None:
    demo.fill(NOON)

    for sign_in in demo.SIGN_INS:
        assert User.objects.get(email=sign_in.email).check_password(demo.PASSWORD)
    staff = User.objects.exclude(staff_role="").values_list("staff_role", "email")
    assert {(s.role, s.email) for s in demo.SIGN_INS} >= set(staff)
    assert {role for role, _ in staff} == set(STAFF_ROLES)


def test_the_demo_is_here_as_long_as_any_of_its_people_can_sign_in() -> None:
    assert not demo.is_here()
    operator = User.objects.create_user("operator@demo.example", "Olga", demo.PASSWORD, "operator")
    assert demo.is_here()
    assert [sign_in.email for sign_in in demo.sign_ins()] == ["operator@demo.example"]
    operator.is_active = False
    operator.save()
    assert not demo.is_here()
