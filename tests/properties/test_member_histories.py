"""Random lives of members: plans, purchases, money that goes back, work, gifts, suspensions, moves, time.

Whatever they do and however long the worker sleeps in between, every journal adds up, nothing that is
due is left undone, what arrives pays debt first and nobody holds what they owe, who has left or is
suspended is not charged, no move from one rule book to another takes a Connect away, and a program of
others finds the books in order.
A life that does not hold is shortened as far as it still does not, and told as a story.
"""

import os
import traceback
from pathlib import Path
from random import Random

import pytest
from django.db import transaction

from connects.bootstrap.providers import pretended_payments
from connects.market.members import editions
from connects.scenarios.stage import UnknownNameError
from connects.vocabulary.parties import AccountKind
from tests.properties.life import Life
from tests.properties.steps import BOOKS, Step, random_steps

COUNT = int(os.environ.get("CONNECTS_LIVES", "100"))
"""How many lives are lived; `make soak-lives` asks for ten thousand."""

SEED = os.environ.get("CONNECTS_LIVES_SEED", "1")
KINDS = (AccountKind.FREELANCER, AccountKind.AGENCY)
SHARES = 4
"""The lives are lived in as many tests, so that processes can share them."""


Beginning = tuple[str, AccountKind, str]
Problem = tuple[list[str], BaseException]


@pytest.mark.django_db
@pytest.mark.parametrize("share", range(SHARES))
def test_every_life_adds_up(share: int, tmp_path: Path) -> None:
    books, problems = tmp_path / "books.beancount", []
    for number in range(share, COUNT, SHARES):
        random = Random(f"{SEED}:{number}")
        beginning = (random.choice(BOOKS), random.choice(KINDS), random.choice(("US", "DE")))
        steps = random_steps(random)
        problem = lived(beginning, steps, books)
        if problem is not None:
            story, error = shortened(beginning, steps, problem, books)
            told = "".join(traceback.format_exception(error)[-3:])
            problems.append("\n".join([f"life {number} of seed {SEED}", *story, told]))
    assert not problems, "\n\n".join(problems)


def lived(beginning: Beginning, steps: list[Step], books: Path) -> Problem | None:
    """Live a life, and leave nothing behind: what did not hold, after which story."""
    with pretended_payments() as behaviours, transaction.atomic():
        life = Life(*beginning, behaviours)
        try:
            for step in steps:
                try:
                    life.take(step)
                except UnknownNameError:
                    continue
            life.end(books)
        except Exception as error:  # noqa: BLE001
            # Whatever it is, it is told with its story.
            return life.told, error
        finally:
            editions.forget_offers()
            transaction.set_rollback(True)
    return None


def shortened(beginning: Beginning, steps: list[Step], problem: Problem, books: Path) -> Problem:
    """The same problem with fewer steps, as far as leaving out some of them shows it still."""
    size = len(steps) // 2
    while size:
        place = 0
        while place < len(steps):
            fewer = steps[:place] + steps[place + size :]
            found = lived(beginning, fewer, books)
            if found is not None and type(found[1]) is type(problem[1]):
                steps, problem = fewer, found
            else:
                place += size
        size //= 2
    return problem
