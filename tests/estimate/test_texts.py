"""Where posts come with texts, their words count; where they do not, nothing changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from connects.estimate.evaluation import evaluate
from connects.estimate.influences import influences
from connects.estimate.model import Model
from connects.estimate.model_file import read_model, write_model
from connects.estimate.texts import BUCKETS, MISSING, WORDS_MOST, Words, buckets, words_of
from connects.estimate.training import train
from connects.posts.posts import read_posts
from tests.estimate.histories import fixed_posts, told_in_words, without_texts, written

HISTORY = told_in_words(400)
UNSEEN = told_in_words(200, seed=2)


def trained(posts: list) -> Model:  # type: ignore[type-arg]
    return Model("2026-01-29", "d" * 64, "test", train(posts))


@pytest.fixture(scope="module")
def model() -> Model:
    return trained(HISTORY)


@pytest.fixture(scope="module")
def wordless() -> Model:
    return trained(without_texts(HISTORY))


def error(model: Model) -> float:
    return float(str(evaluate(model, UNSEEN)["S"]["mae_log"]))


def test_a_model_that_read_the_texts_beats_one_that_did_not(model: Model, wordless: Model) -> None:
    assert error(model) < 0.8 * error(wordless)


def test_a_model_without_texts_answers_the_same_whatever_a_post_says(wordless: Model) -> None:
    assert wordless.estimate_many(UNSEEN) == wordless.estimate_many(without_texts(UNSEEN))
    assert not any(each.encoder.words for each in wordless.learned.estimators.values())


def test_a_post_without_texts_is_answered_by_a_model_with_them(model: Model) -> None:
    assert all(model.estimate_many(without_texts(UNSEEN)))


def test_one_post_and_many_are_answered_alike_with_texts(model: Model) -> None:
    assert model.estimate_many(UNSEEN) == [model.estimate(post) for post in UNSEEN]


def test_words_come_back_from_a_models_file(model: Model, tmp_path: Path) -> None:
    file = tmp_path / "estimate.model"
    write_model(model, file)

    assert read_model(file).estimate_many(UNSEEN) == model.estimate_many(UNSEEN)


def test_texts_learned_twice_make_the_same_file(model: Model, tmp_path: Path) -> None:
    first, second = tmp_path / "first.model", tmp_path / "second.model"
    write_model(model, first)
    write_model(trained(HISTORY), second)

    assert first.read_bytes() == second.read_bytes()


def test_the_words_are_among_what_an_estimate_rests_on(model: Model) -> None:
    dear = replace(UNSEEN[0], title="An urgent page", description="urgent")

    assert {"title's words", "description's words"} <= {i.input for i in influences(model, dear)}


def test_a_word_that_makes_posts_dear_weighs_more_than_one_that_does_not() -> None:
    amounts = [float(post.budget_cents or 0) ** 0.1 for post in HISTORY]
    title, _ = words_of(HISTORY, amounts)

    assert title.number("urgent") > title.number("nice") > title.number("simple")
    assert title.number("") == MISSING


def test_buckets_know_no_case_and_read_long_texts_by_their_beginning() -> None:
    assert buckets("Urgent LOGO!") == buckets("urgent logo")
    assert buckets("word " * WORDS_MOST + "end") == buckets("word " * WORDS_MOST)
    assert all(0 <= bucket < BUCKETS for bucket in buckets("Größe und Maß"))
    assert Words({}).number("nothing known") == 0.0


def test_texts_of_a_table_are_read_and_give_their_lengths(tmp_path: Path) -> None:
    long = replace(HISTORY[0], description="word " * 3_000, title_characters=None)
    file = written([long], tmp_path / "told.csv", texts=True)

    post = read_posts(str(file)).posts[0]

    assert (post.title, post.title_characters) == (long.title, len(long.title))
    assert post.description_characters == len(long.description.strip())


def test_posts_that_differ_by_nothing_but_texts_train_the_same_model_as_before(
    wordless: Model,
) -> None:
    few = [*HISTORY[:10], *without_texts(HISTORY[10:])]

    assert trained(few).estimate_many(fixed_posts(30)) == wordless.estimate_many(fixed_posts(30))
