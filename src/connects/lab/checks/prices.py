"""Checks of what prices do: how many propose, to what, who, and what becomes of it."""

from __future__ import annotations

import numpy as np

from connects.lab import arms
from connects.lab.checks.trial import (
    Check,
    Seen,
    Trial,
    each,
    error,
    paid_book,
    percent,
    relative,
)
from connects.lab.kernel import state as st
from connects.lab.kernel.state import Real
from connects.lab.measures import Played
from connects.policy.shelf import shipped
from connects.wording.figures import signed

USUAL = 4
"""The price, in Connects, that the grid of the second check multiplies."""


def price_lowers_proposals(trial: Trial) -> Seen:
    """1: free, then 3 and 6 Connects of $0.15."""
    free = trial.play(arms.flat(paid_book(), 0))
    found = [trial.play(arms.flat(paid_book(), connects)) for connects in (1, 3, 6)]
    falls = [
        -relative(each(runs, "proposals_per_post"), each(free, "proposals_per_post"))
        for runs in found
    ]
    bottom, top = (_fall_of_tercile(free, found[-1], tercile) for tercile in (0, 2))
    in_band = all(0.0 < fall.mean() <= 0.60 for fall in falls) and falls[-1].mean() >= 0.05
    ratio = float(bottom.mean() / max(top.mean(), 1e-9))
    return Seen(
        f"1, 3, 6 Connects: {', '.join(percent(-fall) for fall in falls)};"
        f" least skilled third falls {ratio:.2f} times as much as most skilled",
        in_band and trial.holds(falls[-1]) and ratio >= 1.2,
    )


def _fall_of_tercile(before: list[Played], after: list[Played], tercile: int) -> Real:
    def sent(run: Played) -> float:
        return float(run.tally[run.skill_terciles() == tercile, st.A_PROPOSALS].sum())

    return np.array(
        [1 - sent(now) / max(sent(then), 1) for then, now in zip(before, after, strict=True)]
    )


def hires_peak_inside(trial: Trial) -> Seen:
    """2: price × {0, ¼, ½, 1, 2, 4, 8, 16}."""
    grid = (0, 1, 2, 4, 8, 16, 32, 64)
    hires = [each(trial.play(arms.flat(paid_book(), n)), "hires_per_post") for n in grid]
    points = [100 * float((one - hires[0]).mean()) for one in hires]
    small = all(-2 <= each_one <= 5 for each_one in points[1:4])
    peak = int(np.argmax([one.mean() for one in hires]))
    falls = trial.holds(hires[0] - hires[-1])
    best = 1 + int(np.argmax(points[1:-1]))
    sure = 100 * error(hires[best] - hires[0])
    return Seen(
        f"points against free, by price: {', '.join(signed(p, 1) for p in points)};"
        f" most at {grid[peak]} Connects; {signed(points[best], 2)} (standard error {sure:.2f}) at"
        f" {grid[best]}, the best price inside",
        small and points[-1] <= -5 and falls and 0 < peak < len(grid) - 1,
    )


def flat_price_crowds_the_valuable(trial: Trial) -> Seen:
    """5: one price for all, then a ladder that rises with the square root of the value."""
    book = paid_book()
    flat = trial.play(arms.flat(book, USUAL))
    ladder = trial.play(book.model_copy(update={"card": shipped("fair-2026").card}))
    top, rest = _by_value(flat, top=True), _by_value(flat, top=False)
    more, award = relative(top[:, 0], rest[:, 0]), relative(top[:, 1], rest[:, 1])
    fit = np.array([_fit_of_the_valuable(run) for run in flat])
    by_ladder = relative(_by_value(ladder, top=True)[:, 0], _by_value(ladder, top=False)[:, 0])
    return Seen(
        f"top third by value against the rest: proposals {percent(more)}, hires per proposal"
        f" {percent(award)}, mean fit at the same level {signed(fit.mean(), 3)} (standard error"
        f" {error(fit):.3f}); proposals by ladder {percent(by_ladder)}",
        bool(more.mean() >= 0.2 and award.mean() <= -0.1)
        and trial.holds(more)
        and trial.holds(-fit)
        and trial.holds(more - by_ladder),
    )


def _by_value(runs: list[Played], *, top: bool) -> Real:
    """Of the top third of posts by value, or the rest: proposals, and hires per proposal."""
    found = []
    for run in runs:
        chosen = (run.value_terciles() == 2) == top
        posts = run.posts[chosen]
        sent = max(int(posts[:, st.P_COUNT].sum()), 1)
        hired = float((posts[:, st.P_OUTCOME] == st.HIRED).sum())
        found.append((sent / max(len(posts), 1), hired / sent))
    return np.array(found)


def _fit_of_the_valuable(run: Played) -> float:
    """How much better those match who propose to the top third, among posts that ask for the same level.

    Large jobs ask for experts more often, and experts come to those whether or not anyone sees what a
    job is worth. Who was invited did not choose the post, and does not count.
    """
    top = run.value_terciles() == 2
    better, weights = [], []
    for level in np.unique(run.level):
        alike = run.level == level
        (match, own), (others_match, others) = (
            run.fits[alike & side].sum(axis=0) for side in (top, ~top)
        )
        better.append(match / max(own, 1) - others_match / max(others, 1))
        weights.append(own * others / max(own + others, 1))
    return float(np.average(better, weights=weights))


def price_hits_newcomers(trial: Trial) -> Seen:
    """6: free, 6 Connects, and 6 Connects with 40 granted and five proposals at half price."""
    book = paid_book()
    free = trial.play(arms.flat(book, 0))
    paid = trial.play(arms.flat(book, 6))
    given = trial.play(arms.with_newcomers(arms.flat(book, 6), 40, 5))
    sent = [_newcomers_share(runs, st.A_PROPOSALS) for runs in (free, paid, given)]
    first = [_first_hires_share(runs) for runs in (free, paid, given)]
    lost, back = sent[0] - sent[1], sent[2] - sent[1]
    fewer = first[0] - first[1]
    restored = float(back.mean() / max(lost.mean(), 1e-9))
    sure = error(back - restored * lost) / max(float(lost.mean()), 1e-9)
    return Seen(
        f"share of newcomers in proposals {sent[0].mean():.3f}, {sent[1].mean():.3f}, with grants"
        f" {sent[2].mean():.3f}; of first hires {first[0].mean():.3f}, {first[1].mean():.3f},"
        f" {first[2].mean():.3f} (fewer by the price in {(fewer > 0).sum()} of {len(fewer)} seeds);"
        f" restored {100 * restored:.0f} % (standard error {100 * sure:.0f})",
        bool(relative(sent[1], sent[0]).mean() <= -0.05)
        and trial.holds(lost)
        and trial.holds(fewer)
        and restored >= 0.5,
    )


def _newcomers_share(runs: list[Played], column: int) -> Real:
    return np.array(
        [
            run.tally[run.newcomers, column].sum() / max(run.tally[:, column].sum(), 1)
            for run in runs
        ]
    )


def _first_hires_share(runs: list[Played]) -> Real:
    """The share of hires that are a newcomer's first."""
    return np.array(
        [
            (run.tally[run.newcomers, st.A_FIRST_HIRE] > 0).sum()
            / max(run.tally[:, st.A_HIRES].sum(), 1)
            for run in runs
        ]
    )


def price_keeps_people_at_home(trial: Trial) -> Seen:
    """7: the share of proposals outside the main skill, free and at 6 Connects."""
    free = each(trial.play(arms.flat(paid_book(), 0)), "outside_share")
    paid = each(trial.play(arms.flat(paid_book(), 6)), "outside_share")
    fall = relative(paid, free)
    return Seen(percent(fall), bool(fall.mean() <= -0.1) and trial.holds(-fall))


def returns_are_a_lower_price(trial: Trial) -> Seen:
    """13: nothing or all of a silent client's Connects come back; then at the same effective price."""
    book = paid_book()
    none = trial.play(arms.with_silence_returns(arms.flat(book, USUAL), 0, 21))
    all_back = trial.play(arms.with_silence_returns(arms.flat(book, USUAL), 100, 21))
    # At a belief of 55 % void posts, 9 Connects feel like 4.05.
    rebased = trial.play(arms.with_silence_returns(arms.flat(book, 9), 100, 21))
    up = relative(each(all_back, "proposals_per_post"), each(none, "proposals_per_post"))
    same = relative(each(rebased, "proposals_per_post"), each(none, "proposals_per_post"))
    return Seen(
        f"proposals {percent(up)}; at equal effective price {percent(same)}",
        trial.holds(up) and abs(float(same.mean())) <= 0.03,
    )


CHECKS = (
    Check(
        1,
        "a price lowers proposals, of the least skilled most",
        "down 5 to 60 % at 6 Connects (sign; plausible range); least skilled third at least 1.2 times",
        price_lowers_proposals,
        {"price_seen": 0.0},
    ),
    Check(
        2,
        "hires per post peak at some price",
        "−2 to +5 points at small prices, −5 or less at 16 times, the most inside the grid",
        hires_peak_inside,
        {"opens": 60.0, "crowding": 1e6, "order_noise": 0.0},
    ),
    Check(
        5,
        "a flat price crowds the valuable posts",
        "top third against the rest: proposals +20 % or more, hires per proposal −10 % or less,"
        " lower fit; a ladder flattens (signs; plausible ranges)",
        flat_price_crowds_the_valuable,
        {"value_seen": 0.0},
    ),
    Check(
        6,
        "a price keeps newcomers out, grants bring them back",
        "share of proposals −5 % or less, of first hires down (signs; plausible); grants restore half",
        price_hits_newcomers,
        {"chance_record": 0.0, "record_weight": 0.0, "unearned": 1.0},
    ),
    Check(
        7,
        "a price keeps people in their main skill",
        "share outside falls by 10 % or more (sign; plausible range)",
        price_keeps_people_at_home,
        {"outside_penalty": 0.0},
    ),
    Check(
        13,
        "what comes back works as a lower price",
        "proposals up; within ±3 % at equal effective price",
        returns_are_a_lower_price,
        {"returns_seen": 0.0},
    ),
)
