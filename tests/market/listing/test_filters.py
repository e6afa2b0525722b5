"""Filters: the fields that each has, and what it makes of what is typed into them."""

from datetime import timedelta

import pytest
from django.db.models import Q

from connects.market.listing.filters import (
    Choice,
    Country,
    Days,
    Filter,
    Kinds,
    LookedUp,
    Range,
    Words,
    exactly,
    of_column,
)
from connects.market.people.models import Account, User
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

KIND = of_column("kind", "Kind", [("client", "client"), ("agency", "agency")])
STANDING = Choice("standing", "Standing", {"bad": ("Bad", Q(suspended__isnull=False))})
NAME = Words("q", "Name", lambda rows, text: rows.filter(name=text), most=5)
COUNTRY = Country("country", "Country", "country")
LOOKED_UP = LookedUp("found", "Found", lambda text: Q(name=text))
HANDLE = exactly("handle", "Handle", "handle", "external_id")
REGISTERED = Days("registered", "Registered", "registered")
LIMIT = Range("limit", "Limit", "spends_most")
SOURCE = Kinds("of", "Of", {"accounts": ("Accounts", Account), "people": ("People", User)})


@pytest.fixture(autouse=True)
def accounts() -> None:
    for number, (name, kind) in enumerate((("Ana", "client"), ("Bo", "agency"), ("Cy", "client"))):
        Account.objects.create(
            name=name,
            handle=name.lower(),
            kind=kind,
            registered=NOON + timedelta(days=number),
            spends_most=number * 10,
            external_id=f"host-{number}",
        )


def fitting(each: Filter, **typed: str) -> list[str]:
    """The names that fit what is typed."""
    narrow = each.narrow(Typed(typed))
    assert callable(narrow), narrow
    return [row.name for row in narrow(Account.objects.order_by("pk"))]


def problem(each: Filter, **typed: str) -> object:
    refused = each.narrow(Typed(typed))
    assert isinstance(refused, Refused), refused
    return refused.parameters["problem"]


@pytest.mark.parametrize(
    "each", [COUNTRY, KIND, STANDING, NAME, LOOKED_UP, HANDLE, REGISTERED, LIMIT, SOURCE]
)
def test_what_is_left_empty_narrows_nothing(each: Filter) -> None:
    assert each.narrow(Typed({})) is None
    assert each.narrow(Typed({field.name: "  " for field in each.fields})) is None


def test_a_choice_offers_words_and_takes_its_own_values_alone() -> None:
    assert KIND.fields[0].options == (("client", "Client"), ("agency", "Agency"))
    assert fitting(KIND, kind="client") == ["Ana", "Cy"]
    assert fitting(STANDING, standing="bad") == []
    assert problem(KIND, kind="Client") == Problem.UNKNOWN


def test_words_are_cut_to_what_can_fit() -> None:
    assert fitting(NAME, q="Ana") == ["Ana"]
    assert fitting(NAME, q="Ana  and what stands behind") == ["Ana"]
    assert NAME.fields[0].most == 5


def test_a_country_is_known_by_its_name_or_its_code() -> None:
    Account.objects.filter(name="Bo").update(country="DE")

    for text in ("Germany", "germany", "DE", "de"):
        assert fitting(COUNTRY, country=text) == ["Bo"], text
    assert fitting(COUNTRY, country="France") == []
    for text in ("ZZ", "Nowhere", "D"):
        assert problem(COUNTRY, country=text) == Problem.NOT_A_COUNTRY


def test_what_is_looked_up_is_looked_up_once() -> None:
    asked: list[str] = []

    def condition(text: str) -> Q:
        asked.append(text)
        return Q(name=text)

    narrow = LookedUp("found", "Found", condition).narrow(Typed({"found": " Bo "}))
    assert callable(narrow)
    assert [row.name for row in narrow(Account.objects.all())] == ["Bo"]
    assert [row.name for row in narrow(Account.objects.all())] == ["Bo"]
    assert asked == ["Bo"]
    assert fitting(LOOKED_UP, found="Ana") == ["Ana"]


def test_one_of_several_columns_holds_what_is_typed() -> None:
    assert fitting(HANDLE, handle="bo") == ["Bo"]
    assert fitting(HANDLE, handle="host-2") == ["Cy"]
    assert fitting(HANDLE, handle="host") == []


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2019-05-21", "", ["Bo", "Cy"]),
        ("", "2019-05-21", ["Ana", "Bo"]),
        ("2019-05-21", "2019-05-21", ["Bo"]),
        ("2019-06-01", "", []),
    ],
)
def test_days_are_whole_and_both_ends_are_in(first: str, last: str, names: list[str]) -> None:
    typed = {"registered-from": first, "registered-to": last}

    assert fitting(REGISTERED, **typed) == names


def test_days_that_are_none_or_the_wrong_way_round_are_refused() -> None:
    assert problem(REGISTERED, **{"registered-from": "20/05/2019"}) == Problem.NOT_A_DAY
    assert problem(REGISTERED, **{"registered-to": "0001-01-01"}) == Problem.NOT_A_DAY
    typed = {"registered-from": "2019-05-22", "registered-to": "2019-05-21"}
    assert problem(REGISTERED, **typed) == Problem.CONTRADICTS
    assert [field.kind for field in REGISTERED.fields] == ["date", "date"]


def test_the_last_day_of_the_calendar_is_a_day() -> None:
    assert fitting(REGISTERED, **{"registered-to": "2999-12-31"}) == ["Ana", "Bo", "Cy"]


@pytest.mark.parametrize(
    ("least", "most", "names"),
    [
        ("10", "", ["Bo", "Cy"]),
        ("", "10", ["Ana", "Bo"]),
        ("10", "10", ["Bo"]),
        ("0", "0", ["Ana"]),
    ],
)
def test_both_ends_of_a_range_are_in(least: str, most: str, names: list[str]) -> None:
    assert fitting(LIMIT, **{"limit-least": least, "limit-most": most}) == names


@pytest.mark.parametrize("text", ["-1", "1.5", "ten", "9" * 12, "1e3"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    assert problem(LIMIT, **{"limit-least": text}) == Problem.NOT_WHOLE
    assert problem(LIMIT, **{"limit-most": text, "limit-least": "1"}) == Problem.NOT_WHOLE


def test_a_range_without_anything_in_it_is_refused() -> None:
    assert problem(LIMIT, **{"limit-least": "5", "limit-most": "4"}) == Problem.CONTRADICTS


def test_a_source_is_chosen_and_the_others_have_nothing() -> None:
    assert fitting(SOURCE, of="accounts") == ["Ana", "Bo", "Cy"]
    assert fitting(SOURCE, of="people") == []
    assert problem(SOURCE, of="robots") == Problem.UNKNOWN
