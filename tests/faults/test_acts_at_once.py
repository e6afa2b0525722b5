"""Sixteen of the same at once, from two processes: limits hold, and nothing is an error."""

import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from connects.market.announcements.models import Reply
from connects.market.limits.table import REPLIES
from connects.market.moderation.models import Flag
from connects.market.people.models import User
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import posted, registered, rules_change

PROCESSES, THREADS = 2, 8
AT_ONCE = PROCESSES * THREADS

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def acted(address: str, act: str) -> Counter[str]:
    environment = {**os.environ, "DATABASE_URL": address, "CONNECTS_VAR": str(settings.VAR)}
    program = [sys.executable, "-m", "tests.faults.acting_at_once", act, "ana", str(THREADS)]
    processes = [
        subprocess.Popen(
            [*program, str(number * THREADS)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for number in range(PROCESSES)
    ]
    outcomes: Counter[str] = Counter()
    for process in processes:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        for word in output.split():
            name, _, count = word.partition("=")
            outcomes[name] += int(count)
    return outcomes


def test_five_of_sixteen_replies_at_once_are_taken(address: str) -> None:
    registered("ana", AccountKind.FREELANCER)
    olga = User.objects.create_user("olga@test.example", "Olga", None, Role.OPERATOR.value)
    rules_change(olga)

    outcomes = acted(address, "reply")

    assert outcomes == {"done": REPLIES.most, "too_many_replies": AT_ONCE - REPLIES.most}
    assert Reply.objects.exclude(account=None).count() == REPLIES.most


def test_sixteen_equal_flags_at_once_are_one(address: str) -> None:
    registered("ana", AccountKind.FREELANCER)
    posted(registered("acme", AccountKind.CLIENT))

    assert acted(address, "flag") == {"done": AT_ONCE}
    assert Flag.objects.count() == 1
