"""Of each account only the first delivery is due, whatever failed, was given back or is replayed."""

import json
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connects.acts.events import lanes
from connects.acts.events.deliver import BACK_OFF, note_answers
from connects.acts.events.lanes import Deliverer
from connects.acts.events.manage_endpoints import EndpointForm, put_endpoint, replay
from connects.acts.events.publish import publish_events
from connects.acts.events.send import Answer
from connects.acts.events.take import take_parcels
from connects.acts.events.turns import those_behind
from connects.bootstrap.journals import journal
from connects.market.events.feed import feed_position
from connects.market.events.models import WebhookDelivery
from tests.acts.events.test_delivering import (
    TAKEN,
    URL,
    endpoint,
    receiver_of,
    sequences,
    some_lines,
)
from tests.journal.test_contract import issue, spend
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=10)


def more_lines(wallets: range, name: str) -> None:
    journal().post([spend(wallet, 1, name) for wallet in wallets], NOON)
    publish_events()


@pytest.mark.parametrize("seed", range(3))
def test_each_account_hears_its_events_in_their_order_whatever_fails_or_is_given_back(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    moods = [TAKEN] * 6 + [Answer(500), Answer(503, retry_after=timedelta(hours=3))]
    receiver = receiver_of(endpoint())
    taken: dict[str, list[int]] = {}

    def answers() -> Answer:
        answer = chance.choice(moods)
        if answer.is_taken:
            told = json.loads(receiver.calls[-1][1])["data"]
            taken.setdefault(told["account"], []).append(told["sequence"])
        return answer

    receiver.moods = answers
    deliverer, now = Deliverer(receiver, threads=2), NOON
    journal().open_wallets(range(1, 13))
    journal().post([issue(wallet, 900) for wallet in range(1, 13)], NOON)
    for turn in range(25):
        # Few accounts with much, above all the first one, and many with a little.
        wallets = [1] * 8 + [chance.randrange(1, 13) for _ in range(chance.randrange(8))]
        journal().post([spend(each, 1, f"{turn}-{at}") for at, each in enumerate(wallets)], NOON)
        publish_events()
        monkeypatch.setattr(lanes, "LANE_SECONDS", chance.choice([0.0, 0.5]))
        deliverer.settle(now)
        now += timedelta(minutes=chance.randrange(90))
    moods[6:] = []
    for _ in range(len(BACK_OFF)):
        now += timedelta(hours=6)
        deliverer.settle(now)

    lines = {str(wallet.id): wallet.last_entry for wallet, _ in journal().wallets()}
    assert taken == {name: list(range(1, last + 1)) for name, last in lines.items()}


def test_what_is_behind_one_that_is_put_off_is_neither_claimed_nor_written_until_that_is_over() -> (
    None
):
    row = endpoint()
    receiver = receiver_of(row, moods=lambda: Answer(500))
    some_lines(each=1)
    Deliverer(receiver).settle(NOON)
    for number in range(5):
        more_lines(range(1, 2), f"spend-{number}")
    Deliverer(receiver).settle(NOON)
    first, *rest = WebhookDelivery.objects.order_by("position").values("pk", "next_try")
    assert those_behind(row, list(WebhookDelivery.objects.all())) == {each["pk"] for each in rest}

    Deliverer(receiver).settle(first["next_try"])

    assert len(receiver.calls) == 2
    assert list(WebhookDelivery.objects.order_by("position").values("pk", "next_try"))[1:] == rest


def test_one_account_fills_a_claim_and_many_give_their_first_each() -> None:
    row = endpoint()
    receiver = receiver_of(row, moods=lambda: Answer(500))
    some_lines(wallets=20, each=1)
    for number in range(3):
        more_lines(range(1, 21), f"spend-{number}")
    for _ in range(20):
        Deliverer(receiver).settle(NOON)  # a single try at a time, since it fails
    assert len(receiver.calls) == 20

    many = take_parcels(row, 16, feed_position(), LATER).parcels
    few = take_parcels(row, 16, feed_position(), LATER).parcels

    assert sorted(each.delivery.account for each in many) == sorted(
        {each.delivery.account for each in many}
    )
    assert len(many) == 16
    assert sorted(each.delivery.account for each in few) == sorted(
        4 * list({each.delivery.account for each in few})
    )
    assert len(few) == 16


def test_what_is_replayed_before_one_that_is_put_off_goes_first() -> None:
    some_lines(each=2)
    row = endpoint()
    receiver = receiver_of(row, moods=lambda: Answer(500))
    more_lines(range(1, 2), "third")
    Deliverer(receiver).settle(NOON)
    assert sequences(receiver) == {"1": [3]}
    row.refresh_from_db()

    replay(row, 0)
    receiver.moods = lambda: TAKEN
    Deliverer(receiver).settle(NOON)

    assert sequences(receiver) == {"1": [3, 1, 2, 3]}


def test_what_is_due_all_at_once_goes_in_its_order() -> None:
    receiver = receiver_of(endpoint(), moods=lambda: Answer(500))
    some_lines(each=1)
    Deliverer(receiver).settle(NOON)
    for number in range(20):
        more_lines(range(1, 2), f"spend-{number}")
    Deliverer(receiver).settle(NOON)
    # As an earlier version let them be, or after days without a worker.
    WebhookDelivery.objects.filter(tries=0).update(next_try=NOON - timedelta(days=1))

    receiver.moods = lambda: TAKEN
    Deliverer(receiver).settle(NOON)
    assert sequences(receiver) == {"1": [1]}, "the first one is put off still"
    Deliverer(receiver).settle(LATER)

    assert sequences(receiver) == {"1": [1, *range(1, 22)]}


def test_nothing_waits_any_more_for_another_once_no_order_is_asked_for() -> None:
    receiver = receiver_of(endpoint(), moods=lambda: Answer(500))
    some_lines(each=1)
    Deliverer(receiver).settle(NOON)
    more_lines(range(1, 2), "second")
    Deliverer(receiver).settle(NOON)

    put_endpoint(EndpointForm(name="shop", url=URL, ordering="none"), NOON)
    receiver.moods = lambda: TAKEN
    Deliverer(receiver).settle(NOON)

    assert sorted(sequences(receiver)["1"]) == [1, 1, 2]


@pytest.mark.parametrize("ordering", ["account", "none"])
def test_no_claim_sorts_all_that_wait(ordering: str) -> None:
    row = endpoint(ordering=ordering)
    some_lines(wallets=3, each=3)
    with CaptureQueriesContext(connection) as asked:
        parcels = take_parcels(row, 4, feed_position(), NOON).parcels
        note_answers([(each, None) for each in parcels], NOON)
        row.refresh_from_db()
        parcels = take_parcels(row, 8, feed_position(), NOON).parcels
        note_answers([(each, TAKEN) for each in parcels], NOON)

    table = WebhookDelivery._meta.db_table
    queries = [each["sql"] for each in asked if each["sql"].startswith("SELECT")]
    plans = [plan_of(each) for each in queries if f'FROM "{table}"' in each and "ORDER" in each]
    assert len(plans) >= 3
    assert not [each for each in plans if "TEMP B-TREE" in each or "Sort" in each]


def plan_of(query: str) -> str:
    """How the database goes about a query, if it can do without sorting and reading all of a table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for what in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{what} = off")
            cursor.execute(f"EXPLAIN {query}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return "\n".join(str(each[-1]) for each in cursor.fetchall())
