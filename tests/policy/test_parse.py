"""A rule book loads whole, or every one of its problems is told."""

from pathlib import Path

import pytest

from connects.policy.compare import compare
from connects.policy.explain import explain
from connects.policy.parse import RuleBookProblems, load_rule_book, parse_rule_book
from connects.policy.shelf import RuleBookUnknown, find, shipped, shipped_names, shipped_text

TEXT = shipped_text("upwork-2019-05")


def problems(text: str) -> dict[str, str]:
    with pytest.raises(RuleBookProblems) as caught:
        parse_rule_book(text, "mine.toml")
    assert all(problem.file == "mine.toml" for problem in caught.value.problems)
    return {
        problem.path: f"{problem.expected}; {problem.found}" for problem in caught.value.problems
    }


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_rule_book_loads_and_every_clause_names_its_source(name: str) -> None:
    book = shipped(name)

    assert book.name == name
    assert len(book.digest) == 64
    assert all(section.source for section in explain(book))


def test_all_problems_are_told_at_once() -> None:
    text = (
        TEXT.replace('title = "Paid Connects"', "title = 7\ncolour = 1")
        .replace("grace_days = 30", "grace_days = -1")
        .replace('price = "1.50"', "price = 1.5")
        .replace('currency = "USD"', 'currency = "XYZ"')
        .replace("never_closed = { percent = 0 }", "")
    )

    found = problems(text)

    assert {
        "title",
        "colour",
        "returns.grace_days",
        "returns.never_closed",
        "bundles.offers[0].price",
        "currency",
    } <= found.keys()
    assert found["colour"] == "a key of the rule book; an unknown key"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('over = "50.00", up_to', 'over = "40.00", up_to', "overlapping bands quick, short-term"),
        ('over = "50.00", under', 'over = "60.00", under', "no band for a fixed job"),
        ("low = 3, high = 4", "low = 4, high = 3", "low price that is not above"),
        ('name = "quick"', 'name = "short-term"', "not 'short-term' twice"),
        ("not_under_days = 7 }", "not_under_days = 7, under_days = 7 }", "exactly one of"),
        ("connects = 10, price", "connects = 20, price", "each size of bundle once"),
        ('price_per_month = "0.00"', 'price_per_month = "1.00"', "a plan without a price"),
        ('source = "', 'source = ""  # "', "source"),
        ("percent = 100", "percent = 101", "100"),
    ],
)
def test_a_rule_that_cannot_hold_is_told(before: str, after: str, said: str) -> None:
    assert before in TEXT

    found = problems(TEXT.replace(before, after, 1))

    assert said in " ".join(f"{path}: {words}" for path, words in found.items())


def test_a_band_off_the_ladder_is_told() -> None:
    text = shipped_text("upwork-2023").replace("ladder = [1, 2, 4, 6, 8]", "ladder = [1, 2, 4]")

    assert "a price on the ladder" in " ".join(problems(text).values())


def test_broken_toml_names_its_line() -> None:
    assert "line 2" in problems("name = 1\nversion = = 2\n")[""]


def test_a_missing_or_unreadable_file_is_a_problem_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"name = '\xff'")

    for name in ("absent.toml", "latin.toml"):
        with pytest.raises(RuleBookProblems, match="this file cannot be read"):
            load_rule_book(tmp_path / name)


def test_an_unknown_name_lists_what_ships() -> None:
    with pytest.raises(RuleBookUnknown, match="upwork-2019-05"):
        find("no-such-book")


def test_a_rule_book_does_not_differ_from_itself() -> None:
    assert compare(shipped("upwork-2018"), shipped("upwork-2018")) == ()


def test_the_move_to_paid_connects_says_what_changes() -> None:
    topics = {d.topic: d for d in compare(shipped("upwork-2018"), shipped("upwork-2019-05"))}

    assert (
        "Newcomers get 20 (agencies 0) Connects, once."
        in topics["Given to newcomers and others"].after
    )
    assert "The client closes the job without hiring: all Connects come back." in (
        topics["What comes back"].after
    )
