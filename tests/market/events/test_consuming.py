"""Whoever reads the feed in pages, with pauses, from wherever they stopped, rebuilds every balance."""

import random

import pytest

from connects.acts.events.publish import publish_events
from connects.bootstrap.journals import journal
from connects.journal.models import BatchMark
from connects.ledger.commands import Command
from connects.market.events.event_documents import event_documents
from connects.market.events.feed import feed_page
from tests.acts.events.consumers import Consumer, balances_here
from tests.journal.test_contract import NOW, issue, spend

WALLETS = 40


def some_commands(chance: random.Random, turn: int) -> list[Command]:
    """Purchases and spends of a turn; some are refused, and some repeated."""
    made: list[Command] = []
    for number in range(chance.randrange(1, 60)):
        wallet, key = chance.randrange(1, WALLETS + 1), f"{turn}-{number}"
        if chance.random() < 0.3:
            made.append(issue(wallet, chance.randrange(1, 40), key))
        else:
            made.append(spend(wallet, chance.randrange(1, 9), key))
        if chance.random() < 0.1:
            made.append(made[-1])
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_consumer_that_stops_and_starts_rebuilds_every_balance(seed: int) -> None:
    chance = random.Random(seed)
    journal().open_wallets(range(1, WALLETS + 1))
    consumer, cursor, told = Consumer(), 0, 0
    for turn in range(80):
        journal().post(some_commands(chance, turn), NOW)
        if chance.random() < 0.5:
            publish_events()
        if chance.random() < 0.6:
            continue  # it is stopped
        page = feed_page(cursor, chance.randrange(1, 200))
        events = event_documents(page.places)
        told += len(events)
        # What it takes twice, or in another order, does no harm.
        consumer.take_all(chance.sample(events, len(events)))
        consumer.take_all(events[: chance.randrange(0, len(events) + 1)])
        if chance.random() < 0.8:
            cursor = page.position  # else it died before it had kept the cursor
        else:
            told -= len(events)
    while publish_events():
        pass
    rest = feed_page(cursor, 100_000)
    consumer.take_all(event_documents(rest.places))

    assert not BatchMark.objects.exists()
    assert consumer.wallets == balances_here({})
    assert len(consumer.seen) == journal().count_entries() == told + len(rest.places)


@pytest.mark.django_db
def test_lines_written_together_are_events_of_their_own() -> None:
    journal().open_wallets([1])
    journal().post([issue(1, 100)] + [spend(1, 1, f"s-{number}") for number in range(30)], NOW)
    publish_events()

    pages = [feed_page(after, 7) for after in range(0, 31, 7)]
    events = [each for page in pages for each in event_documents(page.places)]

    assert [each["data"]["sequence"] for each in events] == list(range(1, 32))
    assert [page.has_more for page in pages] == [True, True, True, True, False]
    assert len({each["id"] for each in events}) == 31
