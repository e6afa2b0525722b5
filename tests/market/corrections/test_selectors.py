"""Reading corrections: what waits, what was decided, and how much was moved lately."""

from datetime import timedelta

import pytest

from connects.acts.staff.decide_correction import agree_to_correction, decline_correction
from connects.acts.staff.grant_courtesy import TO_ACCOUNT_MOST, grant
from connects.bootstrap.clock import held_at
from connects.market.corrections.lists import CORRECTIONS
from connects.market.corrections.models import Correction, CorrectionKind
from connects.market.corrections.selectors import (
    connects_by,
    connects_to,
    correction_numbered,
    proposals_to_decide,
)
from connects.market.people.models import Account, User
from connects.vocabulary.parties import AccountKind, Role
from tests.market.listed import listed
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db

GRANT = CorrectionKind.GRANT


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER, "fair-2026")


@pytest.fixture
def sue() -> User:
    return User.objects.create_user("sue@test.example", "Sue", None, Role.SUPPORT.value)


@pytest.fixture
def sam() -> User:
    return User.objects.create_user("sam@test.example", "Sam", None, Role.SUPPORT.value)


def granted(account: Account, staff: User, credits: int, key: str, days: int = 0) -> Correction:
    with held_at(NOON + timedelta(days=days)):
        answer = grant(account, credits, "an outage", staff, key)
    assert isinstance(answer, Correction), answer
    return answer


def test_what_waits_comes_oldest_first_and_what_is_decided_newest_first(
    ana: Account, sue: User, sam: User
) -> None:
    first, second, third = (
        granted(ana, sue, TO_ACCOUNT_MOST + n, f"k{n}", days=n) for n in (1, 2, 3)
    )
    done = granted(ana, sue, 5, "small")
    assert proposals_to_decide() == [first, second, third]
    with held_at(NOON):
        agree_to_correction(first, sam)
        decline_correction(second, sam, "too much")

    assert proposals_to_decide() == [third]
    assert listed(CORRECTIONS, state="done") == [done, first]
    assert listed(CORRECTIONS, state="declined") == [second]
    assert correction_numbered(third.pk) == third
    assert correction_numbered(0) is None


def test_sums_count_what_was_done_since_then_and_by_whom(
    ana: Account, sue: User, sam: User
) -> None:
    granted(ana, sue, 5, "a")
    granted(ana, sam, 7, "b", days=1)
    granted(ana, sue, TO_ACCOUNT_MOST + 1, "waits", days=1)

    before = NOON - timedelta(seconds=1)
    assert connects_to(ana, GRANT, before) == 12
    assert connects_to(ana, GRANT, NOON) == 7
    assert connects_by(sue, GRANT, before) == 5
    assert connects_by(sam, GRANT, before) == 7
    assert connects_to(ana, CorrectionKind.VOID, before) == 0
