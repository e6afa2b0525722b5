"""Subscriptions as light rows: what is saved is what is read again, whichever the database."""

from datetime import timedelta

import pytest
from django.db import transaction

from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from connects.market.plans.models import Subscription
from connects.market.plans.rows import (
    lock_each,
    lock_free,
    lock_subscription,
    read_subscriptions,
    save_dates,
    save_subscriptions,
)
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> list[Account]:
    with held_at(NOON):
        return [
            registered("ana", AccountKind.FREELANCER),
            registered("studio", AccountKind.AGENCY),
            registered("ben", AccountKind.FREELANCER),
        ]


def test_a_row_says_what_the_subscription_does(members: list[Account]) -> None:
    row = lock_subscription(members[1].pk)
    stored = Subscription.objects.get(account=members[1])

    assert (row.account, row.kind, row.plan) == (members[1].pk, AccountKind.AGENCY, "basic")
    assert (row.anchor, row.cycle_start, row.renews) == (
        stored.anchor,
        stored.cycle_start,
        stored.renews,
    )
    assert (row.next_plan, row.tries, row.next_try, row.next_drip, row.frozen) == (
        "",
        0,
        None,
        None,
        None,
    )


def test_what_is_saved_is_read_again_to_the_microsecond(members: list[Account]) -> None:
    at = NOON + timedelta(days=3, microseconds=1)
    rows = lock_each(Subscription.objects.all())
    for place, row in enumerate(rows):
        row.plan, row.next_plan, row.tries = "plus", "basic", place
        row.anchor = row.cycle_start = at
        row.renews = at + timedelta(days=30)
        row.next_try, row.next_drip = (at, None) if place else (None, at)
    save_subscriptions(rows)

    assert read_subscriptions(Subscription.objects.order_by("account_id")) == rows


def test_dates_alone_are_saved_without_the_rest(members: list[Account]) -> None:
    row = lock_subscription(members[0].pk)
    row.plan, row.tries = "plus", 9
    row.renews = NOON + timedelta(days=99)
    save_dates([row])

    stored = Subscription.objects.get(account=members[0])
    assert (stored.plan, stored.tries) == ("basic", 0)
    assert stored.renews == NOON + timedelta(days=99)


def test_others_stay_as_they_are(members: list[Account]) -> None:
    before = Subscription.objects.filter(account=members[2]).values().get()
    row = lock_subscription(members[0].pk)
    row.plan = "plus"
    save_subscriptions([row])

    assert Subscription.objects.filter(account=members[2]).values().get() == before


def test_saving_nothing_asks_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        save_subscriptions([])
        save_dates([])


def test_many_are_read_and_locked_with_one_query_in_the_order_of_their_accounts(
    members: list[Account], django_assert_num_queries: object
) -> None:
    rows = Subscription.objects.order_by("-account_id")
    with transaction.atomic(), django_assert_num_queries(1):  # type: ignore[operator]
        locked = lock_each(rows)
    with transaction.atomic(), django_assert_num_queries(1):  # type: ignore[operator]
        free = lock_free(rows)

    numbers = sorted(account.pk for account in members)
    assert [row.account for row in locked] == numbers
    assert [row.account for row in free] == numbers[::-1]


def test_a_frozen_plan_is_read_as_frozen_and_saving_leaves_it_so(members: list[Account]) -> None:
    Subscription.objects.filter(account=members[0]).update(frozen=NOON)
    row = lock_subscription(members[0].pk)
    assert row.frozen == NOON
    row.frozen = None
    save_subscriptions([row])

    assert Subscription.objects.get(account=members[0]).frozen == NOON
