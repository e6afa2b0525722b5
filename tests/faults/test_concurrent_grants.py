"""Grants and agreements at once, from several processes: the sums hold, and nothing is done twice."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from connects.acts.staff import grant_courtesy
from connects.bootstrap.journals import journal
from connects.market.corrections.models import Correction
from connects.market.people.models import User
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import registered

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def together(address: str, *runs: tuple[object, ...]) -> Counter[str]:
    """What came of all that the processes did at the same time."""
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    program = [sys.executable, "-m", "tests.faults.granter"]
    processes = [
        subprocess.Popen(
            [*program, *map(str, run)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for run in runs
    ]
    outcomes: Counter[str] = Counter()
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        for word in output.split():
            name, _, count = word.partition("=")
            outcomes[name] += int(count)
    return outcomes


def person(name: str) -> User:
    return User.objects.create_user(f"{name}@test.example", name, None, Role.SUPPORT.value)


def test_four_people_at_once_do_not_pass_an_accounts_sum(address: str) -> None:
    ana = registered("ana", AccountKind.FREELANCER, "upwork-2023")
    before = journal().wallet(ana.pk).balance
    people = [person(f"sue{number}") for number in range(4)]

    outcomes = together(
        address, *((user.email, "ana", 5 * n, 5 * n + 5) for n, user in enumerate(people))
    )

    assert outcomes == {"done": 10, "proposed": 10}
    assert journal().wallet(ana.pk).balance == before + 1_000


def test_two_who_agree_at_once_grant_once(address: str) -> None:
    ana = registered("ana", AccountKind.FREELANCER, "upwork-2023")
    before = journal().wallet(ana.pk).balance
    proposed = grant_courtesy.grant(ana, 2_000, "a race", person("sue"), "one")
    assert isinstance(proposed, Correction)
    seconds = [person("sam"), person("tom")]

    outcomes = together(address, *((user.email, "agree", proposed.pk) for user in seconds))

    assert outcomes == {"done": 1, "refused": 1}
    assert journal().wallet(ana.pk).balance == before + 2_000
