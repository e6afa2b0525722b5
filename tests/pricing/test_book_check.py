"""A rule book is checked whole, and on request for whether more money ever costs less."""

from functools import partial

import pytest

from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped_text
from connects.pricing.book_check import BookCheck, check_book


def checked(text: str, *, monotone: bool = False) -> BookCheck:
    return check_book(partial(parse_rule_book, text, "mine"), monotone=monotone)


def test_a_whole_rule_book_is_read() -> None:
    found = checked(shipped_text("upwork-2023"), monotone=True)

    assert found.is_whole
    assert found.book is not None
    assert found.book.name == "upwork-2023"
    assert found.problems == ()


def test_all_that_is_wrong_is_named_at_once() -> None:
    found = checked('name = "mine"\nversion = "one"\n')

    assert not found.is_whole
    assert any("version" in problem for problem in found.problems)
    assert len(found.problems) > 3


def test_a_card_on_which_more_costs_less_is_found_only_when_that_is_tried() -> None:
    text = shipped_text("upwork-2023").replace("connects = 6", "connects = 2", 1)
    tried = checked(text, monotone=True)

    assert checked(text).is_whole
    assert tried.falls is not None
    assert not tried.is_whole


@pytest.mark.parametrize("text", ["", "=", "a" * 1_000, "\x00", "[" * 100])
def test_what_is_no_toml_is_a_problem_and_no_error(text: str) -> None:
    assert checked(text).problems
