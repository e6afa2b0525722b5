"""Lists in pages: every item stands on one of them, and none is asked for that there is not."""

import pytest

from connects.market.pages import Page, page_of
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def accounts(number: int) -> None:
    Account.objects.bulk_create(
        Account(
            name=f"Member {n}",
            handle=f"member-{n}",
            kind=AccountKind.CLIENT.value,
            registered=NOON,
        )
        for n in range(number)
    )


def page(number: int, size: int = 3) -> Page[Account]:
    return page_of(Account.objects.order_by("id"), number, size)


@pytest.mark.parametrize(("rows", "pages"), [(0, 1), (1, 1), (3, 1), (4, 2), (7, 3)])
def test_every_row_stands_on_one_page(rows: int, pages: int) -> None:
    accounts(rows)
    shown = [row.handle for number in range(1, pages + 1) for row in page(number).items]

    assert shown == [f"member-{n}" for n in range(rows)]
    assert (page(1).pages, page(1).total) == (pages, rows)
    assert page(1).is_counted_out


@pytest.mark.parametrize(("asked", "given"), [(-5, 1), (0, 1), (2, 2), (3, 3), (4, 3), (10**9, 3)])
def test_a_number_that_there_is_not_is_the_nearest_one(asked: int, given: int) -> None:
    accounts(7)

    assert page(asked).number == given


def test_pages_know_their_neighbours() -> None:
    accounts(7)

    assert (page(1).previous, page(1).next) == (None, 2)
    assert (page(2).previous, page(2).next) == (1, 3)
    assert (page(3).previous, page(3).next) == (2, None)


def test_a_list_is_counted_no_further_than_its_last_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connects.market.pages.LAST_PAGE", 2)
    accounts(7)

    assert (page(1).pages, page(1).total, page(1).is_counted_out) == (2, 6, False)
    assert page(9).number == 2
