"""The elasticity is told by prices that moved for all jobs alike, and by nothing else."""

import math
from random import Random

import pytest

from connects.studies.elasticity import AskedPost, measured

SHIFTS = (0, 1, 0, 1, 0, 1, 0, 1)


def market(elasticity: float, noise: float = 0.6, seed: int = 7) -> list[AskedPost]:
    """Dear jobs draw more proposals, whatever they cost; a shifted stretch costs half as much again."""
    chance = Random(seed)
    posts = []
    for stretch, shift in enumerate(SHIFTS):
        for _ in range(400):
            card = chance.choice([2, 4, 8])
            connects = card * 3 // 2 if shift else card
            pull = 1.5 * math.log(card) + chance.gauss(0, noise)
            proposals = math.exp(2 + pull - elasticity * math.log(connects))
            posts.append(AskedPost(stretch, shift, connects, proposals, f"{card}"))
    return posts


@pytest.mark.parametrize("true", [0.0, 0.2, 0.8])
def test_the_interval_holds_what_the_market_was_made_with(true: float) -> None:
    found = measured(market(true))

    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < true < found.high
    assert found.high - found.low < 0.6
    assert (found.posts, found.stretches, found.is_measured) == (3_200, 8, True)


def test_that_dear_jobs_draw_more_proposals_says_nothing_about_the_price() -> None:
    """Without cells the price would seem to draw proposals; within them it does not."""
    found = measured(market(0.3, noise=0.0))

    assert found is not None
    assert found.number == pytest.approx(0.3)


def test_a_history_without_an_experiment_tells_nothing() -> None:
    still = [AskedPost(post.stretch, 0, 4, post.proposals, post.cell) for post in market(0.3)]

    assert measured(still) is None
    assert measured(market(0.3)[:300]) is None
    assert measured([]) is None
    two = [post for post in market(0.3) if post.stretch < 2]
    assert measured(two) is None
