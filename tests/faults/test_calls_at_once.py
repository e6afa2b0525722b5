"""The same request of a host's, sent again while the first is on its way, is done once."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest
from django.conf import settings

from connects.market.trust.models import StaffAct
from tests.faults.calling_at_once import STORY, THREADS

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_each_request_is_done_once_and_answered_alike_however_often_it_comes_at_once(
    address: str,
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "CONNECTS_VAR": str(settings.VAR),
        "CONNECTS_HOSTS": "testserver",
    }
    program = [sys.executable, "-m", "tests.faults.calling_at_once"]
    told = json.loads(subprocess.check_output(program, env=environment, timeout=120))

    assert (told["balance"], told["debt"]) == (11, 0)
    for method, path, _ in STORY:
        statuses, replays = told["told"][f"{method} {path}"]
        is_made = method == "PUT"
        once = Counter({201 if is_made else 200: 1})
        assert Counter(statuses) - Counter({200: THREADS - 1}) == once, (path, statuses)
        assert replays == THREADS - 1, path
    acts = Counter(StaffAct.objects.filter(role="api-client").values_list("act", "parameters__id"))
    assert max(acts.values()) == 1, acts
