"""A study is read strictly: everything that is wrong is told at once, with its line, before it plays."""

import re
from pathlib import Path

import pytest

pytest.importorskip("numba")

from connects.lab.studies.change import changed_book
from connects.lab.studies.memory import TooLarge, check_memory
from connects.lab.studies.planned import Planned, planned
from connects.lab.studies.study import StudyProblems, parse_study
from connects.policy.shelf import shipped, shipped_text
from tests.architecture.sources import ROOT

DOUBLED = """
title = "Doubling the card"
days = 100
warm_up_days = 20
seeds = 2
freelancers = 60

[[arm]]
name = "now"
policy = "upwork-2023"

[[arm]]
name = "doubled for half"
policy = "upwork-2023"
mixed = { change = { card.multiply = 2 }, share = 0.5, by = "account" }
"""


def plan(text: str) -> Planned:
    return planned(parse_study(text, "s.toml"), "s.toml", Path(), text)


def problems(text: str) -> list[str]:
    with pytest.raises(StudyProblems) as told:
        plan(text)
    return str(told.value).splitlines()


def test_a_study_is_made_ready_with_its_rule_books_and_seeds() -> None:
    ready = plan(DOUBLED)

    mixed = ready.arms[1].mixed
    assert mixed is not None
    assert mixed.book.card.ladder == [2, 4, 8, 12, 16]
    assert mixed.book.card.bands[1].connects.low == 8
    assert [(run.arm.name, run.seed) for run in ready.runs[:2]] == [
        ("now", 1),
        ("doubled for half", 1),
    ]
    assert ready.study.against == "now"


@pytest.mark.parametrize(
    ("replaced", "by", "told"),
    [
        ("days = 100", "dayz = 100", "s.toml:3: dayz: expected a key of the study"),
        ("seeds = 2", "seeds = 1" + "0" * 30, "s.toml:5: seeds: a number beyond 10^18"),
        ("seeds = 2", "seeds = 1001", "s.toml:5: seeds: expected 1000 or less, found 1001"),
        ("freelancers = 60", "freelancers = 0", "s.toml:6: freelancers: expected 50 or more"),
        ("share = 0.5", "share = 2", "s.toml:15: arm[1].mixed.share: expected less than 1"),
        (
            "days = 100",
            "days = 40",
            "s.toml:3: days: expected 51 or more (31 more than warm_up_days), found 40",
        ),
        (
            '"now"',
            '"doubled for half"',
            "s.toml:13: arm[1].name: expected a name of its own, found 'doubled for half', which",
        ),
        (
            "[[arm]]",
            "[question]\nagainst = 'then'\n[[arm]]",
            "s.toml:9: question.against: expected the name of an arm (now, doubled for half)",
        ),
        (
            "seeds = 2",
            "first_seed = 1" + "0" * 18,
            "s.toml:5: first_seed: expected 1000000000 or less",
        ),
        ("seeds = 2", "seeds = 1" + "0" * 5000, "s.toml: this is not valid TOML: a number of too"),
        ('"now"', '"\\u001b[31m"', "arm[0].name: expected words in one line"),
        (
            '"now"',
            '"now"\nbehaviour = { ghosts = 7 }',
            "s.toml:10: arm[0].behaviour.ghosts: expected",
        ),
        (
            '"now"',
            '"now"\nbehaviour = { gosts = 0 }',
            "arm[0].behaviour.gosts: expected a parameter",
        ),
        (
            '"now"',
            '"now"\nchange = { cards = {} }',
            "s.toml:10: arm[0].change.cards: expected a key",
        ),
        ("multiply = 2", "multiply = -1", "s.toml:15: arm[1].mixed.change.card.multiply: expected"),
        (
            'policy = "upwork-2023"',
            'policy = "gone"',
            "s.toml:10: arm[0].policy: There is no rule book 'gone'. Shipped: fair-2026",
        ),
        (
            'policy = "upwork-2023"\n\n',
            'policy = "freelancer-com"\n\n',
            "s.toml:10: arm[0].policy: freelancer-com@3 cannot be played.",
        ),
        (
            "title",
            'population = "moon"\ntitle',
            "s.toml:2: population: There is no population 'moon'. Shipped: upwork-2023",
        ),
        (
            "[[arm]]",
            "[question]\nmetrics = ['profit']\n[[arm]]",
            "question.metrics: expected measures",
        ),
    ],
)
def test_what_cannot_be_played_is_told_with_its_place(replaced: str, by: str, told: str) -> None:
    assert replaced in DOUBLED

    assert any(told in line for line in problems(DOUBLED.replace(replaced, by, 1)))


@pytest.mark.parametrize("number", range(2))
def test_the_studies_in_the_documentation_can_be_played(number: int) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/lab.md").read_text(), re.DOTALL)

    assert len(blocks) == 2
    assert len(plan(blocks[number]).arms) == 3


def test_all_problems_are_told_at_once() -> None:
    text = DOUBLED.replace('policy = "upwork-2023"\nmixed', 'policy = "gone"\nmixed')

    told = problems("behaviour = { effort = 99 }" + text)

    assert [" ".join(line.split()[:2]) for line in told] == [
        "s.toml:1: behaviour.effort:",
        "s.toml:14: arm[1].policy:",
        "s.toml:15: arm[1].mixed.policy:",
    ]


def test_all_that_does_not_go_together_is_told_at_once() -> None:
    text = DOUBLED.replace('"now"', '"doubled for half"').replace("days = 100", "days = 40")

    assert [line.split(": expected")[0] for line in problems(text)] == [
        "s.toml:13: arm[1].name",
        "s.toml:3: days",
    ]


def test_a_clause_that_was_not_there_can_be_added_and_nothing_else_changes() -> None:
    text = shipped_text("upwork-2023")

    changed = changed_book(text, "it", {"posts": {"silent_after_days": 21}})

    assert changed.posts is not None
    assert changed.posts.silent_after_days == 21
    assert changed.model_copy(update={"posts": None}) == shipped("upwork-2023").model_copy(
        update={"digest": ""}
    )


def test_what_does_not_fit_into_memory_is_refused_before_anything_is_played() -> None:
    ready = plan(DOUBLED.replace("freelancers = 60", "freelancers = 2_000_000"))

    with pytest.raises(TooLarge, match=r"64 runs at once need about .* GB .* Nothing was played"):
        check_memory(plan_of_many(ready), processes=64)


def plan_of_many(ready: Planned) -> Planned:
    many = ready.study.model_copy(update={"seeds": 32})
    return Planned(many, ready.arms, ready.population, ready.rules)
