"""A member of staff moves one account: a line says so, and what is refused leaves none."""

import pytest

from connects.acts.staff.move_account import move_account
from connects.bootstrap.clock import held_at
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account, User
from connects.market.rollout.models import Move, MoveState
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


@pytest.fixture
def pam() -> User:
    return User.objects.create_user("pam@staff.example", "Pam", None, Role.POLICY.value)


def moved(account: Account, staff: User, rules: str, *, notice: bool = False) -> Move | Refused:
    with held_at(NOON):
        return move_account(account, staff, rules, notice=notice)


def test_a_move_now_holds_at_once_and_one_with_notice_later(ana: Account, pam: User) -> None:
    later = moved(ana, pam, "fair-2026", notice=True)
    assert isinstance(later, Move)
    later.refresh_from_db()
    assert (later.state, later.effective > NOON) == (MoveState.TOLD, True)
    assert rule_book_of(ana, NOON).name == "upwork-2019-05"
    with held_at(NOON):
        bo = registered("bo", AccountKind.FREELANCER)
    now = moved(bo, pam, "fair-2026")
    assert isinstance(now, Move)
    assert rule_book_of(now.account, NOON).name == "fair-2026"
    assert list(StaffAct.objects.order_by("id").values_list("act", "subject", "reason")) == [
        ("enrol", "account:ana", "to fair-2026, after its notice"),
        ("enrol", "account:bo", "to fair-2026, now"),
    ]


@pytest.mark.parametrize("rules", ["upwork-2019-05", "nonsense", ""])
def test_what_is_refused_changes_nothing_and_leaves_no_line(
    rules: str, ana: Account, pam: User
) -> None:
    assert isinstance(moved(ana, pam, rules), Refused)
    assert not Move.objects.exists()
    assert not StaffAct.objects.exists()


def test_others_move_nobody_and_nobody_who_left_is_moved(ana: Account, pam: User) -> None:
    support = User.objects.create_user("sue@staff.example", "Sue", None, Role.SUPPORT.value)
    assert isinstance(moved(ana, support, "fair-2026"), Refused)
    Account.objects.filter(pk=ana.pk).update(closed=NOON)
    ana.refresh_from_db()
    assert isinstance(moved(ana, pam, "fair-2026"), Refused)
    assert not Move.objects.exists()
