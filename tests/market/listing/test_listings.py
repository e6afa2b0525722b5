"""Long lists: every row is reached once in either direction, and no slice reads more than it shows."""

from datetime import timedelta
from typing import Any

import pytest

from connects.market.listing import listings
from connects.market.listing.listings import Asked, asked_of, every_row, rows_named, slice_of
from connects.market.people.lists import ACCOUNTS
from connects.market.people.models import Account
from connects.market.plans.models import PlanPayment
from connects.market.purchases.lists import PAYMENTS
from connects.market.purchases.models import Purchase
from connects.vocabulary.problems import Problem
from connects.vocabulary.typed_input import Typed
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def accounts(number: int) -> None:
    Account.objects.bulk_create(
        Account(
            name=f"Member {n % 3}",
            handle=f"member-{n}",
            kind="client" if n % 2 else "freelancer",
            country="DE" if n == 1 else "",
            registered=NOON + timedelta(days=n // 2),
        )
        for n in range(number)
    )


def asked(**fields: str) -> Asked:
    return asked_of(ACCOUNTS, Typed(fields))


def names(rows: Any) -> list[str]:
    return [row.handle.removeprefix("member-") for row in rows]


@pytest.mark.parametrize("sort", ACCOUNTS.sorts)
def test_slices_forward_and_back_reach_every_row_once(sort: str) -> None:
    accounts(11)
    forward: list[str] = []
    after = ""
    while True:
        found = slice_of(ACCOUNTS, asked(sort=sort, after=after), 4)
        forward += names(found.rows)
        if not found.after:
            break
        after = found.after
    back = slice_of(ACCOUNTS, asked(sort=sort, before=found.before), 4)

    assert sorted(forward, key=int) == [str(n) for n in range(11)]
    assert names(back.rows) == forward[4:8]
    assert names(slice_of(ACCOUNTS, asked(sort=sort, before=back.before), 4).rows) == forward[:4]
    assert not slice_of(ACCOUNTS, asked(sort=sort), 4).before
    assert [
        name for rows in every_row(ACCOUNTS, asked(sort=sort)) for name in names(rows)
    ] == forward


def test_newest_come_first_and_those_of_one_instant_in_the_order_they_came() -> None:
    accounts(5)

    assert names(slice_of(ACCOUNTS, asked()).rows) == ["4", "3", "2", "1", "0"]
    assert names(slice_of(ACCOUNTS, asked(sort="name")).rows) == ["0", "3", "1", "4", "2"]


def test_filters_narrow_together() -> None:
    accounts(6)

    assert names(slice_of(ACCOUNTS, asked(kind="client")).rows) == ["5", "3", "1"]
    assert names(slice_of(ACCOUNTS, asked(kind="client", country="de")).rows) == ["1"]
    within = {"registered-from": "2019-05-21", "registered-to": "2019-05-21"}
    assert names(slice_of(ACCOUNTS, asked(**within)).rows) == ["3", "2"]
    assert slice_of(ACCOUNTS, asked(standing="suspended")).total == 0


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": "robot"}, Problem.UNKNOWN),
        ({"registered-from": "yesterday"}, Problem.NOT_A_DAY),
        ({"registered-to": "2019-13-40"}, Problem.NOT_A_DAY),
        ({"registered-from": "2019-05-21", "registered-to": "2019-05-20"}, Problem.CONTRADICTS),
    ],
)
def test_a_filter_that_makes_no_sense_shows_nothing_and_says_why(
    fields: dict[str, str], problem: Problem
) -> None:
    accounts(3)
    found = asked(**fields)

    assert [each.parameters["problem"] for each in found.problems] == [problem]
    assert slice_of(ACCOUNTS, found).rows == ()
    assert list(every_row(ACCOUNTS, found)) == []


def test_numbers_that_contradict_or_are_none_are_refused() -> None:
    for fields, problem in (
        ({"cents-least": "5", "cents-most": "4"}, Problem.CONTRADICTS),
        ({"cents-least": "a few"}, Problem.NOT_WHOLE),
    ):
        (refused,) = asked_of(PAYMENTS, Typed(fields)).problems
        assert refused.parameters["problem"] == problem


def test_a_filter_that_is_not_for_this_reader_narrows_nothing() -> None:
    accounts(3)
    found = asked_of(ACCOUNTS, Typed({"email": "nobody@test.example"}), {"email"})

    assert slice_of(ACCOUNTS, found).total == 3
    assert found.typed == {}


@pytest.mark.parametrize("name", ["0", "x", "999999", "1-1", "-", "9" * 30])
def test_a_place_that_there_is_not_is_the_beginning(name: str) -> None:
    accounts(3)

    assert names(slice_of(ACCOUNTS, asked(after=name)).rows) == ["2", "1", "0"]
    assert names(slice_of(ACCOUNTS, asked(before=name)).rows) == ["2", "1", "0"]


def test_rows_are_counted_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "COUNTED_MOST", 5)
    accounts(7)
    found = slice_of(ACCOUNTS, asked())

    assert (found.total, found.is_counted_out) == (5, False)
    assert slice_of(ACCOUNTS, asked(kind="client")).is_counted_out


def test_a_slice_asks_the_same_however_far_it_lies(
    django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    accounts(9)
    third = slice_of(ACCOUNTS, asked(after=slice_of(ACCOUNTS, asked(), 3).after), 3)

    with django_assert_max_num_queries(
        5
    ):  # with the people of the accounts, for where it begins, too
        slice_of(ACCOUNTS, asked(after=third.after), 3)


def paid(kind: type[Any], account: Account, minutes: int) -> Any:
    own = (
        {"credits": 10} if kind is Purchase else {"connects": 0, "new_cycle": True, "plan": "plus"}
    )
    return kind.objects.create(
        account=account,
        key=f"{kind.NOUN}-{minutes}-{kind.objects.count()}",
        price_cents=150,
        currency="USD",
        method="card",
        rule_book="upwork-2019-05@1",
        ordered=NOON + timedelta(minutes=minutes),
        **own,
    )


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_two_kinds_of_payments_are_one_list(sort: str) -> None:
    accounts(1)
    account = Account.objects.get()
    made = [
        paid(kind, account, minutes) for minutes in (0, 1, 1, 2) for kind in (Purchase, PlanPayment)
    ]
    seen: list[str] = []
    after = ""
    while True:
        found = slice_of(PAYMENTS, asked_of(PAYMENTS, Typed({"sort": sort, "after": after})), 3)
        seen += [row.reference for row in found.rows]
        if not found.after:
            break
        after = found.after
    before = slice_of(
        PAYMENTS, asked_of(PAYMENTS, Typed({"sort": sort, "before": found.before})), 3
    )

    assert sorted(seen) == sorted(row.reference for row in made)
    assert [row.reference for row in before.rows] == seen[3:6]
    assert found.total == 8
    names_of_two = [PAYMENTS.name_of(made[0]), "1-99", "nonsense", PAYMENTS.name_of(made[1])]
    assert rows_named(PAYMENTS, names_of_two) == made[:2]


def test_one_kind_of_payments_can_be_chosen() -> None:
    accounts(1)
    account = Account.objects.get()
    purchase, plan = paid(Purchase, account, 0), paid(PlanPayment, account, 1)

    def chosen(**fields: str) -> list[Any]:
        return list(slice_of(PAYMENTS, asked_of(PAYMENTS, Typed(fields))).rows)

    assert chosen(**{"for": "membership"}) == [plan]
    assert chosen(q=purchase.reference) == [purchase]
    assert chosen(q=plan.public_id) == [plan]
    assert chosen(q="nothing") == []
