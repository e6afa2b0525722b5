"""What is posted: wallets with one bought lot each, and batches of commands to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connects.ledger.commands import Command

NOW = datetime(2019, 5, 20, tzinfo=UTC)
DAY = timedelta(days=1)
FILLED = 300
PLAN = 70
BATCH = 1_000


def frame(wallet: int, key: str, at: datetime = NOW) -> dict[str, Any]:
    return {
        "wallet": wallet,
        "key": key,
        "reference": f"proposal:{key}",
        "rule_book": "upwork-2019-05@1",
        "effective": at,
    }


def post(commands: Sequence[Command], at: datetime = NOW) -> None:
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.vocabulary.refusals import Refused

    with transaction.atomic():
        outcomes = journal().post(commands, at)
    assert not any(isinstance(outcome, Refused) for outcome in outcomes)


def fill(wallets: int) -> None:
    """One bought lot for every wallet, each with instants of its own."""
    from django.db import transaction

    from connects.bootstrap.journals import journal
    from connects.ledger.commands import Issue
    from connects.ledger.lots import LotKind

    with transaction.atomic():
        journal().store.open_wallets(range(1, wallets + 1))
    for first in range(1, wallets + 1, BATCH):
        post(
            [
                Issue(
                    **frame(wallet, "fill", NOW - 30 * DAY + wallet * timedelta(seconds=1.000007)),
                    kind=LotKind.PURCHASE,
                    credits=FILLED,
                    cost_cents=FILLED * 15,
                    expires=NOW + 335 * DAY + wallet * timedelta(seconds=1.000007),
                )
                for wallet in range(first, min(first + BATCH, wallets + 1))
            ]
        )


def spends(chance: Random, wallets: int, size: int, batches: int) -> Iterator[list[Command]]:
    from connects.ledger.commands import Spend

    name = f"{chance.getrandbits(32):x}"
    for batch in range(batches):
        yield [
            Spend(**frame(wallet, f"{name}-{batch}-{number}"), credits=4)
            for number, wallet in enumerate(chance.choices(range(1, wallets + 1), k=size))
        ]


def renewals(chance: Random, wallets: int, size: int, batches: int) -> Iterator[list[Command]]:
    """What a billing cycle brings: what is over the limit is forfeited, then the plan's are issued."""
    from connects.ledger.commands import Forfeit, Issue
    from connects.ledger.lots import LotKind

    name = f"{chance.getrandbits(32):x}"
    for batch in range(batches):
        commands: list[Command] = []
        for wallet in chance.sample(range(1, wallets + 1), size):
            trim, plan = f"{name}-{batch}:rollover", f"{name}-{batch}:plan"
            commands += [
                Forfeit(**frame(wallet, trim), keep=FILLED + PLAN, bought_too=False),
                Issue(
                    **frame(wallet, plan),
                    kind=LotKind.PLAN,
                    credits=PLAN,
                    cost_cents=14_99,
                    expires=NOW + 365 * DAY,
                ),
            ]
        yield commands


def expiries(chance: Random, wallets: int, size: int, batches: int) -> Iterator[list[Command]]:
    """A sweep of wallets in each of which one lot has come due, which is issued here beforehand."""
    from connects.ledger.commands import Expire, Issue
    from connects.ledger.lots import LotKind

    name = f"{chance.getrandbits(32):x}"
    chosen = chance.sample(range(1, wallets + 1), size * batches)
    for first in range(0, len(chosen), size):
        part = chosen[first : first + size]
        post(
            [
                Issue(
                    **frame(wallet, f"{name}-given"),
                    kind=LotKind.COURTESY,
                    credits=10,
                    expires=NOW + DAY,
                )
                for wallet in part
            ]
        )
        yield [Expire(**frame(wallet, f"{name}-sweep", NOW + DAY)) for wallet in part]
