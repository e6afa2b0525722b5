"""Whatever is wrong with whichever key: it is told where, what was expected and what was found."""

from typing import Any

import pytest

from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.shelf import shipped, shipped_names
from tests.policy.tables import (
    GONE,
    Path,
    as_toml,
    at,
    inner_tables,
    leaves,
    problems,
    put,
    said,
    tables,
)

NEEDED = (
    "name",
    "version",
    "title",
    "effective",
    "currency",
    "source",
    "value",
    "card",
    "free",
    "bundles",
    "plans",
    "cycles",
    "grants",
    "limits",
    "expiry",
    "returns",
    "payment",
    "rollout",
)

OPEN_TABLES = {"value.similar_jobs.by_category", "payment.not_in"}
"""Their keys are names that the marketplace chooses."""


def with_change(name: str, path: Path, value: Any) -> str:
    changed = tables(name)
    put(changed, path, value)
    return as_toml(changed)


def of_another_type(value: Any) -> Any:
    return 7 if isinstance(value, str | list) else "seven"


def is_told_at(path: Path, place: str) -> bool:
    """Whether a problem's place is the path, or a table that it belongs to.

    What stands for several keys, as `percent` does for each stage, is told under their names.
    """
    above = {said(path[:length]) for length in range(1, len(path) + 1)}
    long_form = path[:-1] if path[-1] == "percent" else path
    return place in above or place.startswith(f"{said(long_form)}.")


@pytest.mark.parametrize("name", shipped_names())
def test_a_rule_book_that_is_written_another_way_says_the_same(name: str) -> None:
    again = parse_rule_book(as_toml(tables(name)), "again.toml")

    assert again.model_copy(update={"digest": ""}) == shipped(name).model_copy(
        update={"digest": ""}
    )
    assert again.digest != shipped(name).digest, "the digest is that of the text, not of the rules"


@pytest.mark.parametrize("name", shipped_names())
def test_a_value_of_another_type_is_told_at_its_place(name: str) -> None:
    whole = tables(name)
    for path in leaves(whole):
        wrong = of_another_type(at(whole, path))
        told = problems(with_change(name, path, wrong))

        assert all(is_told_at(path, problem.path) for problem in told), (path, told)
        assert any(repr(wrong) in problem.found for problem in told), (path, told)


@pytest.mark.parametrize("name", shipped_names())
def test_a_key_that_no_rule_book_has_is_told_in_every_table(name: str) -> None:
    whole = tables(name)
    for path in inner_tables(whole):
        if said(path) in OPEN_TABLES or at(whole, path).keys() == {"percent"}:
            continue
        told = problems(with_change(name, (*path, "colour"), "green"))

        assert [(problem.path, problem.expected, problem.found) for problem in told] == [
            (said((*path, "colour")), "a key of the rule book", "an unknown key")
        ]


@pytest.mark.parametrize("name", shipped_names())
def test_a_key_that_is_left_out_takes_its_default_or_is_told(name: str) -> None:
    for path in leaves(tables(name)):
        text = with_change(name, path, GONE)
        try:
            parse_rule_book(text, "mine.toml")
        except RuleBookProblems as error:
            for problem in error.problems:
                assert is_told_at(path, problem.path), (path, problem)


@pytest.mark.parametrize("key", NEEDED)
def test_no_clause_may_be_missing(key: str) -> None:
    (problem,) = problems(with_change("upwork-2019-05", (key,), GONE))

    assert (problem.path, problem.expected, problem.found) == (key, "a value", "nothing")


@pytest.mark.parametrize("name", shipped_names())
def test_every_clause_must_name_its_source(name: str) -> None:
    sources = [path for path in leaves(tables(name)) if path[-1] == "source"]

    assert len(sources) >= 13
    for path in sources:
        for wrong, expected in ((GONE, "a value"), ("", "not empty")):
            (problem,) = problems(with_change(name, path, wrong))
            assert problem.path == said(path)
            assert expected in problem.expected


def test_a_long_value_is_told_by_its_beginning() -> None:
    (problem,) = problems(with_change("upwork-2018", ("title",), "long " * 100))

    assert problem.path == "title"
    assert problem.found.startswith("'long long")
    assert len(problem.found) == 60


def test_problems_are_in_the_order_of_the_rule_book() -> None:
    changed = tables("upwork-2018")
    put(changed, ("rollout", "notice_days"), -1)
    put(changed, ("title",), "")
    put(changed, ("returns", "grace_days"), 0)

    told = problems(as_toml(changed))

    assert [problem.path for problem in told] == [
        "title",
        "returns.grace_days",
        "rollout.notice_days",
    ]


def test_a_problem_reads_as_one_line_with_file_place_and_both_values() -> None:
    (problem,) = problems(with_change("upwork-2018", ("returns", "grace_days"), 0))

    assert str(problem).startswith("mine.toml: returns.grace_days: expected ")
    assert str(problem).endswith("found 0")
    assert "\n" not in str(problem)


def test_the_error_itself_holds_a_line_for_each_problem() -> None:
    changed = tables("upwork-2018")
    put(changed, ("title",), "")
    put(changed, ("version",), 0)

    with pytest.raises(RuleBookProblems) as caught:
        parse_rule_book(as_toml(changed), "mine.toml")

    assert len(str(caught.value).splitlines()) == len(caught.value.problems) == 2


def test_nobody_writes_a_digest_into_a_rule_book() -> None:
    (problem,) = problems(with_change("upwork-2018", ("digest",), "00" * 32))

    assert problem.path == "digest"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "name = 'x'\nname = 'y'",
        "x = " + "9" * 5_000,
        "x = " + "[" * 3_000,
        "x = 0x" + "f" * 99,
    ],
)
def test_a_text_that_is_no_rule_book_is_told_without_a_crash(text: str) -> None:
    assert problems(text)
