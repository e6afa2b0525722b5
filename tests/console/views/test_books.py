"""Finance's pages: closed months, reconciled days, and taxes that take over on their day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from connects.acts.books.close_months import close_what_is_over
from connects.acts.purchases.buy import order
from connects.market.payments.models import TaxRate
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, audited
from tests.market.people import NOON, Town

pytestmark = pytest.mark.django_db

TAX: dict[str, object] = {"country": "de", "name": "VAT", "percent": "19", "starts": "2019-06-01"}


def test_a_closed_month_tells_its_figures(here: Town) -> None:
    assert isinstance(order(here.freelancer, 10, "p"), Purchase)
    close_what_is_over(NOON + timedelta(days=30))
    desk = Desk(Role.FINANCE)

    assert "2019-05" in desk.page("books/")
    page = desk.page("books/2019-05/")
    assert "$1.50" in page
    assert str(10) in page


@pytest.mark.parametrize("name", ["2019-06", "2019-13", "nonsense", "9" * 300, "-"])
def test_a_month_that_is_not_closed_is_not_found(here: Town, name: str) -> None:
    close_what_is_over(NOON + timedelta(days=30))

    Desk(Role.FINANCE).page(f"books/{name}/", expected=404)


def test_a_tax_takes_over_on_its_day(here: Town) -> None:
    desk = Desk(Role.FINANCE)
    desk.do("books/taxes/", **TAX)
    desk.do("books/taxes/", **{**TAX, "percent": "20.5", "starts": "2019-07-01"})

    rates = list(TaxRate.objects.order_by("starts").values_list("country", "basis_points"))
    assert rates == [("DE", 1_900), ("DE", 2_050)]
    assert TaxRate.objects.order_by("starts")[0].starts == datetime(2019, 6, 1, tzinfo=UTC)
    assert [line[:2] for line in audited("tax")] == [("country:DE", "finance")] * 2
    page = desk.page("books/taxes/")
    assert "VAT" in page
    assert "DE" in page


def test_a_tax_of_the_same_day_is_corrected(here: Town) -> None:
    desk = Desk(Role.FINANCE)
    desk.do("books/taxes/", **TAX)
    desk.do("books/taxes/", **{**TAX, "percent": "7", "reverse_charge": "on"})

    rate = TaxRate.objects.get()
    assert (rate.basis_points, rate.reverse_charge) == (700, True)


@pytest.mark.parametrize(
    "form",
    [
        {"country": ""},
        {"country": "D"},
        {"country": "D3"},
        {"country": "DEU"},
        {"country": "Ge"},
        {"country": "ZZ"},
        {"country": "Atlantis"},
        {"name": ""},
        {"name": "x" * 31},
        {"percent": "-1"},
        {"percent": "101"},
        {"percent": "a lot"},
        {"percent": "NaN"},
        {"percent": "1e400"},
        {"percent": "19.123"},
        {"starts": "2019-05-01"},
        {"starts": "soon"},
    ],
)
def test_a_tax_that_makes_no_sense_is_refused(here: Town, form: dict[str, object]) -> None:
    answer = Desk(Role.FINANCE).send("books/taxes/", **{**TAX, **form})

    assert answer.status_code in (200, 409)
    assert not TaxRate.objects.exists()
    assert audited("tax") == []


def test_months_are_listed_the_newest_first(here: Town) -> None:
    close_what_is_over(NOON + timedelta(days=100))
    page = Desk(Role.FINANCE).page("books/")

    places = [page.index(f"{date(2019, month, 1):%Y-%m}") for month in (7, 6, 5)]
    assert places == sorted(places)
