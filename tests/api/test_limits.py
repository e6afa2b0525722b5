"""How often someone may call: a rule of the product, counted in the database by the clock."""

from datetime import timedelta
from typing import Any

import pytest

from connects.bootstrap.clock import held_at
from connects.market.keys.limits import call_refused
from connects.market.keys.models import CallCount
from tests.api.calling import key_for, person_of, price_of, problem, signed_in, with_key
from tests.market.people import NOON, Town

BEGIN = NOON + timedelta(minutes=5, seconds=12, milliseconds=300)


@pytest.fixture(autouse=True)
def _three_calls(settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 3


def test_calls_above_the_limit_wait_for_the_next_minute(here: Town) -> None:
    client = with_key(key_for(here.freelancer).secret)
    with held_at(BEGIN):
        answers = [price_of(client, here.job.public_id) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    told = problem(answers[-1], 429)
    assert told["code"] == "too_many_calls"
    assert told["parameters"] == {"most": 3, "retry_after_seconds": 48}
    assert "48 seconds" in told["message"]
    assert answers[-1].headers["Retry-After"] == "48"
    with held_at(BEGIN + timedelta(seconds=48)):
        assert price_of(client, here.job.public_id).status_code == 200


def test_each_key_and_each_person_is_counted_alone(here: Town) -> None:
    callers = [
        with_key(key_for(here.freelancer, "one").secret),
        with_key(key_for(here.freelancer, "two").secret),
        signed_in(person_of(here.freelancer)),
        signed_in(person_of(here.client)),
    ]

    for caller in callers:
        statuses = [price_of(caller, here.job.public_id).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]


def test_wrong_calls_count_and_calls_without_a_key_are_nobodys(here: Town) -> None:
    client = with_key(key_for(here.freelancer).secret)
    for _ in range(3):
        assert price_of(client, "nowhere").status_code == 404

    assert price_of(client, here.job.public_id).status_code == 429
    assert price_of(with_key("nonsense"), here.job.public_id).status_code == 401
    assert CallCount.objects.count() == 1


def test_waiting_is_never_for_no_time_and_never_beyond_a_minute(here: Town) -> None:
    for second in (0, 59.999999):
        now = NOON.replace(second=0) + timedelta(seconds=second)
        refusals = [call_refused("key:1", now) for _ in range(4)]
        assert refusals[:3] == [None, None, None]
        assert refusals[3] is not None
        assert refusals[3].parameters["retry_after_seconds"] == (60 if second == 0 else 1)
        CallCount.objects.all().delete()


def test_a_clock_that_is_put_back_locks_nobody_out(here: Town) -> None:
    for _ in range(4):
        call_refused("key:1", NOON)

    assert call_refused("key:1", NOON - timedelta(hours=1)) is None
