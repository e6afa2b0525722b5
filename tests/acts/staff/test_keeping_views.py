"""A member of staff keeps views of lists: their own, few, and with names."""

import pytest

from connects.acts.staff.keep_views import VIEWS_MOST, forget_view, keep_view
from connects.market.people.models import User
from connects.market.staff.models import SavedView
from connects.market.staff.selectors import saved_views
from connects.vocabulary.parties import Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused

pytestmark = pytest.mark.django_db


def person(name: str, role: str = Role.SUPPORT.value) -> User:
    return User.objects.create_user(f"{name}@staff.example", name, None, role)


def problem(answer: SavedView | Refused) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters["problem"]


def test_a_view_is_its_keepers_alone_and_of_its_list_alone() -> None:
    sue, tom = person("sue"), person("tom")
    keep_view(sue, "jobs", "Open", "status=open")
    keep_view(sue, "accounts", "Agencies", "kind=agency")

    assert [view.name for view in saved_views(sue, "jobs")] == ["Open"]
    assert saved_views(tom, "jobs") == []


def test_a_view_of_the_same_name_takes_the_place_of_the_first() -> None:
    sue = person("sue")
    keep_view(sue, "jobs", "Mine", "status=open")
    keep_view(sue, "jobs", "Mine", "status=closed")

    assert [view.query for view in saved_views(sue, "jobs")] == ["status=closed"]


def test_views_are_few_and_have_names() -> None:
    sue = person("sue")
    for number in range(VIEWS_MOST):
        assert isinstance(keep_view(sue, "jobs", f"View {number}", ""), SavedView)

    assert problem(keep_view(sue, "jobs", "One more", "")) == Problem.TOO_MANY_VIEWS
    assert isinstance(keep_view(sue, "jobs", "View 0", "status=open"), SavedView)
    assert isinstance(keep_view(sue, "accounts", "Another list", ""), SavedView)
    assert problem(keep_view(sue, "promos", " ", "")) == Problem.REQUIRED
    assert problem(keep_view(sue, "promos", "Long", "q=" + "x" * 900)) == Problem.TOO_LONG


def test_who_is_no_staff_keeps_no_view() -> None:
    assert problem(keep_view(person("ana", ""), "jobs", "Open", "")) == Problem.STAFF_ROLE


def test_nobody_forgets_what_another_keeps() -> None:
    sue = person("sue")
    view = keep_view(sue, "jobs", "Open", "")
    assert isinstance(view, SavedView)

    forget_view(person("tom"), view.pk)
    assert saved_views(sue, "jobs") == [view]
    forget_view(sue, view.pk)
    assert saved_views(sue, "jobs") == []
