"""One act for several things: tried without a trace, and done for each that allows it."""

import pytest

from connects.acts.staff.do_in_bulk import do_each, try_each
from connects.market.grants.models import Badge
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def name(account: Account) -> Badge | Refused:
    """Give the account a badge, and refuse some only then."""
    badge = Badge.objects.create(account=account, name="tried", earned=NOON)
    return not_allowed(Problem.CLOSED) if account.handle == "bo" else badge


@pytest.fixture
def accounts() -> list[Account]:
    return [registered(handle, AccountKind.FREELANCER) for handle in ("ana", "bo", "cy")]


def badges() -> list[str]:
    return [badge.account.handle for badge in Badge.objects.order_by("pk")]


def test_what_is_tried_leaves_no_trace(accounts: list[Account]) -> None:
    outcomes = try_each(accounts, name)

    assert [outcome.is_done for outcome in outcomes] == [True, False, True]
    assert badges() == []


def test_what_is_refused_is_undone_and_the_others_stay(accounts: list[Account]) -> None:
    outcomes = do_each(accounts, name)

    assert [(outcome.item.handle, outcome.is_done) for outcome in outcomes] == [
        ("ana", True),
        ("bo", False),
        ("cy", True),
    ]
    assert badges() == ["ana", "cy"]


def test_an_error_ends_it_and_keeps_what_was_done_before(accounts: list[Account]) -> None:
    def breaks(account: Account) -> Badge | Refused:
        if account.handle == "cy":
            raise ZeroDivisionError
        return name(account)

    with pytest.raises(ZeroDivisionError):
        do_each(accounts, breaks)
    assert badges() == ["ana"]
