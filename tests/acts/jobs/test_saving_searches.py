"""Searches that an account keeps: each once, so many, and nobody else's."""

import pytest

from connects.acts.jobs.save_search import (
    QUERY_CHARACTERS,
    SEARCHES_MOST,
    forget_search,
    save_search,
)
from connects.bootstrap.clock import held_at
from connects.market.jobs.models import SavedSearch
from connects.market.jobs.searches import saved_searches
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOON):
        return registered("ana", AccountKind.FREELANCER)


def kept(account: Account) -> list[tuple[str, str]]:
    return [(row.name, row.query) for row in saved_searches(account)]


def test_a_search_is_kept_under_its_name_or_its_words(ana: Account) -> None:
    save_search(ana, "Logos", "text=logo")
    save_search(ana, "", "text=sing")

    assert kept(ana) == [("Logos", "text=logo"), ("text=sing", "text=sing")]


def test_the_same_search_again_is_the_same_under_the_name_it_has_now(ana: Account) -> None:
    first = save_search(ana, "Logos", "text=logo")
    again = save_search(ana, "Other", "text=logo")

    assert first == again
    assert kept(ana) == [("Other", "text=logo")]
    save_search(ana, "", "text=logo")
    assert kept(ana) == [("Other", "text=logo")]


@pytest.mark.parametrize("query", ["", " ", "a\0b", "x" * (QUERY_CHARACTERS + 1)])
def test_a_search_that_says_nothing_or_too_much_is_not_kept(ana: Account, query: str) -> None:
    assert isinstance(save_search(ana, "x", query), Refused)
    assert kept(ana) == []


def test_so_many_are_kept_and_the_one_that_is_there_may_be_saved_again(ana: Account) -> None:
    for number in range(SEARCHES_MOST):
        assert isinstance(save_search(ana, "", f"text={number}"), SavedSearch)

    assert isinstance(save_search(ana, "", "text=more"), Refused)
    assert isinstance(save_search(ana, "", "text=0"), SavedSearch)
    assert len(kept(ana)) == SEARCHES_MOST


def test_nobody_forgets_the_search_of_another(ana: Account) -> None:
    with held_at(NOON):
        ben = registered("ben", AccountKind.FREELANCER)
    save_search(ana, "Logos", "text=logo")
    number = SavedSearch.objects.get().pk

    forget_search(ben, number)
    assert kept(ana) == [("Logos", "text=logo")]
    forget_search(ana, number)
    assert kept(ana) == []
