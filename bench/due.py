"""How fast wallets renew and expire through `due.run`, beside bare SQL on the same database.

python -m tests.servers.postgres -- .venv/bin/python -m bench.due [--wallets N]

Every wallet has a billing cycle that ends at an instant of its own; with it 20 Connects are trimmed and
70 arrive. A year later all lots expire, each at its own instant, too. The bare limit updates a wallet
row and inserts a journal row, as in `bench.bare`.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

from bench.bare import bare_batches, bare_tables, write_bare
from bench.installation import prepare
from bench.rates import per_second

BEGIN = datetime(2019, 5, 20, tzinfo=UTC)
CHUNK = 5_000
WITHIN_SECONDS = 80_000
"""All begin within a day of BEGIN: the ledger takes nothing that is dated further ahead."""


def fill(wallets: int, book: str = "upwork-2018", credits: int = 60) -> None:
    """Accounts as `register` leaves them, written in bulk: the bench is about what comes after."""
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind
    from connects.market.members.editions import edition_of
    from connects.market.members.models import Enrolment
    from connects.market.people.models import Account
    from connects.market.plans.models import Subscription
    from connects.policy.shelf import shipped
    from connects.vocabulary.refusals import Refused

    shelved = shipped(book)
    edition = edition_of(shelved, BEGIN)
    apart = timedelta(seconds=min(1.0, WITHIN_SECONDS / wallets))
    for first in range(1, wallets + 1, CHUNK):
        ids = range(first, min(first + CHUNK, wallets + 1))
        begun = {number: BEGIN + number * apart for number in ids}
        with transaction.atomic():
            Account.objects.bulk_create(
                Account(
                    id=number,
                    handle=f"a{number}",
                    name=f"Account {number}",
                    kind="freelancer",
                    registered=begun[number],
                )
                for number in ids
            )
            Enrolment.objects.bulk_create(
                Enrolment(account_id=number, edition=edition, effective=begun[number])
                for number in ids
            )
            Subscription.objects.bulk_create(
                Subscription(
                    account_id=number,
                    kind="freelancer",
                    plan="basic",
                    anchor=begun[number],
                    cycle_start=begun[number],
                    renews=begun[number] + timedelta(days=31),
                )
                for number in ids
            )
            journal().store.open_wallets(ids)
            outcomes = journal().post(
                [
                    Issue(
                        wallet=number,
                        key="registration:plan",
                        reference="registration",
                        rule_book=shelved.label,
                        effective=begun[number],
                        kind=LotKind.PLAN,
                        credits=credits,
                        expires=None,
                    )
                    for number in ids
                ],
                BEGIN,
            )
            assert not any(isinstance(outcome, Refused) for outcome in outcomes)


def timed(what: str, wallets: int, limit: float, do: Callable[[], object]) -> None:
    began = time.perf_counter()
    do()
    rate = wallets / (time.perf_counter() - began)
    print(f"{what:<42} {rate:>10,.0f} wallets a second, {rate / limit:.2f} of bare", flush=True)


def let_expire(wallets: int) -> None:
    """Give every wallet a lot that expires at an instant of its own."""
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    now = BEGIN + timedelta(days=40)
    for first in range(1, wallets + 1, CHUNK):
        with transaction.atomic():
            journal().post(
                [
                    Issue(
                        wallet=number,
                        key="bench:expiring",
                        reference="bench",
                        rule_book="upwork-2018@1",
                        effective=now,
                        kind=LotKind.BONUS,
                        credits=5,
                        expires=now + timedelta(days=1, seconds=number),
                    )
                    for number in range(first, min(first + CHUNK, wallets + 1))
                ],
                now,
            )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--wallets", type=int, default=100_000)
    wallets = parser.parse_args().wallets
    prepare()
    from connects.due.worker import GARBAGE_THRESHOLD

    gc.freeze()  # as the worker does
    gc.set_threshold(GARBAGE_THRESHOLD, 20, 20)
    from django.db import connection

    from connects.acts.credits import expire_lots
    from connects.acts.purchases import renew
    from connects.due.run import run

    fill(wallets)
    bare_tables(wallets)
    limit = per_second(write_bare, bare_batches(Random(1), wallets, 1_000, 20), 1_000)
    print(f"{connection.vendor}, {wallets:,} wallets")
    print(f"{'bare SQL, batches of 1,000':<42} {limit:>10,.0f} lines a second")
    renewed = BEGIN + timedelta(days=31, seconds=wallets)
    timed("renew (two lines each)", wallets, limit, lambda: run(renewed, (renew,)))
    let_expire(wallets)
    expired = BEGIN + timedelta(days=41, seconds=wallets)
    timed("expire (one line each)", wallets, limit, lambda: run(expired, (expire_lots,)))


if __name__ == "__main__":
    main()
