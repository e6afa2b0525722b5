"""Events reach endpoints: signed, at least once, in each account's order, however often they fail."""

import json
import random
from base64 import b64decode
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from connects.acts.events import lanes
from connects.acts.events.deliver import BACK_OFF, SCHEDULE, note_answers
from connects.acts.events.lanes import Deliverer
from connects.acts.events.manage_endpoints import (
    EndpointForm,
    put_endpoint,
    remove_endpoint,
    replay,
    rotate_secret,
    send_test,
)
from connects.acts.events.publish import publish_events
from connects.acts.events.send import Answer
from connects.acts.events.sign import secrets_of
from connects.acts.events.take import take_parcels
from connects.bootstrap.clock import run_ahead
from connects.bootstrap.journals import journal
from connects.due.cleaning import clear_leftovers
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import feed_page, feed_position
from connects.market.events.models import WebhookDelivery, WebhookEndpoint
from connects.market.notices.models import AccountEmail
from connects.vocabulary.refusals import Refused
from tests.acts.events.consumers import Receiver, balances_here
from tests.journal.test_contract import issue, spend
from tests.market.events.test_consuming import some_commands
from tests.market.people import NOON, town

pytestmark = pytest.mark.django_db

URL = "https://93.184.216.34/hooks"
TAKEN = Answer(200, "ok")


def endpoint(name: str = "shop", **more: Any) -> WebhookEndpoint:
    made = put_endpoint(EndpointForm(name=name, url=URL, **more), NOON)
    assert not isinstance(made, Refused), made
    return made[0]


def receiver_of(row: WebhookEndpoint, **more: Any) -> Receiver:
    return Receiver(secret=secrets_of(row, NOON)[0], **more)


def some_lines(wallets: int = 1, each: int = 3) -> None:
    journal().open_wallets(range(1, wallets + 1))
    for wallet in range(1, wallets + 1):
        spends = [spend(wallet, 1, f"spend-{number}") for number in range(each - 1)]
        journal().post([issue(wallet, 90), *spends], NOON)
    publish_events()


def sequences(receiver: Receiver) -> dict[str, list[int]]:
    """The numbers of lines by account, in the order of their arrival."""
    told: dict[str, list[int]] = defaultdict(list)
    for _, body in receiver.calls:
        event = json.loads(body)
        told[event["data"]["account"]].append(event["data"]["sequence"])
    return told


def test_what_the_feed_has_is_delivered_as_the_feed_tells_it() -> None:
    receiver = receiver_of(endpoint())
    some_lines(wallets=3)

    assert Deliverer(receiver).settle(NOON) == 9

    documents = event_documents(feed_page(0, 100).places)
    bodies = sorted((json.loads(body) for _, body in receiver.calls), key=lambda each: each["id"])
    assert bodies == documents
    assert receiver.wallets == balances_here({})
    assert Deliverer(receiver).settle(NOON) == 0, "once is enough"
    assert set(WebhookDelivery.objects.values_list("state", "status", "answer")) == {
        ("sent", 200, "ok")
    }


@pytest.mark.parametrize("ordering", ["account", "none"])
def test_a_consumer_that_fails_at_random_rebuilds_every_balance(ordering: str) -> None:
    chance = random.Random(7)
    moods = [TAKEN] * 5 + [Answer(500), Answer(503), Answer(None, error="lost"), Answer(302)]
    receiver = receiver_of(endpoint(ordering=ordering), moods=lambda: chance.choice(moods))
    deliverer, now = Deliverer(receiver), NOON
    journal().open_wallets(range(1, 41))
    for turn in range(20):
        journal().post(some_commands(chance, turn), NOON)
        publish_events()
        deliverer.settle(now)
    for _ in range(len(BACK_OFF) + 20):
        now += timedelta(hours=2)
        receiver.moods = receiver.moods if chance.random() < 0.3 else lambda: TAKEN
        deliverer.settle(now)

    assert not WebhookDelivery.objects.exclude(state="sent").exists()
    assert receiver.wallets == balances_here({})
    assert len(receiver.seen) == journal().count_entries()
    assert len(receiver.calls) > len(receiver.seen), "some came twice, and did no harm"


def test_an_accounts_events_wait_for_the_one_before_and_hold_up_no_others() -> None:
    receiver = receiver_of(endpoint())
    some_lines(wallets=2)

    def fails_for_the_first() -> Answer:
        told = json.loads(receiver.calls[-1][1])["data"]
        return Answer(500) if told["account"] == "1" and told["sequence"] == 2 else TAKEN

    receiver.moods = fails_for_the_first
    Deliverer(receiver, threads=1).settle(NOON)
    assert sequences(receiver) == {"1": [1, 2], "2": [1, 2, 3]}

    receiver.moods = lambda: TAKEN
    Deliverer(receiver, threads=1).settle(NOON + timedelta(minutes=2))
    assert sequences(receiver)["1"] == [1, 2, 2, 3]


def test_what_waits_for_one_that_is_put_off_goes_as_soon_as_it_has_arrived() -> None:
    receiver = receiver_of(endpoint(), moods=lambda: Answer(500))
    some_lines(each=1)
    Deliverer(receiver).settle(NOON)
    journal().post([spend(1, 1, "one"), spend(1, 1, "two")], NOON)
    publish_events()
    Deliverer(receiver).settle(NOON + timedelta(seconds=1))

    receiver.moods = lambda: TAKEN
    Deliverer(receiver).settle(WebhookDelivery.objects.get(tries=1).next_try)

    assert sequences(receiver)["1"] == [1, 1, 2, 3]


def test_what_was_given_back_unsent_goes_at_once_with_what_waited_behind_it() -> None:
    row = endpoint()
    receiver = receiver_of(row)
    some_lines(each=1)
    parcels = take_parcels(row, 8, feed_position(), NOON).parcels
    journal().post([spend(1, 1, "next")], NOON)
    publish_events()
    row.refresh_from_db()
    assert take_parcels(row, 8, feed_position(), NOON).waiting == 1

    note_answers([(each, None) for each in parcels], NOON)
    Deliverer(receiver).settle(NOON)

    assert sequences(receiver) == {"1": [1, 2]}


def test_who_does_not_ask_for_order_is_not_held_up() -> None:
    receiver = receiver_of(endpoint(ordering="none"), moods=lambda: Answer(500))
    some_lines()

    Deliverer(receiver).settle(NOON)

    assert sorted(sequences(receiver)["1"]) == [1, 2, 3]


def test_tries_are_farther_and_farther_apart_until_the_delivery_is_dead() -> None:
    receiver = receiver_of(endpoint(), moods=lambda: Answer(500, "out of order"))
    some_lines(each=1)
    deliverer, now = Deliverer(receiver), NOON
    for wait in BACK_OFF:
        assert deliverer.settle(now) == 1
        delivery = WebhookDelivery.objects.get()
        assert delivery.state == "waiting"
        assert wait <= delivery.next_try - now <= wait * 1.1
        assert deliverer.settle(delivery.next_try - timedelta(seconds=1)) == 0
        now = delivery.next_try

    assert deliverer.settle(now) == 1
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.status) == ("dead", 10, 500)
    assert delivery.answer == "out of order"
    assert [wait.total_seconds() for wait in BACK_OFF][:3] == [5, 300, 1_800]
    assert SCHEDULE.is_last(10)


def test_a_receiver_that_asks_for_time_gets_it() -> None:
    later = Answer(503, retry_after=timedelta(hours=3))
    receiver = receiver_of(endpoint(), moods=lambda: later)
    some_lines(each=1)

    Deliverer(receiver).settle(NOON)

    assert WebhookDelivery.objects.get().next_try == NOON + timedelta(hours=3)


def test_an_endpoint_that_is_gone_is_disabled_at_once_and_operators_hear_of_it() -> None:
    operator = town().operator
    row = endpoint(types=["wallet.entry"])
    receiver = receiver_of(row, moods=lambda: Answer(410))
    some_lines(each=2)
    Deliverer(receiver).settle(NOON)

    row.refresh_from_db()
    assert (row.disabled, row.disabled_because) == (NOON, "gone")
    assert len(receiver.calls) < WebhookDelivery.objects.count() + 1
    (email,) = AccountEmail.objects.filter(kind="endpoint-disabled")
    assert email.to == operator.email
    assert email.parameters["endpoint"] == "shop"
    publish_events()
    (told,) = event_documents(feed_page(0, 100, ["endpoint.disabled"]).places)
    assert told["data"] == {"endpoint": "shop", "because": "gone"}


def test_an_endpoint_that_takes_nothing_for_five_days_is_disabled_and_goes_on_where_it_was() -> (
    None
):
    row = endpoint()
    receiver = receiver_of(row, moods=lambda: Answer(500))
    for day in range(6):
        journal().open_wallets([day + 1])
        journal().post_one(issue(day + 1, 10), NOON)
        publish_events()
        Deliverer(receiver).settle(NOON + timedelta(days=day))
        row.refresh_from_db()
        assert (row.disabled is not None) == (day == 5)
    tried = len(receiver.calls)
    assert Deliverer(receiver).settle(NOON + timedelta(days=6)) == 0

    receiver.moods = lambda: TAKEN
    later = NOON + timedelta(days=7)
    put_endpoint(EndpointForm(name="shop", url=URL), later)
    Deliverer(receiver).settle(later)

    assert len(receiver.calls) == tried + 6
    assert receiver.wallets == balances_here({})


def test_one_success_ends_a_series_of_failures() -> None:
    row = endpoint()
    receiver = receiver_of(row, moods=lambda: Answer(500))
    some_lines(each=1)
    Deliverer(receiver).settle(NOON)
    row.refresh_from_db()
    assert row.failing_since == NOON

    receiver.moods = lambda: TAKEN
    Deliverer(receiver).settle(NOON + timedelta(hours=1))

    row.refresh_from_db()
    assert row.failing_since is None


def test_an_endpoint_hears_of_what_comes_after_it_was_made_and_of_its_types_alone() -> None:
    some_lines(each=1)
    late = receiver_of(endpoint("late"))
    of_jobs = receiver_of(endpoint("of-jobs", types=["job.ended"]))
    journal().post_one(spend(1, 1), NOON)
    publish_events()

    Deliverer(late).settle(NOON)

    assert sequences(late) == {"1": [2]}
    assert of_jobs.calls == []
    assert WebhookDelivery.objects.count() == 1


def test_a_replay_delivers_again_what_stands_after_a_position() -> None:
    row = endpoint()
    receiver = receiver_of(row)
    some_lines(each=4)
    Deliverer(receiver).settle(NOON)

    replay(row, 2)
    Deliverer(receiver).settle(NOON)

    assert sequences(receiver)["1"] == [1, 2, 3, 4, 3, 4]
    ids = [headers["webhook-id"] for headers, _ in receiver.calls]
    assert ids[2:4] == ids[4:6]
    assert WebhookDelivery.objects.count() == 4


def test_while_a_secret_is_rotated_both_are_good() -> None:
    row = endpoint()
    old = receiver_of(row)
    row = rotate_secret(row, NOON)
    new, before = secrets_of(row, NOON)
    assert before == old.secret != new
    some_lines(each=1)

    Deliverer(old).settle(NOON)

    headers, body = old.calls[0]
    assert Receiver(secret=new).checked(headers, body) == json.loads(body)
    later = NOON + timedelta(hours=25)
    assert secrets_of(row, later) == [new]


def test_a_rotated_key_of_the_installation_breaks_no_receiver(settings: Any) -> None:
    row = endpoint()
    receiver = receiver_of(row)
    some_lines(each=1)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one, which is long enough for all its purposes"

    assert Deliverer(receiver).settle(NOON) == 1

    assert receiver.seen


def test_a_sandbox_whose_clock_runs_ahead_signs_by_the_clocks_of_others() -> None:
    receiver = receiver_of(endpoint())
    some_lines(each=1)
    run_ahead(timedelta(days=40))
    try:
        Deliverer(receiver).settle(NOON + timedelta(days=40))
    finally:
        run_ahead(timedelta())

    assert receiver.calls[0][0]["webhook-timestamp"] == str(int(NOON.timestamp()))


def test_who_wishes_checks_with_a_public_key() -> None:
    row = endpoint(signature="ed25519")
    receiver = Receiver()
    some_lines(each=1)
    Deliverer(receiver).settle(NOON)
    headers, body = receiver.calls[0]
    (key,) = secrets_of(row, NOON)
    kind, _, signature = headers["webhook-signature"].partition(",")

    assert (kind, key[:5]) == ("v1a", "whpk_")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    public = Ed25519PublicKey.from_public_bytes(b64decode(key[5:]))
    public.verify(b64decode(signature), signed)


def test_a_test_is_sent_once_and_says_what_came_back() -> None:
    row = endpoint()
    receiver = receiver_of(row, moods=lambda: Answer(404, "no such page"))

    delivery = send_test(row, NOON, receiver)

    assert (delivery.state, delivery.status, delivery.answer) == ("dead", 404, "no such page")
    assert json.loads(receiver.calls[0][1])["type"] == "endpoint.test"
    assert Deliverer(receiver).settle(NOON + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert row.failing_since is None


def test_old_deliveries_are_forgotten_unless_they_wait() -> None:
    row = endpoint()
    some_lines(each=2)
    answers = iter([TAKEN, Answer(500)])
    Deliverer(receiver_of(row, moods=lambda: next(answers)), threads=1).settle(NOON)

    clear_leftovers(NOON + timedelta(days=31))

    assert [each.state for each in WebhookDelivery.objects.all()] == ["waiting"]
    remove_endpoint(row)
    assert not WebhookDelivery.objects.exists()


def test_a_delivery_whose_sender_died_is_sent_again() -> None:
    receiver = receiver_of(endpoint())
    some_lines(each=1)

    def dies(*_: object) -> Answer:
        raise SystemExit

    first = Deliverer(dies)
    first.turn(NOON)
    first.close()

    assert Deliverer(receiver).settle(NOON + timedelta(seconds=30)) == 0
    assert Deliverer(receiver).settle(NOON + timedelta(minutes=2)) == 1


def test_what_a_lane_has_no_time_for_or_gives_up_is_sent_later_and_counts_as_no_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receiver = receiver_of(endpoint())
    deliverer = Deliverer(receiver, threads=1)
    some_lines(wallets=40, each=1)
    deliverer.settle(NOON)
    assert len(receiver.calls) == 40, "by now the receiver is known to be quick"

    monkeypatch.setattr(lanes, "LANE_SECONDS", 0.0)
    answers = iter([TAKEN, TAKEN, Answer(500)])
    receiver.moods = lambda: next(answers, TAKEN)
    journal().post([spend(wallet, 1, "late") for wallet in range(1, 41)], NOON)
    publish_events()
    deliverer.settle(NOON)
    deliverer.settle(NOON + timedelta(minutes=1))

    assert len(receiver.calls) == 40 + 40 + 1
    assert receiver.wallets == balances_here({})
    tries = WebhookDelivery.objects.values_list("tries", flat=True)
    assert sorted(tries) == [1] * 79 + [2]
