"""Check of the auction for top places, which is exact: nobody behaves in it."""

from __future__ import annotations

import numpy as np

from connects.lab.checks.trial import Check, Seen, Trial
from connects.lab.kernel.places import PAY_AS_BID, UNIFORM, settle

PLACES, BIDDERS, MOST = 3, 8, 100
AUCTIONS = 20_000
SHADED_AT_80 = 58.4
"""What who values a place at 80 bids in the equilibrium of pay-as-bid, by the theory."""
REVENUE = 166.7


def auctions(trial: Trial) -> Seen:
    """9: sealed bids for three places, one price for all or each their own."""
    gain = best_gain_of_misreporting()
    uniform, paid = _revenues(trial.seeds)
    shaded = equilibrium_bid(80.0)
    return Seen(
        f"uniform: best gain from another bid than the truth {gain}; pay-as-bid: 80 is bid as"
        f" {shaded:.1f}; revenue {uniform:.1f} and {paid:.1f}",
        gain == 0
        and abs(shaded / SHADED_AT_80 - 1) <= 0.05
        and abs(uniform / REVENUE - 1) <= 0.01
        and abs(paid / uniform - 1) <= 0.01,
    )


def best_gain_of_misreporting() -> int:
    """The most that any bidder gains by any other bid, over all values from 0 to 6 of four bidders."""
    best = 0
    numbers = np.arange(4, dtype=np.int64)
    for values in np.ndindex(7, 7, 7, 7):
        bids = np.array(values, dtype=np.int64)
        truth = settle(bids, numbers, 2, 2, UNIFORM)
        honest = values[0] - truth[0] if truth[0] >= 0 else 0
        for other in range(7):
            bids[0] = other
            pays = settle(bids, numbers, 2, 2, UNIFORM)[0]
            best = max(best, (values[0] - pays if pays >= 0 else 0) - honest)
    return best


def equilibrium_bid(value: float) -> float:
    """The symmetric equilibrium of pay-as-bid: the mean of the highest losing rival below one's value.

    Of the other seven the third highest decides. By its distribution, integrated numerically.
    """
    grid = np.linspace(0.0, value, 4001)
    share = grid / MOST
    others, above = BIDDERS - 1, PLACES - 1
    wins = np.zeros_like(share)
    for k in range(above + 1):
        wins += _choose(others, k) * (1 - share) ** k * share ** (others - k)
    return float(value - np.trapezoid(wins, grid) / wins[-1])


def _choose(n: int, k: int) -> float:
    return float(np.prod([(n - i) / (i + 1) for i in range(k)]))


def _revenues(seeds: int) -> tuple[float, float]:
    """Mean revenue of both auctions over the same random values, in hundredths for exact ties."""
    chance = np.random.Generator(np.random.Philox(seeds))
    values = chance.random((AUCTIONS, BIDDERS)) * MOST
    table = np.array([equilibrium_bid(max(v, 0.01)) for v in np.linspace(0, MOST, 401)])
    shaded = np.interp(values, np.linspace(0, MOST, 401), table)
    numbers = np.arange(BIDDERS, dtype=np.int64)
    totals = []
    for bids, pricing in ((values, UNIFORM), (shaded, PAY_AS_BID)):
        total = 0
        for each in (bids * 100).astype(np.int64):
            pays = settle(each, numbers, PLACES, 0, pricing)
            total += int(pays[pays > 0].sum())
        totals.append(total / 100 / AUCTIONS)
    return totals[0], totals[1]


CHECKS = (
    Check(
        9,
        "one price for all places makes truth the best bid",
        "gain 0; pay-as-bid shades 80 to 58.4 ± 5 %; revenues equal within 1 % (166.7)",
        auctions,
    ),
)
