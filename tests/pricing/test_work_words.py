"""What a post's own words say of its work, and of how its budget is meant."""

import pytest

from connects.pricing.placeholder import chance_of_placeholder
from connects.pricing.work_words import CHARACTERS_READ, work_words
from connects.vocabulary.facts import JobFacts, JobKind


def chance(budget_cents: int, title: str, text: str) -> float:
    post = JobFacts(JobKind.FIXED, budget_cents, words=work_words(title, text))
    return chance_of_placeholder(post)


@pytest.mark.parametrize(
    "text",
    [
        "the budget is just a placeholder",
        "please make me an offer",
        "the price is negotiable",
        "tell me your rate and how long you need",
        "budget to be discussed in the interview",
        "what would you charge for it?",
        "amount will be paid on hourly basis",
    ],
)
def test_a_text_that_leaves_the_amount_to_the_bids_is_found(text: str) -> None:
    found = work_words("A logo for a shop", text)

    assert found is not None
    assert found.leaves_open


@pytest.mark.parametrize(
    "text",
    [
        "some coins disappear after a year (negotiable)",
        "show your work and your rates of success in tests",
        "an open source project with a good price list",
        "a form with placeholder texts in its fields",
        "send me a message when it is done",
    ],
)
def test_words_that_only_sound_like_it_leave_nothing_open(text: str) -> None:
    found = work_words("A logo for a shop", text)

    assert found is not None
    assert not found.leaves_open


def test_five_dollars_for_each_are_meant() -> None:
    found = work_words("Reviews", "I pay $5 per review, up to twenty of them")

    assert found is not None
    assert found.is_meant


def test_large_work_for_little_money_is_doubted_and_small_work_is_not() -> None:
    large = ("Developer", "Develop our complete platform with mobile apps and an admin dashboard")
    small = ("Developer", "Fix one small error in an existing script")

    assert chance(20_00, *large) > 0.5
    assert chance(20_00, *small) < 0.2


def test_the_words_of_any_advertisement_do_not_make_a_small_job_large() -> None:
    advert = (
        " We are seeking a skilled, experienced and passionate expert for our team. The ideal"
        " candidate for this role has senior experience in this position."
    )

    assert chance(20_00, "Fix a broken contact form", "One error to fix." + advert) < 0.2
    assert chance(20_00, "Scrape emails of 50 gyms", "Collect them in a sheet." + advert) < 0.2
    assert chance(20_00, "Build our mobile app", "Backend and dashboard." + advert) > 0.5


def test_a_title_says_more_than_as_many_words_of_the_text() -> None:
    in_title = work_words("Fix a form", "It belongs to our platform.")
    in_text = work_words("Our platform", "Fix a form that belongs to it.")

    assert in_title is not None
    assert in_text is not None
    assert in_title.small > in_text.small
    assert in_title.large < in_text.large


def test_words_of_large_work_say_nothing_against_an_ample_budget() -> None:
    large = ("Developer", "Develop our complete platform with mobile apps and an admin dashboard")
    nothing = JobFacts(JobKind.FIXED, 2_000_00)

    assert chance(2_000_00, *large) == pytest.approx(chance_of_placeholder(nothing))


def test_two_equal_digits_are_no_sign_of_a_thoughtless_budget() -> None:
    assert chance(55_00, "Logo", "A simple logo for a cart") < 0.2


def test_no_text_says_nothing_and_a_long_one_is_read_to_a_bound() -> None:
    assert work_words("", "") is None
    late = work_words("Logo", "x " * CHARACTERS_READ + "make me an offer")

    assert late is not None
    assert not late.leaves_open
