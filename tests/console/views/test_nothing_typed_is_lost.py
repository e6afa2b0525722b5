"""A form of staff's that is refused comes back with what was typed, and a grant says what it made so."""

import pytest

from connects.acts.staff.grant_courtesy import TO_ACCOUNT_MOST
from connects.bootstrap.journals import journal
from connects.market.corrections.models import Correction
from connects.market.members.selectors import rule_book_of
from connects.vocabulary.parties import AccountKind, Role
from tests.console.desk import Desk
from tests.market.people import NOON, Town

pytestmark = pytest.mark.django_db
ANA = "accounts/ana/"
GRANT = {"credits": "5", "reason": "Sorry for Monday.", "key": "first"}


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ({**GRANT, "credits": "many"}, ("many", "Sorry for Monday.")),
        ({**GRANT, "expires": "2019-01-01T00:00"}, ("2019-01-01T00:00", "Sorry for Monday.")),
        ({"act": "erase", "handle": "anna", "reason": "They ask."}, ("anna", "They ask.")),
    ],
)
def test_what_was_typed_into_a_refused_form_stays(
    here: Town, form: dict[str, str], kept: tuple[str, ...]
) -> None:
    page = Desk(Role.OPERATOR).refused(ANA, **form)

    assert "<title>Error: " in page
    for text in kept:
        assert f'value="{text}' in page, text


def test_the_fold_of_a_refused_form_stays_open_and_its_neighbours_closed(here: Town) -> None:
    page = Desk(Role.OPERATOR).refused(ANA, act="erase", handle="anna", reason="They ask.")

    assert '<details class="fold" open><summary>Erase…' in page
    assert '<details class="fold"><summary>Suspend…' in page
    assert page.count('value="They ask."') == 1


def test_a_grant_says_what_the_member_has_now(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    there = desk.do(ANA, **GRANT).removeprefix("/console/")
    have = journal().wallet(here.freelancer.pk).balance

    assert f"Ana has {have} Connects now, and was told." in desk.page(there)


def test_a_grant_that_waits_says_so_and_the_form_names_the_limit(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    assert f"Above {TO_ACCOUNT_MOST:,} Connects for one account in 30 days" in desk.page(ANA)

    there = desk.do(ANA, **{**GRANT, "credits": str(TO_ACCOUNT_MOST + 1)})

    page = desk.page(there.removeprefix("/console/"))
    assert '<div class="note good" role="status"' in page
    assert "a second member of staff has to agree." in page
    assert not Correction.objects.get().decided


def test_a_grant_of_which_only_a_part_fits_says_how_much(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    most = rule_book_of(here.freelancer, NOON).balance_limit("basic", AccountKind.FREELANCER)
    assert most is not None
    room = most - journal().wallet(here.freelancer.pk).balance

    there = desk.do(ANA, **{**GRANT, "credits": str(room + 7)})

    page = desk.page(there.removeprefix("/console/"))
    assert page.count(f"Only {room} of the {room + 7} fit under their limit.") == 2


def test_the_activity_log_says_how_many_connects_were_granted(here: Town) -> None:
    Desk(Role.SUPPORT).do(ANA, **GRANT)

    page = Desk(Role.FINANCE).page("audit/")

    assert "Granted Connects" in page
    assert '<td data-label="How much">5 Connects</td>' in page
