"""A consumer of events that is stopped, hears things twice and in another order, and fails as it likes.

    python -m tests.faults.consuming --events 1000000 --seed 7

Two posters write lines, some of which commit late, while events are published. One consumer reads the
feed, another is sent webhooks. Both keep nothing but each wallet's highest line and the balance there. In
the end both must have every event, none of them skipped, and every balance.
"""

import argparse
import random
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from tests.faults.poster import use
from tests.servers.migrated import create_migrated_database
from tests.servers.postgres import start, stop, temporary_cluster

WALLETS = 5_000
BATCH = 500
LATE_SECONDS_MOST = 0.05
TWO_HOURS = timedelta(hours=2)
PAGES_EACH = 10
OUTAGE = 0.002
"""How often a receiver begins to fail, for up to twenty deliveries."""
TURNS_AT_LAST = 40
"""So many that a delivery which failed now and then has had its last wait."""


@dataclass
class Reader:
    """Reads the feed by pages, and dies at times before it has kept its cursor."""

    chance: random.Random
    consumer: Any
    cursor: int = 0
    taken: int = 0

    def look(self) -> bool:
        """Read a page, if it runs just now; whether there was anything."""
        from connects.market.events.event_documents import event_documents
        from connects.market.events.feed import feed_page

        if self.chance.random() < 0.1:
            return True  # it is stopped
        page = feed_page(self.cursor, self.chance.randrange(1, 501))
        events = event_documents(page.places)
        twice = events[: self.chance.randrange(0, len(events) + 1) // 4]
        for told in (self.chance.sample(events, len(events)), twice):
            self.consumer.take_all(told)
            self.taken += len(told)
        if self.chance.random() < 0.9:
            self.cursor = page.position
        return bool(events) or page.has_more


@dataclass
class Posters:
    """Write lines from two threads, each of which keeps some transactions open for a while."""

    lines: int
    seed: int
    wallets: int = WALLETS
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        for number in range(2):
            thread = threading.Thread(target=self._post, args=[number], name=f"poster-{number}")
            thread.start()
            self.threads.append(thread)

    @property
    def is_over(self) -> bool:
        return not any(thread.is_alive() for thread in self.threads)

    def _post(self, number: int) -> None:
        from django.db import connection, transaction

        from connects.bootstrap.journals import journal
        from tests.journal.test_contract import NOW

        chance = random.Random(f"{self.seed} {number}")
        for commands in batches(chance, self.lines // 2, self.wallets, f"{self.seed}-{number}"):
            with transaction.atomic():
                journal().post(commands, NOW)
                if chance.random() < 0.2:
                    time.sleep(chance.uniform(0, LATE_SECONDS_MOST))
        connection.close()


def batches(chance: random.Random, lines: int, wallets: int, name: str) -> Iterator[list[Any]]:
    """Purchases, and spends of what they brought, so that each is a line."""
    from tests.journal.test_contract import issue, spend

    written = 0
    while written < lines:
        size = min(chance.randrange(1, BATCH), lines - written)
        # In the order of their ids, as everyone locks wallets.
        chosen = sorted(chance.randrange(1, wallets + 1) for _ in range(size))
        yield [
            spend(wallet, 1, f"{name}-{written + place}")
            if chance.random() < 0.7
            else issue(wallet, chance.randrange(1, 40), f"{name}-{written + place}")
            for place, wallet in enumerate(chosen)
        ]
        written += size


def fund(wallets: int) -> None:
    """Open wallets with enough in each that no spend is refused."""
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from tests.journal.test_contract import NOW, issue

    journal().open_wallets(range(1, wallets + 1))
    with transaction.atomic():
        journal().post([issue(each, 1_000, f"fund-{each}") for each in range(1, wallets + 1)], NOW)


@dataclass
class Outages:
    """How a host's server answers: mostly it takes what comes, and at times nothing for a while."""

    chance: random.Random
    left: int = 0
    over: bool = False

    def __call__(self) -> Any:
        from connects.acts.events.send import Answer

        if self.left <= 0 and self.chance.random() < OUTAGE:
            self.left = self.chance.randrange(1, 20)
        self.left -= 1
        if self.over or self.left < 0:
            return Answer(200, "ok")
        return self.chance.choice(
            [Answer(500), Answer(503), Answer(None, error="lost"), Answer(302)]
        )


@dataclass
class Sender:
    """Sends a host's server whatever is published, at a time that passes as quickly as it works."""

    chance: random.Random
    now: datetime
    keeps: bool = True

    def __post_init__(self) -> None:
        from connects.acts.events.lanes import Deliverer
        from connects.acts.events.manage_endpoints import EndpointForm, put_endpoint
        from connects.acts.events.sign import secrets_of
        from tests.acts.events.consumers import Receiver

        made = put_endpoint(EndpointForm(name="soak", url="https://93.184.216.34/hooks"), self.now)
        assert isinstance(made, tuple)
        self.outages = Outages(self.chance)
        secret = secrets_of(made[0], self.now)[0]
        self.receiver = Receiver(secret=secret, moods=self.outages, keeps=self.keeps)
        self.deliverer = Deliverer(self.receiver)

    def send(self) -> None:
        """Publish, and send all that is due."""
        from connects.acts.events.publish import publish_events

        publish_events()
        self.deliverer.settle(self.now)
        self.now += timedelta(seconds=self.chance.randrange(0, 20))

    def send_to_the_end(self) -> None:
        """Send the rest, with outages half of the time, then without."""
        from connects.acts.events.publish import publish_events

        while publish_events():
            self.deliverer.settle(self.now)
            if not self.keeps:
                _say(f"{len(self.receiver.seen):,} by webhook")
        for turn in range(TURNS_AT_LAST):
            self.outages.over = turn > TURNS_AT_LAST // 2
            self.deliverer.settle(self.now)
            self.now += TWO_HOURS
        self.deliverer.close()


def read_to_the_end(reader: Reader) -> None:
    from connects.acts.events.publish import publish_events

    while publish_events():
        pass
    reader.chance = random.Random(1)
    while reader.look():
        pass


def what_differs(consumer: Any) -> list[str]:
    """Where a consumer's balances are not those that are here."""
    from tests.acts.events.consumers import balances_here

    here = balances_here({})
    return [
        f"wallet {name}: {consumer.wallets.get(name)} heard, {here.get(name)} here"
        for name in sorted({*here, *consumer.wallets})
        if consumer.wallets.get(name) != here.get(name)
    ]


def soak(events: int, seed: int) -> list[str]:
    """Go through it on a server of its own; what does not hold."""
    with temporary_cluster() as cluster:
        port = start(cluster)
        try:
            create_migrated_database(cluster, port)
            import_module("tests.faults.django_ready")
            use(cluster.url(port))
            return _soaked(events, seed)
        finally:
            from django.db import connection

            connection.close()
            stop(cluster)


def _soaked(events: int, seed: int) -> list[str]:
    from connects.bootstrap.journals import journal
    from tests.acts.events.consumers import Consumer
    from tests.journal.test_contract import NOW

    chance, began = random.Random(seed), time.monotonic()
    sender, reader = Sender(chance, NOW, keeps=False), Reader(chance, Consumer())
    fund(WALLETS)
    posters = Posters(events - WALLETS, seed)
    posters.start()
    while not posters.is_over:
        sender.send()
        for _ in range(PAGES_EACH):
            reader.look()
        _say(f"{len(sender.receiver.seen):,} by webhook, {len(reader.consumer.seen):,} by the feed")
    sender.send_to_the_end()
    sent = time.monotonic() - began
    read_to_the_end(reader)
    lines, receiver = journal().count_entries(), sender.receiver
    _say(
        f"{len(receiver.seen):,} events by webhook in {receiver.count:,} deliveries, of which"
        f" {receiver.taken - len(receiver.seen):,} came twice and {receiver.failed:,} failed:"
        f" {sent:,.0f} s"
    )
    _say(f"{len(reader.consumer.seen):,} events by the feed, in {reader.taken:,} takings")
    found = []
    for how, consumer in (("webhook", receiver), ("the feed", reader.consumer)):
        if len(consumer.seen) != lines:
            found.append(f"{lines - len(consumer.seen)} of {lines} events were skipped by {how}")
        found += [f"by {how}, {each}" for each in what_differs(consumer)]
    return found


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--seed", type=int, default=secrets.randbits(32))
    options = asked.parse_args()
    _say(f"{options.events:,} events, seed {options.seed}")
    wrong = soak(options.events, options.seed)
    for each in wrong[:20]:
        print(f"BREAKS {each}")
    _say("every balance is there" if not wrong else f"{len(wrong)} things do not hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
