"""A courtesy grant may begin later: it is kept, told, and arrives at its own instant."""

from datetime import timedelta

import pytest

from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.ledger.lots import Lot
from connects.market.corrections.models import Correction
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account, User
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import Refused
from tests.acts.staff.test_courtesy_grants import freelancer, person, problem, state
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(days=10)


@pytest.fixture
def ana() -> Account:
    return freelancer("ana")


@pytest.fixture
def sue() -> User:
    return person("sue", Role.SUPPORT)


def granted(
    account: Account, staff: User, starts: timedelta, ends: timedelta | None = None
) -> Correction | Refused:
    expires = None if ends is None else NOON + ends
    with held_at(NOON):
        return grant_courtesy.grant(
            account, 30, "a fair", staff, "k", expires, starts=NOON + starts
        )


def courtesies(account: Account) -> list[Lot]:
    return [lot for lot in journal().wallet(account.pk).lots if lot.kind == "courtesy"]


def test_a_grant_that_begins_later_is_told_now_and_arrives_then(ana: Account, sue: User) -> None:
    assert state(granted(ana, sue, timedelta(days=10), timedelta(days=20))) == "done"
    assert courtesies(ana) == []
    assert OutboxEvent.objects.filter(code="connects-coming").count() == 1

    run(LATER - timedelta(microseconds=1))
    assert courtesies(ana) == []
    run(LATER)
    run(LATER)

    (lot,) = courtesies(ana)
    assert (lot.credits, lot.issued, lot.expires) == (30, LATER, NOON + timedelta(days=20))


def test_a_worker_that_was_down_issues_it_at_its_own_instant(ana: Account, sue: User) -> None:
    granted(ana, sue, timedelta(days=10))

    run(NOON + timedelta(days=15))

    (lot,) = courtesies(ana)
    assert lot.issued == LATER


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(timedelta(0), None), (timedelta(days=-1), None), (timedelta(days=5), timedelta(days=5))],
)
def test_a_grant_begins_after_now_and_before_its_end(
    ana: Account, sue: User, starts: timedelta, ends: timedelta | None
) -> None:
    assert problem(granted(ana, sue, starts, ends)) == "in_the_past"
    assert not Correction.objects.exists()
