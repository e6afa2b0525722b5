"""Staff upload a rule book: whole ones alone, each version once, and accounts can be moved to it."""

import re

import pytest

from connects.acts.rules.upload_rule_book import CHARACTERS_MOST, check_upload, upload_rule_book
from connects.acts.staff.move_account import move_account
from connects.bootstrap.clock import held_at
from connects.market.members.editions import known_book, known_names, text_of
from connects.market.members.models import RuleBookEdition, UploadedBook
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import User
from connects.market.rollout.models import Move
from connects.market.trust.models import StaffAct
from connects.policy.shelf import shipped_text
from connects.policy.terms import RuleBook
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def text(name: str = "our-own", version: int = 1, title: str = "Our own rules") -> str:
    """A rule book of the marketplace's own: one that ships, under another name."""
    own = {"name": f'"{name}"', "version": str(version), "title": f'"{title}"'}
    written = shipped_text("upwork-2019-05")
    for key, value in own.items():
        written = re.sub(rf"^{key} = .*$", f"{key} = {value}", written, count=1, flags=re.MULTILINE)
    return written


@pytest.fixture
def pam() -> User:
    return User.objects.create_user("pam@staff.example", "Pam", None, Role.POLICY.value)


def uploaded(written: str, staff: User) -> RuleBook | Refused:
    with held_at(NOON):
        return upload_rule_book(written, staff)


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters["problem"]


def test_what_is_uploaded_is_known_and_read_as_it_was_written(pam: User) -> None:
    book = uploaded(text(), pam)

    assert isinstance(book, RuleBook)
    assert known_book("our-own") == known_book("our-own@1") == book
    assert "our-own" in known_names()
    assert text_of(book) == text()
    assert StaffAct.objects.get().subject == "rule-book:our-own@1"


def test_the_same_text_again_is_the_same_and_another_of_its_version_is_refused(pam: User) -> None:
    first = uploaded(text(), pam)

    assert uploaded(text(), pam) == first
    assert UploadedBook.objects.count() == StaffAct.objects.count() == 1
    assert problem(uploaded(text(title="Another"), pam)) == Problem.TAKEN


def test_a_later_version_is_the_newest_and_the_first_stays(pam: User) -> None:
    uploaded(text(), pam)
    second = uploaded(text(version=2), pam)

    assert known_book("our-own") == second
    first = known_book("our-own@1")
    assert first is not None
    assert first.version == 1
    assert known_book("our-own@3") is None


def test_accounts_are_moved_to_it_and_it_becomes_an_edition(pam: User) -> None:
    book = uploaded(text(), pam)
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        assert isinstance(move_account(ana, pam, "our-own", notice=False), Move)

    assert rule_book_of(ana, NOON) == book
    assert RuleBookEdition.objects.get(name="our-own").text == text()
    assert problem(uploaded(text(title="Another"), pam)) == Problem.TAKEN


def test_names_that_ship_are_not_for_others(pam: User) -> None:
    assert problem(uploaded(text("upwork-2019-05", 9), pam)) == Problem.TAKEN


@pytest.mark.parametrize("written", ["", "name = 1", "\x00", "x" * (CHARACTERS_MOST + 1)])
def test_what_is_not_whole_is_not_kept(written: str, pam: User) -> None:
    assert check_upload(written, monotone=False).problems
    assert problem(uploaded(written, pam)) == Problem.NOT_A_RULE_BOOK
    assert not UploadedBook.objects.exists()


def test_others_upload_nothing(pam: User) -> None:
    support = User.objects.create_user("sue@staff.example", "Sue", None, Role.SUPPORT.value)

    assert problem(uploaded(text(), support)) == Problem.STAFF_ROLE
    assert not UploadedBook.objects.exists()
