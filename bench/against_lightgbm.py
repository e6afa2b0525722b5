"""How well estimates do beside LightGBM, as someone would set it up within an hour, source by source.

python -m bench.against_lightgbm LEARN ASK [MODEL]    tables of posts; MODEL learned from LEARN before

Both learn from LEARN and are asked for all of ASK that states an amount. LightGBM gets what the posts
state, and means of the category, subcategory, country, client and skills that are made without the
post's own fold; an L1 loss, and settings that people begin with. From few posts its luck with one cut
into folds and one seed is large, so there it learns ten times, and the mean of its errors is taken.
"""

from __future__ import annotations

import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import lightgbm
import numpy as np
import numpy.typing as npt

from connects.estimate.model import Model
from connects.estimate.model_file import read_model
from connects.estimate.posts import DURATIONS, LEVELS, WORKLOADS, Post
from connects.estimate.training import train
from connects.posts.posts import read_posts
from connects.vocabulary.facts import JobKind

FOLDS = 5
FEWEST = 20
SMALL = 1_500
TIMES_FROM_FEW = 10
DRAWS = 1_000
KEYS: tuple[Callable[[Post], str], ...] = (
    lambda p: p.category,
    lambda p: p.subcategory,
    lambda p: p.country,
    lambda p: p.client,
)
Numbers = npt.NDArray[np.float64]


def stated(post: Post) -> list[float]:
    """What the post says, as numbers."""
    words = ((post.level, LEVELS), (post.duration, DURATIONS), (post.workload, WORKLOADS))
    told = (
        *(post.client_spend, post.client_reviews, post.client_rating, post.client_hires),
        *(post.title_characters, post.description_characters, post.hour),
        *(post.freelancers_to_hire, post.client_verified),
    )
    places = [float(known.index(word)) if word in known else math.nan for word, known in words]
    return [*places, *(math.nan if n is None else float(n) for n in told), float(len(post.skills))]


def encoder(posts: Sequence[Post], amounts: Numbers) -> Callable[[Post], list[float]]:
    """Drawn means of words with many values, over these posts."""
    tables = [
        drawn((key(p), a) for p, a in zip(posts, amounts.tolist(), strict=True)) for key in KEYS
    ]
    skills = drawn((s, a) for p, a in zip(posts, amounts.tolist(), strict=True) for s in p.skills)

    def encoded(post: Post) -> list[float]:
        found = [table.get(key(post), math.nan) for table, key in zip(tables, KEYS, strict=True)]
        own = [skills[skill] for skill in post.skills if skill in skills]
        return found + ([sum(own) / len(own), min(own), max(own)] if own else [math.nan] * 3)

    return encoded


def drawn(pairs: object) -> dict[str, float]:
    """Means by word, each drawn a little to the overall mean."""
    by_word: dict[str, list[float]] = defaultdict(list)
    for word, amount in pairs:  # type: ignore[attr-defined]
        by_word[word].append(amount)
    every = [amount for own in by_word.values() for amount in own]
    overall = sum(every) / len(every) if every else 0.0
    return {
        word: (sum(own) + 5 * overall) / (len(own) + 5) for word, own in by_word.items() if word
    }


def lightgbm_guesses(learn: Sequence[Post], ask: Sequence[Post], seed: int) -> Numbers:
    """Log amounts of the posts that are asked for."""
    amounts = np.log([post.target_cents or 1 for post in learn])
    fold = np.random.default_rng(seed).permutation(len(learn)) % FOLDS
    rows: list[list[float]] = [[] for _ in learn]
    for number in range(FOLDS):
        rest = np.flatnonzero(fold != number)
        encode = encoder([learn[int(place)] for place in rest], amounts[rest])
        for place in np.flatnonzero(fold == number):
            rows[place] = stated(learn[int(place)]) + encode(learn[int(place)])
    is_small = len(learn) < SMALL
    learner = lightgbm.LGBMRegressor(
        objective="l1", learning_rate=0.03, n_estimators=150 if is_small else 300,
        num_leaves=7 if is_small else 15, min_child_samples=10 if is_small else 20,
        subsample=0.8, subsample_freq=1, colsample_bytree=0.6, reg_lambda=1.0,
        random_state=seed, n_jobs=1, verbose=-1,
    )  # fmt: skip
    learner.fit(np.array(rows), amounts)
    encode = encoder(learn, amounts)
    return np.asarray(learner.predict(np.array([stated(p) + encode(p) for p in ask])))


def compared(model: Model, learn: Sequence[Post], ask: Sequence[Post]) -> dict[str, object]:
    """Both errors, and by how much ours is larger, with its interval of 95 %."""
    actual = np.log([post.target_cents or 1 for post in ask])
    estimates = model.estimate_many(ask)
    ours = np.abs(actual - np.log([each.cents if each else 1 for each in estimates]))
    times = TIMES_FROM_FEW if len(learn) < SMALL else 1
    theirs = np.mean(
        [np.abs(actual - lightgbm_guesses(learn, ask, seed)) for seed in range(times)], axis=0
    )
    chance = np.random.default_rng(0).integers(0, len(ask), (DRAWS, len(ask)))
    ends = np.percentile((ours - theirs)[chance].mean(axis=1), (2.5, 97.5))
    return {
        "posts": len(ask),
        "ours_mae_log": round(float(ours.mean()), 4),
        "lightgbm_mae_log": round(float(theirs.mean()), 4),
        "difference": round(float((ours - theirs).mean()), 4),
        "difference_95": [round(float(end), 4) for end in ends],
    }


def told(file: str) -> dict[tuple[str, JobKind], list[Post]]:
    found: dict[tuple[str, JobKind], list[Post]] = defaultdict(list)
    for post in read_posts(file).posts:
        if post.target_cents is not None:
            found[post.source, post.kind].append(post)
    return found


def main(arguments: list[str]) -> None:
    learn, ask = told(arguments[0]), told(arguments[1])
    if len(arguments) > 2:
        model = read_model(Path(arguments[2]))
    else:
        everything = [post for own in learn.values() for post in own]
        model = Model("2026-01-29", "0" * 64, "bench", train(everything))
    figures = {
        f"{source or '(none)'}, {kind}": compared(model, learn[source, kind], asked)
        for (source, kind), asked in sorted(ask.items())
        if len(learn[source, kind]) >= FEWEST
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
