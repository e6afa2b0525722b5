"""A consumer that is stopped, hears twice and in another order, and fails still has every balance."""

import random

import pytest

from connects.bootstrap.journals import journal
from connects.market.events.models import WebhookDelivery
from tests.acts.events.consumers import Consumer
from tests.faults import consuming
from tests.faults.consuming import (
    Reader,
    Sender,
    batches,
    fund,
    read_to_the_end,
    what_differs,
)
from tests.journal.test_contract import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.faults]

LINES, WALLETS = 250, 25


def test_feed_and_webhooks_give_every_balance_and_skip_no_event(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(3)
    monkeypatch.setattr(consuming, "OUTAGE", 0.1)
    sender, reader = Sender(chance, NOW), Reader(chance, Consumer())
    fund(WALLETS)
    for commands in batches(chance, LINES, WALLETS, "sent"):
        journal().post(commands, NOW)
        sender.send()
    sender.send_to_the_end()
    read_to_the_end(reader)
    receiver = sender.receiver

    assert what_differs(receiver) == []
    assert what_differs(reader.consumer) == []
    lines = journal().count_entries()
    assert len(receiver.seen) == len(reader.consumer.seen) == lines == LINES + WALLETS
    assert len(receiver.calls) > lines, "some came more than once"
    assert not WebhookDelivery.objects.exclude(state="sent").exists()
