"""What a run says: totals, measures, and what every freelancer and every post came to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from connects.lab.kernel import state as st
from connects.lab.kernel.columns import COUNT, FIRST, Whole
from connects.lab.kernel.tables import Tables
from connects.lab.population.agents import Population
from connects.lab.setting import Size

TAIL_DAYS = 30
"""Posts of the last days are not judged: most of them are still open."""
DAILY_NAMES = (
    "posts proposals hires connects_spent connects_returned revenue_cents connects_bought"
    " plan_cents unpaid visits connects_expired breakage_cents posts_seen declined invited"
    " connects_rewarded entries joined left opened"
).split()


@dataclass(frozen=True, slots=True)
class Played:
    """One run. `agents` and `posts` have one row each; the columns are named in `kernel.state`.

    `posts` are those of after the warm-up and before the last days, which are still open; `fits` has for
    each of them the sum of the matches of those who came on their own, and their number, `level` which
    skill it usually asks for, and `early` how many proposals it had after its first day.
    """

    arm: str
    seed: int
    days: int
    warm_up: int
    daily: Whole
    skill: st.Real
    traits: Whole
    state: Whole
    tally: Whole
    posts: st.Small
    dollars: st.Real
    fits: st.Real
    level: st.Real
    early: st.Small
    log: Whole
    countries: tuple[str, ...]
    lots: dict[int, list[tuple[int, ...]]]

    @classmethod
    def of(
        cls,
        arm: str,
        population: Population,
        tables: Tables,
        market: st.Market,
        size: Size,
        early: st.Small,
    ) -> Played:
        """What there is to say of a market that was played."""
        judged = _judged(market, size)
        return cls(
            arm=arm,
            seed=size.seed,
            days=size.days,
            warm_up=size.warm_up,
            daily=market.daily,
            skill=market.agents.skill,
            traits=market.agents.traits,
            state=market.agents.state,
            tally=market.agents.tally,
            posts=market.posts[judged],
            dollars=tables.dollars[market.posts[judged, st.P_TYPE]],
            fits=market.fits[judged],
            level=tables.level[market.posts[judged, st.P_TYPE]],
            early=early[judged],
            log=market.log[: market.clock[st.LOG_USED]],
            countries=tuple(country.name for country in population.countries),
            lots={int(w): _lots(market, int(w)) for w in np.flatnonzero(market.sampled)},
        )

    @property
    def counters(self) -> dict[str, int]:
        """Totals after the warm-up."""
        totals = self.daily[self.warm_up :].sum(axis=0)
        return {name: int(total) for name, total in zip(DAILY_NAMES, totals, strict=True)}

    def measures(self) -> dict[str, float]:
        """What a study may ask about, over the posts that are judged and the days that are counted."""
        posts, totals = self.posts, self.counters
        count = max(len(posts), 1)
        hired = posts[:, st.P_OUTCOME] == st.HIRED
        hires = max(int(hired.sum()), 1)
        burned = posts[:, st.P_SPENT].sum() - posts[:, st.P_BACK].sum()
        newcomers = self.newcomers
        waits = posts[posts[:, st.P_FIRST_DAY] >= 0]
        first = waits[:, st.P_FIRST_DAY] - waits[:, st.P_DAY]
        return {
            "hires_per_post": float(hired.sum() / count),
            "proposals_per_post": float(posts[:, st.P_COUNT].sum() / count),
            "connects_per_hire": float(burned / hires),
            "days_to_first_proposal": float(first.mean()) if len(first) else float("nan"),
            "revenue": totals["revenue_cents"] / 100,
            "gini_of_spend": gini(self.tally[:, st.A_SPENT]),
            "gini_of_hires": gini(self.tally[:, st.A_HIRES]),
            "newcomer_first_hires": float((self.tally[newcomers, st.A_FIRST_HIRE] > 0).sum()),
            "newcomer_proposals": float(self.tally[newcomers, st.A_PROPOSALS].sum()),
            "outside_share": float(
                posts[:, st.P_OUTSIDE].sum() / max(posts[:, st.P_COUNT].sum(), 1)
            ),
            "match_of_hires": float(posts[hired, st.P_FIT].mean() / 1000) if hired.any() else 0.0,
            "level_missed": float(posts[hired, st.P_DISTANCE].mean() / 1000)
            if hired.any()
            else 0.0,
            "opened_per_hire": float(posts[:, st.P_OPENED].sum() / hires),
            "unpaid": float(totals["unpaid"]),
        }

    @property
    def newcomers(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Who joined while it was played."""
        found: np.ndarray[tuple[int], np.dtype[np.bool_]] = self.traits[:, st.JOINED] >= 0
        return found

    def skill_terciles(self) -> Whole:
        """0, 1 or 2 for each freelancer, from the least skilled third on."""
        return np.searchsorted(np.quantile(self.skill, (1 / 3, 2 / 3)), self.skill).astype(np.int64)

    def value_terciles(self) -> Whole:
        """0, 1 or 2 for each post, from the least valuable third on."""
        bounds = np.quantile(self.dollars, (1 / 3, 2 / 3)) if len(self.dollars) else (0.0, 0.0)
        return np.searchsorted(bounds, self.dollars, side="right").astype(np.int64)


def _judged(market: st.Market, size: Size) -> slice:
    """The posts that are judged: numbers rise with days, so that nothing need be copied."""
    days = market.posts[: market.clock[st.POSTS], st.P_DAY]
    last = max(size.days - TAIL_DAYS, size.warm_up + 1)
    return slice(*np.searchsorted(days, (size.warm_up, last)))


def _lots(market: st.Market, w: int) -> list[tuple[int, ...]]:
    """What that wallet holds at the end."""
    first, count = (int(market.wallets.book[w, column]) for column in (FIRST, COUNT))
    rows = market.wallets.lots[first : first + count]
    return [tuple(int(value) for value in row) for row in rows]


def gini(amounts: Whole) -> float:
    """How unequal: 0 where all have the same, towards 1 where one has all."""
    ordered = np.sort(amounts.astype(np.float64))
    total, count = float(ordered.sum()), len(ordered)
    if not total:
        return 0.0
    ranks = np.arange(1, count + 1)
    return float((2 * (ranks * ordered).sum() / total - (count + 1)) / count)
