"""A consumer that is stopped, hears twice and in another order, and fails still has every balance."""

import random

import pytest

from connects.bootstrap.journals import journal
from connects.market.events.models import WebhookDelivery
from tests.acts.events.consumers import Consumer
from tests.faults.consuming import Reader, fund, read_to_the_end, sent_by_webhook, what_differs

pytestmark = [pytest.mark.django_db, pytest.mark.faults]

LINES, WALLETS = 250, 25


def test_both_doors_give_every_balance_and_skip_no_event() -> None:
    chance = random.Random(3)
    fund(WALLETS)
    receiver = sent_by_webhook(chance, LINES, WALLETS, "sent")
    reader = Reader(chance, Consumer())
    read_to_the_end(reader)

    assert what_differs(receiver) == []
    assert what_differs(reader.consumer) == []
    lines = journal().count_entries()
    assert len(receiver.seen) == len(reader.consumer.seen) == lines == LINES + WALLETS
    assert len(receiver.calls) > lines, "some came more than once"
    assert not WebhookDelivery.objects.exclude(state="sent").exists()
