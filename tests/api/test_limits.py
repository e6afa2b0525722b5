"""How often someone may call: a rule of the product, counted in the database by the clock."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from connects.acts.oversight.count_acts import count_act
from connects.bootstrap.clock import held_at
from connects.market.limits.models import ActCount
from connects.market.limits.table import API_CALLS
from connects.vocabulary.refusals import Refused
from tests.api.calling import key_for, person_of, price_of, problem, signed_in, with_key
from tests.market.people import NOON, Town

BEGIN = NOON + timedelta(minutes=5, seconds=12, milliseconds=300)


def call_refused(now: datetime) -> Refused | None:
    return count_act(API_CALLS, "person:1", now)


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
    assert told["parameters"] == {"most": 3, "within_seconds": 60, "retry_after_seconds": 48}
    assert "48 seconds" in told["message"]
    assert answers[-1].headers["Retry-After"] == "48"
    with held_at(BEGIN + timedelta(seconds=48)):
        assert price_of(client, here.job.public_id).status_code == 200


def test_all_keys_and_sessions_of_a_person_are_counted_together(here: Town) -> None:
    callers = [
        with_key(key_for(here.freelancer, "one").secret),
        with_key(key_for(here.freelancer, "two").secret),
        signed_in(person_of(here.freelancer)),
    ]

    statuses = [price_of(caller, here.job.public_id).status_code for caller in callers]
    assert statuses == [200, 200, 200]
    for caller in (*callers, with_key(key_for(here.freelancer, "three").secret)):
        assert price_of(caller, here.job.public_id).status_code == 429
    assert price_of(signed_in(person_of(here.client)), here.job.public_id).status_code == 200


def test_an_address_has_room_for_ten_people(here: Town, settings: Any) -> None:
    settings.API_CALLS_A_MINUTE, settings.LIMITS = 1, {"api-calls": 100}
    caller = signed_in(person_of(here.client))
    statuses = [price_of(caller, here.job.public_id).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]
    other = price_of(signed_in(person_of(here.freelancer)), here.job.public_id)
    told = {"most": 10, "within_seconds": 60, "retry_after_seconds": 60}
    assert problem(other, 429)["parameters"] == told


def test_wrong_calls_count_as_calls(here: Town) -> None:
    client = with_key(key_for(here.freelancer).secret)
    for _ in range(3):
        assert price_of(client, "nowhere").status_code == 404

    assert price_of(client, here.job.public_id).status_code == 429


def test_a_flood_of_wrong_keys_is_stopped_and_right_ones_still_work(here: Town) -> None:
    wrong = [price_of(with_key(f"nonsense-{n}"), here.job.public_id) for n in range(4)]

    assert [answer.status_code for answer in wrong] == [401] * 3 + [429]
    assert wrong[-1].headers["Retry-After"] == "60"
    right = price_of(with_key(key_for(here.freelancer).secret), here.job.public_id)
    assert right.status_code == 200


def test_waiting_is_never_for_no_time_and_never_beyond_a_minute(here: Town) -> None:
    for second in (0, 59.999999):
        now = NOON.replace(second=0) + timedelta(seconds=second)
        refusals = [call_refused(now) for _ in range(4)]
        assert refusals[:3] == [None, None, None]
        assert refusals[3] is not None
        assert refusals[3].parameters["retry_after_seconds"] == (60 if second == 0 else 1)
        ActCount.objects.all().delete()


def test_a_clock_that_is_put_back_locks_nobody_out(here: Town) -> None:
    for _ in range(4):
        call_refused(NOON)

    assert call_refused(NOON - timedelta(hours=1)) is None
