"""How often each recorded proposal would have been sent under other prices: not, once, or twice.

Of the posts that people read they propose to few, so that the odds of a proposal are close to its
chance, and both change with the price as an exponential: by `exp(-difference / choice_noise)`, where the
difference is what the Connects feel like, in dollars, less what can be expected to come back of them.
All jobs are taken as if they left what one of $100 does. Those who never buy feel granted Connects, by
`held_weight`. The chance that is drawn is keyed by seed, account and post, so that it is the same
whatever else is replayed.
"""

from __future__ import annotations

import numpy as np

from connects.lab.behaviour.parameters import Behaviour
from connects.lab.replay.reading.columns import Column
from connects.lab.replay.record import Record

DOLLARS_A_CONNECT = 0.15
MOST_TIMES = 2


def times_sent(
    record: Record,
    which: slice,
    price: Column,
    expected: tuple[float, float],
    behaviour: Behaviour,
    *,
    seed: int,
    buyers: Column,
) -> Column:
    """By proposal, of some of all; `price` is theirs. `expected` is the share that comes back, as
    recorded and under the other rules; `buyers` says of each wallet whether it has ever bought Connects.
    """
    rows = {name: record.proposals[name][which] for name in ("account", "post", "paid")}
    before = rows["paid"] * (1.0 - expected[0])
    after = price * (1.0 - expected[1])
    weight = np.where(buyers[rows["account"]] > 0, 1.0, behaviour.value("held_weight"))
    dollars = (after - before) * DOLLARS_A_CONNECT * weight * behaviour.value("price_seen")
    mean = np.exp(np.clip(-dollars / behaviour.value("choice_noise"), -30.0, np.log(MOST_TIMES)))
    drawn = _uniform(seed, record.ids[rows["account"]], record.posts["id"][rows["post"]])
    found: Column = (np.floor(mean) + (drawn < mean % 1.0)).astype(np.int8)
    return found


def _uniform(seed: int, account: Column, post: Column) -> Column:
    """Numbers from 0 up to, not including, 1, by splitmix64."""
    bits = account.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    bits += post.astype(np.uint64) * np.uint64(0xD6E8FEB86659FD93) + np.uint64(seed)
    for _ in range(2):
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        bits ^= bits >> np.uint64(31)
    return (bits >> np.uint64(11)) * 2.0**-53
