"""Checks of people: silent clients, signals, invitations, records, and tests by account."""

from __future__ import annotations

import numpy as np

from connects.lab import arms
from connects.lab.checks.trial import Check, Seen, Trial, each, paid_book, percent, relative
from connects.lab.kernel import day as ticks
from connects.lab.kernel import state as st
from connects.lab.kernel.state import Real
from connects.lab.measures import Played
from connects.lab.run import Mixed
from connects.policy.shelf import shipped
from connects.wording.figures import signed

SILENT_DAYS = 21


def silence_burns(trial: Trial) -> Seen:
    """10: what a silent client costs comes back, or not."""
    book = arms.flat(paid_book(), 4)
    burned = trial.play(arms.with_silence_returns(book, 0, SILENT_DAYS))
    back = 0 if "returns_seen" in trial.mutant else 100
    returned = trial.play(arms.with_silence_returns(book, back, SILENT_DAYS))
    fall = -relative(each(returned, "connects_per_hire"), each(burned, "connects_per_hire"))
    share = np.array([_share_paid_to_ghosts(run) for run in burned])
    return Seen(
        f"burned per hire {percent(-fall)}; proposals to silent clients {100 * share.mean():.1f} %",
        bool(fall.mean() >= share.mean()) and trial.holds(fall - 0.9 * share),
    )


def _share_paid_to_ghosts(run: Played) -> float:
    silent = run.posts[:, st.P_WILL] == st.GHOST
    paid = run.posts[:, st.P_PAID_COUNT]
    return float(paid[silent].sum() / max(paid.sum(), 1))


def proposals_keep_ghosts_alive(trial: Trial) -> Seen:
    """11: a proposal counts as an act of the client, or not."""
    book = arms.with_silence_returns(arms.flat(paid_book(), 4), 100, SILENT_DAYS)
    now = np.array([_ghost_life(run) for run in trial.play(book, days=130)])
    kept = trial.play(book, days=130, proposals_are_activity=1)
    longer = relative(np.array([_ghost_life(run) for run in kept]), now)
    return Seen(
        f"life of silent clients' posts {percent(longer)}",
        bool(longer.mean() >= 0.3) and trial.holds(longer),
    )


def _ghost_life(run: Played) -> float:
    posts = run.posts
    chosen = (
        (posts[:, st.P_WILL] == st.GHOST)
        & (posts[:, st.P_DAY] < run.days - 60)
        & (posts[:, st.P_OUTCOME] != st.REMOVED)
    )
    ends = np.where(posts[:, st.P_END] < 0, run.days, posts[:, st.P_END])
    return float((ends - posts[:, st.P_DAY])[chosen].mean())


def signals(trial: Trial) -> Seen:
    """12: two free signals a week, against the same proposals without."""
    book = shipped("upwork-2023")
    now, given = trial.play(book), trial.play(book, signals=2)
    lift = relative(_signalled_chance(given), _signalled_chance(now))
    hires = relative(each(given, "hires_per_post"), each(now, "hires_per_post"))
    unused = np.array([_unused(run) for run in given])
    return Seen(
        f"chance of a signalled proposal {percent(lift)}, unused {100 * unused.mean():.0f} %,"
        f" hires {percent(hires)}",
        bool(0.10 <= lift.mean() <= 0.30)
        and bool(unused.mean() >= 0.2)
        and bool(hires.mean() >= -0.005)
        and trial.holds(lift),
    )


def _signalled_chance(runs: list[Played]) -> Real:
    return np.array(
        [
            run.posts[:, st.P_SIGNALLED_HIRE].sum() / max(run.posts[:, st.P_SIGNALLED].sum(), 1)
            for run in runs
        ]
    )


def _unused(run: Played) -> float:
    offered = max(int(run.tally[:, st.A_SIGNALS_OFFERED].sum()), 1)
    return 1 - int(run.tally[:, st.A_SIGNALS_USED].sum()) / offered


def recommendations(trial: Trial) -> Seen:
    """16: clients of technical posts are told of six freelancers whom they may invite."""
    book = shipped("upwork-2023")
    now, told = trial.play(book), trial.play(book, recommended=6)
    more = relative(_technical_fill(told), _technical_fill(now))
    short, long = (
        relative(_technical_fill(told, longer=longer), _technical_fill(now, longer=longer))
        for longer in (False, True)
    )
    return Seen(
        f"fill of technical posts {percent(more)}; short lists {percent(short)}, long"
        f" {percent(long)}",
        bool(0.10 <= more.mean() <= 0.30)
        and trial.holds(more)
        and bool(short.mean() > long.mean()),
    )


def _technical_fill(runs: list[Played], *, longer: bool | None = None) -> Real:
    """The share of technical posts with a hire; of those whose lists are longer, or not."""
    found = []
    for run in runs:
        posts = run.posts[np.isin(run.posts[:, st.P_CATEGORY], (0, 5))]
        if longer is not None:
            own = posts[:, st.P_COUNT] - posts[:, st.P_INVITED]
            posts = posts[(own > np.median(own)) == longer]
        found.append((posts[:, st.P_OUTCOME] == st.HIRED).mean())
    return np.array(found)


def first_hires_last(trial: Trial) -> Seen:
    """17: one in twenty of those without a hire is hired once, at random."""
    later = []
    for run in trial.play(shipped("upwork-2023"), random_hires=0.05):
        lucky, alike = (
            run.tally[run.state[:, st.TREATED] == mark, st.A_HIRES].mean()
            for mark in (ticks.LUCKY_ONE, ticks.LIKENESS)
        )
        later.append(lucky - alike)
    more = np.array(later)
    return Seen(
        f"{signed(more.mean(), 3)} later hires per head",
        bool(more.mean() > 0) and trial.holds(more),
    )


def capacity_shown(trial: Trial) -> Seen:
    """18: clients see who is busy before they invite."""
    book = shipped("upwork-2023")
    now, shown = trial.play(book), trial.play(book, capacity_shown=1)
    rejected = _declined(now) - _declined(shown)
    hires = relative(each(shown, "hires_per_post"), each(now, "hires_per_post"))
    return Seen(
        f"rejected by the busy {100 * _declined(now).mean():.1f} % of invitations, then"
        f" {100 * _declined(shown).mean():.1f} %; hires {percent(hires)}",
        trial.holds(rejected) and bool(0 <= hires.mean() <= 0.10),
    )


def _declined(runs: list[Played]) -> Real:
    return np.array([run.counters["declined"] / max(run.counters["invited"], 1) for run in runs])


def half_by_account(trial: Trial) -> Seen:
    """21: three times the price for everyone, and for half of the accounts beside the other half."""
    book = arms.flat(paid_book(), 4)
    dear = arms.multiplied(book, 3)
    # Two halves under the same rules: alike where posts are shared, and where they are not.
    now = trial.play(book, mixed=Mixed(book, 0.5))
    everyone = trial.play(dear, mixed=Mixed(dear, 0.5))
    true = relative(_hires_a_freelancer(everyone), _hires_a_freelancer(now))
    naive = []
    for run in trial.play(book, mixed=Mixed(dear, 0.5)):
        treated, others = (
            run.tally[run.traits[:, st.GROUP] == group, st.A_HIRES].mean() for group in (1, 0)
        )
        naive.append(treated / max(others, 1e-9) - 1)
    found = np.array(naive)
    return Seen(
        f"hires of the treated against the others {percent(found)}, of everyone {percent(true)}",
        0.8 * abs(float(found.mean())) >= abs(float(true.mean())) and trial.holds(true - found),
    )


def _hires_a_freelancer(runs: list[Played]) -> Real:
    return np.array([run.tally[:, st.A_HIRES].sum() / len(run.skill) for run in runs])


CHECKS = (
    Check(
        10,
        "silence burns Connects, returns stop it",
        "burned per hire falls by at least the silent clients' share of paid proposals",
        silence_burns,
        {"returns_seen": 0.0},
    ),
    Check(
        11,
        "proposals that count as activity keep dead posts alive",
        "life longer by 30 % or more (sign; plausible range)",
        proposals_keep_ghosts_alive,
    ),
    Check(
        12,
        "scarce signals are believed",
        "chance +10 to +30 %, 20 % or more unused, hires not lower (published: signs)",
        signals,
        {"signal_says": 0.0},
    ),
    Check(
        16,
        "recommended invitees fill technical posts",
        "fill +10 to +30 % (Horton 2017: 20), more where lists are short",
        recommendations,
    ),
    Check(
        17,
        "a first hire brings more",
        "later hires up (Pallais 2014; sign)",
        first_hires_last,
        {"record_learned": 0.0},
        freelancers=6000,
    ),
    Check(
        18,
        "who is seen to be busy is not invited in vain",
        "rejections fall, matches 0 to +10 % (Horton 2014; sign)",
        capacity_shown,
        {"busy": 0.0},
    ),
    Check(
        21,
        "a test by account overstates",
        "at least 20 % of it is no effect on everyone (Holtz et al.: 20; Fradkin: more than half)",
        half_by_account,
        {"shared_posts": 0.0},
    ),
)
