"""Checks of lists: how long they are, in which order, and what a proposal says."""

from __future__ import annotations

from dataclasses import replace

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
from connects.lab.run import Mixed
from connects.policy.shelf import shipped
from connects.wording.figures import signed


def soft_cap(trial: Trial) -> Seen:
    """3: half of the posts take no more after 50 proposals or 120 hours, unless their client asks."""
    book = arms.flat(paid_book(), 4)
    before, after = (
        trial.play(book, mixed=Mixed(book, 0.5, "job"), **cap)
        for cap in ({}, {"soft_cap": 50, "soft_cap_days": 5, "soft_cap_halved": 1})
    )
    now, capped = ([_treated(run) for run in runs] for runs in (before, after))
    fewer = relative(each(capped, "proposals_per_post"), each(now, "proposals_per_post"))
    hires = relative(each(capped, "hires_per_post"), each(now, "hires_per_post"))
    long, short = (_fall_by_length(before, after, longest=longest) for longest in (True, False))
    return Seen(
        f"proposals {percent(fewer)}, hires {percent(hires)}; of clients who look: lists longer than"
        f" others after a day {percent(long)}, shorter {percent(short)}",
        -0.15 <= fewer.mean() <= -0.07
        and abs(float(hires.mean())) <= 0.02
        and trial.holds(short - long),
    )


def _treated(run: Played) -> Played:
    """The run with the posts of the treated half alone."""
    return replace(run, posts=run.posts[run.posts[:, st.P_GROUP] == 1])


def _fall_by_length(before: list[Played], after: list[Played], *, longest: bool) -> Real:
    """How lists fell where clients look: those over, or up to, the median length after a day.

    On the first day no cap holds yet. A list that became long later is one from which a cap takes
    much, whatever anyone thinks of its length; and clients who never look answer nothing. Proposals
    that one post turns away go to others, so the capped half is measured by the other half.
    """
    found = []
    for then, now in zip(before, after, strict=True):
        looks = then.posts[:, st.P_WILL] != st.GHOST
        chosen = looks & ((then.early > np.median(then.early[looks])) == longest)
        capped, others = (
            now.posts[rows, st.P_COUNT].sum() / max(int(then.posts[rows, st.P_COUNT].sum()), 1)
            for rows in (chosen & (then.posts[:, st.P_GROUP] == half) for half in (1, 0))
        )
        found.append(capped / max(others, 1e-9) - 1)
    return np.array(found)


def hires_a_post(trial: Trial) -> Seen:
    """4: the share of posts with a hire, under the rules of 2023."""
    hires = each(trial.play(shipped("upwork-2023")), "hires_per_post")
    return Seen(f"{100 * hires.mean():.1f} %", bool(0.30 <= hires.mean() <= 0.40))


def top_places(trial: Trial) -> Seen:
    """8: a tenth of proposals stands on top at random."""
    runs = trial.play(shipped("upwork-2023"), placebo=0.1)
    lifts = []
    for run in runs:
        looked = run.posts[run.posts[:, st.P_OPENED] > 0]
        # A thousand is added where a boosted proposal is hired.
        boosted, won = looked[:, st.P_BOOSTED] % 1000, looked[:, st.P_BOOSTED] // 1000
        hired = (looked[:, st.P_OUTCOME] == st.HIRED).sum()
        plain = looked[:, st.P_COUNT].sum() - boosted.sum()
        lifts.append((won.sum() / boosted.sum()) / ((hired - won.sum()) / plain) - 1)
    lift = np.array(lifts)
    return Seen(percent(lift), bool(0.15 <= lift.mean() <= 0.55) and trial.holds(lift))


def thicker_market(trial: Trial) -> Seen:
    """14: both sides twice as many, as where two platforms became one.

    There travellers saw twice as many homes, by the same search. Here clients see who proposes, so
    their lists grow as the market does only where freelancers read as many more posts.
    """
    book = shipped("upwork-2023")
    now, thick = trial.play(book), trial.play(book, size=2, thick=2, thickness=1)
    hires = relative(_hires_a_freelancer(thick), _hires_a_freelancer(now))
    search = relative(each(thick, "opened_per_hire"), each(now, "opened_per_hire"))
    return Seen(
        f"hires per freelancer {percent(hires)} (standard error {100 * error(hires):.1f}), opened per"
        f" hire {percent(search)}",
        bool(-0.25 <= hires.mean() <= -0.10) and bool(search.mean() > 0) and trial.holds(-hires),
    )


def _hires_a_freelancer(runs: list[Played]) -> Real:
    return np.array([run.tally[:, st.A_HIRES].sum() / len(run.skill) for run in runs])


def promotion(trial: Trial) -> Seen:
    """15: lists show a tenth of the freelancers higher."""
    book = shipped("upwork-2023")
    now = trial.play(book, promoted=0.1)
    higher = trial.play(book, promoted=0.1, promotion=1.0)
    total = relative(each(higher, "hires_per_post"), each(now, "hires_per_post"))
    share = _promoted_share(higher) - _promoted_share(now)
    return Seen(
        f"hires {percent(total)}, share of the promoted {signed(100 * share.mean(), 1)} points",
        abs(float(total.mean())) <= 0.02 and trial.holds(share),
    )


def _promoted_share(runs: list[Played]) -> Real:
    return np.array(
        [
            run.tally[run.state[:, st.TREATED] == 1, st.A_HIRES].sum()
            / max(run.tally[:, st.A_HIRES].sum(), 1)
            for run in runs
        ]
    )


def written_by_machines(trial: Trial) -> Seen:
    """19: a letter says 64 % less of its author."""
    book = shipped("upwork-2023")
    now, machines = trial.play(book), trial.play(book, letters=0.36)
    top = relative(_hires_of_quintile(machines, 4), _hires_of_quintile(now, 4))
    bottom = relative(_hires_of_quintile(machines, 0), _hires_of_quintile(now, 0))
    return Seen(
        f"most skilled fifth {percent(top)}, least skilled fifth {percent(bottom)}",
        bool(-0.30 <= top.mean() <= -0.10)
        and bool(0.05 <= bottom.mean() <= 0.25)
        and trial.holds(bottom - top),
    )


def _hires_of_quintile(runs: list[Played], quintile: int) -> Real:
    found = []
    for run in runs:
        bounds = np.quantile(run.skill, (0.2, 0.4, 0.6, 0.8))
        found.append(run.tally[np.searchsorted(bounds, run.skill) == quintile, st.A_HIRES].sum())
    return np.array(found, dtype=float)


def level_stated(trial: Trial) -> Seen:
    """20: clients state the level that they want."""
    book = shipped("upwork-2023")
    now, stated = trial.play(book), trial.play(book, level_shown=1)
    fewer = relative(each(stated, "proposals_per_post"), each(now, "proposals_per_post"))
    missed = each(stated, "level_missed") - each(now, "level_missed")
    return Seen(
        f"proposals {percent(fewer)}, distance of those hired from the wanted level"
        f" {signed(missed.mean(), 3)} standard deviations",
        trial.holds(-fewer) and trial.holds(-missed),
    )


CHECKS = (
    Check(
        3,
        "a soft cap takes proposals, not hires",
        "proposals −11 % ± 4 points, hires ±2 %, more where lists are long (Horton & Vasserman)",
        soft_cap,
        {"chance_crowd": 0.0, "crowding": 1e6},
    ),
    Check(
        4,
        "hires per post (calibrated, reported)",
        "30 to 40 % (Snir & Hitt)",
        hires_a_post,
    ),
    Check(
        8,
        "a place on top, given at random, lifts the chance of a hire",
        "+15 to +55 % (published: 24, 37 and 43, 55)",
        top_places,
        {"position_counts": 0.0},
    ),
    Check(
        14,
        "twice as thick a market matches less",
        "hires per freelancer −10 to −25 % (Li & Netessine: 15.4, 15.9), search up",
        thicker_market,
        {"crowding": 1e6, "busy": 0.0},
        freelancers=4000,
    ),
    Check(
        15,
        "promotion moves hires, it does not make them",
        "total ±2 %, share of the promoted up (Barach et al.)",
        promotion,
    ),
    Check(
        19,
        "letters by machines level the chances",
        "top fifth −10 to −30 % (19 published), bottom fifth +5 to +25 % (14)",
        written_by_machines,
        {"signal_noise": 5.0},
        freelancers=4000,
    ),
    Check(
        20,
        "a stated level sorts people",
        "proposals fall, those hired are nearer to it (Horton & Johari; signs)",
        level_stated,
        {"level_weight": 0.0},
    ),
)
