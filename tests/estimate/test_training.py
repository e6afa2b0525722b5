"""What is learned from history, and that nothing is learned from the answers themselves."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from sklearn.ensemble import ExtraTreesRegressor, HistGradientBoostingRegressor

from connects.estimate import grow
from connects.estimate.evaluation import evaluate, split
from connects.estimate.influences import influences
from connects.estimate.lessons import lesson_of
from connects.estimate.model import Model
from connects.estimate.rows import encoded
from connects.estimate.training import train
from connects.vocabulary.facts import JobKind
from tests.estimate.histories import fixed_posts

HISTORY = fixed_posts(400)


def trained(posts: list) -> Model:  # type: ignore[type-arg]
    return Model("2026-01-29", "d" * 64, "test", train(posts))


@pytest.fixture(scope="module")
def model() -> Model:
    return trained(HISTORY)


def test_estimates_beat_the_best_median_on_posts_that_were_never_seen(model: Model) -> None:
    figures = evaluate(model, fixed_posts(300, seed=2))["S"]

    assert figures["n"] == 300
    assert float(str(figures["improvement"])) > 0.3
    assert 0.7 < float(str(figures["coverage_80"])) < 0.9
    assert float(str(figures["band_agreement"])) > float(
        str(figures["best_baseline_band_agreement"])
    )


def test_chance_teaches_nothing_so_no_answer_leaks_into_its_own_question() -> None:
    # Every amount is drawn anew: what is better than the median here can only be a leak.
    amounts = np.random.default_rng(1).lognormal(9, 1, 400)
    posts = [
        replace(post, budget_cents=501 + round(amount))
        for post, amount in zip(fixed_posts(400), amounts, strict=True)
    ]
    lesson = lesson_of(posts, [], JobKind.FIXED)

    _, rows = encoded(lesson)

    kept = np.abs(np.corrcoef(rows[:, rows.std(axis=0) > 0].T, lesson.amounts)[-1, :-1])
    assert kept.max() < 0.25


def test_one_post_and_many_are_answered_alike(model: Model) -> None:
    posts = fixed_posts(100, seed=3)

    assert model.estimate_many(posts) == [model.estimate(post) for post in posts]


def test_an_estimate_lies_within_its_interval(model: Model) -> None:
    for estimate in model.estimate_many(fixed_posts(200, seed=4)):
        assert estimate is not None
        assert 0 < estimate.low_cents <= estimate.cents <= estimate.high_cents


def test_a_post_that_says_nothing_but_its_kind_gets_a_value(model: Model) -> None:
    bare = fixed_posts(1)[0]
    bare = replace(bare, level="", duration="", category="", country="", client="", posted="")

    assert model.estimate(bare) is not None


def test_sources_are_never_mixed() -> None:
    dear = [
        replace(post, source="T", budget_cents=(post.budget_cents or 0) * 100)
        for post in HISTORY[:60]
    ]
    model = trained([*HISTORY[:60], *dear])

    cheap = [e.cents for e in model.estimate_many(HISTORY[:60]) if e]
    costly = [e.cents for e in model.estimate_many(dear) if e]
    assert np.median(costly) > 30 * np.median(cheap)


def test_a_source_that_nobody_knows_is_answered_by_all_together_and_the_answer_says_so() -> None:
    others = [replace(post, source="T") for post in HISTORY[60:120]]
    model = trained([*HISTORY[:60], *others])
    posts = [replace(post, source="unheard of") for post in fixed_posts(40, seed=6)]

    found = [estimate for estimate in model.estimate_many(posts) if estimate]

    assert len(found) == 40
    assert found == [model.estimate(post) for post in posts]
    assert all(estimate.model == f"{model.name}/pooled" for estimate in found)
    assert all(e.low_cents <= e.cents <= e.high_cents for e in found)
    assert model.estimate(replace(posts[0], kind=JobKind.HOURLY)) is None


def test_sources_that_lie_apart_make_intervals_of_unknown_ones_wide() -> None:
    dear = [
        replace(post, source="T", budget_cents=(post.budget_cents or 0) * 100)
        for post in HISTORY[60:120]
    ]
    near = [replace(post, source="T") for post in HISTORY[60:120]]
    stranger = replace(HISTORY[0], source="unheard of")

    apart, alike = (trained([*HISTORY[:60], *other]).estimate(stranger) for other in (dear, near))

    assert apart is not None
    assert alike is not None
    assert apart.high_cents / apart.low_cents > 10 * alike.high_cents / alike.low_cents


def test_a_small_source_learns_from_the_others() -> None:
    large = fixed_posts(400, seed=7, source="L", noise=0.2)
    small = [
        replace(post, source="few", budget_cents=(post.budget_cents or 0) * 3)
        for post in fixed_posts(30, seed=8, noise=0.2)
    ]
    asked = [
        replace(post, source="few", budget_cents=(post.budget_cents or 0) * 3)
        for post in fixed_posts(150, seed=9, noise=0.2)
    ]

    alone, together = (
        float(str(evaluate(trained(history), asked)["few"]["mae_log"]))
        for history in (small, [*large, *small])
    )

    assert together < 0.7 * alone


def test_each_third_of_the_estimates_holds_what_intervals_promise(model: Model) -> None:
    figures = evaluate(model, fixed_posts(600, seed=10))["S"]

    thirds = figures["coverage_80_by_third"]
    assert isinstance(thirds, list)
    assert [third["n"] for third in thirds] == [200, 200, 200]
    assert all(0.68 < third["coverage_80"] < 0.92 for third in thirds)


def test_figures_do_not_go_by_the_order_of_the_posts(model: Model) -> None:
    asked = [replace(post, skills=()) for post in fixed_posts(90, seed=11)]

    assert evaluate(model, asked) == evaluate(model, asked[::-1])


def test_instants_are_compared_as_such_not_as_texts() -> None:
    early = [replace(p, posted=f"2026-01-02T0{n % 9}:30+09:00") for n, p in enumerate(HISTORY[:30])]
    late = [replace(p, posted=f"2026-01-02T00:{n:02d}Z") for n, p in enumerate(HISTORY[30:40])]

    parts = split([*late, *early])

    assert parts.by == {"S": "time"}
    assert {post.job_id for post in parts.ask} == {post.job_id for post in late}


def test_each_source_is_split_by_time_where_its_posts_have_one() -> None:
    timeless = [replace(post, source="T", posted="") for post in HISTORY]

    parts = split([*HISTORY, *timeless])

    assert parts.by == {"S": "time", "T": "post"}
    learned = max(post.posted for post in parts.learn if post.source == "S")
    assert all(post.posted >= learned for post in parts.ask if post.source == "S")
    assert len(parts.ask) == 200


def test_a_clients_other_offers_count(model: Model) -> None:
    lavish = [replace(post, client="lavish", budget_cents=9_000_00) for post in HISTORY[:6]]
    taught = trained([*HISTORY[6:150], *lavish])
    post = replace(fixed_posts(1, seed=5)[0], client="lavish")

    known, unknown = taught.estimate(post), taught.estimate(replace(post, client="nobody"))

    assert known is not None
    assert unknown is not None
    assert known.cents > unknown.cents


def test_posts_that_share_a_number_are_told_apart_and_none_is_told_its_own_amount() -> None:
    own = replace(HISTORY[0], client="lavish")
    encoder, _ = encoded(lesson_of([own, *HISTORY[1:60]], (), JobKind.FIXED))
    another = replace(fixed_posts(1, seed=5)[0], client="lavish", job_id=own.job_id)

    assert encoder.closest(own) is None
    assert encoder.closest(replace(own, budget_cents=None)) is None
    assert encoder.closest(another) is not None


def test_what_matters_most_comes_first_among_the_influences(model: Model) -> None:
    found = influences(model, replace(HISTORY[0], category="Shops", level="expert"))

    assert {"category", "level"} & {influence.input for influence in found[:2]}


def test_exported_trees_sum_up_as_their_makers_do() -> None:
    chance = np.random.default_rng(1)
    rows = np.round(chance.normal(size=(300, 5)) * 64) / 64
    amounts = rows[:, 0] * 2 + rows[:, 1] + chance.normal(size=300)

    boosted = grow.boosted(rows, amounts, 1, loss="squared_error", max_iter=30)
    made = HistGradientBoostingRegressor(
        **grow._boosting(1, len(rows)), loss="squared_error", max_iter=30
    )
    assert boosted.predict_many(rows)[:, 0] == pytest.approx(made.fit(rows, amounts).predict(rows))

    averaged = grow.averaged(rows, amounts[:, None], 1, leaf=5, trees=10)
    apart = ExtraTreesRegressor(
        10, min_samples_leaf=5, max_leaf_nodes=700, max_features=0.6, random_state=1
    )
    expected = apart.fit(rows, amounts).predict(rows)
    assert averaged.predict_many(rows)[:, 0] == pytest.approx(expected, abs=1e-5)


def test_a_web_process_does_not_load_scikit_learn() -> None:
    program = (
        "import sys, django; from connects.project import settings;"
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'connects.project.settings';"
        "django.setup(); import connects.project.urls, connects.bootstrap.estimates;"
        "assert 'sklearn' not in sys.modules"
    )
    finished = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert finished.returncode == 0, finished.stderr
