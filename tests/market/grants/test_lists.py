"""A promo code stands in the list as it stands when it is looked at, and badges as they are held."""

from datetime import timedelta

import pytest

from connects.acts.credits.award_badge import add_badge
from connects.bootstrap.clock import held_at
from connects.market.grants.lists import promo_codes, promo_state
from connects.market.grants.models import Badge, PromoCode
from connects.market.grants.selectors import badges_of, promo_named
from connects.vocabulary.parties import AccountKind
from tests.market.listed import listed
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def code(name: str, *, begins: int = -1, ends: int = 1, **more: int) -> PromoCode:
    return PromoCode.objects.create(
        code=name,
        connects=10,
        valid_from=NOON + begins * DAY,
        valid_until=NOON + ends * DAY,
        **more,
    )


def test_the_word_beside_a_code_is_the_state_that_finds_it() -> None:
    code("NOW")
    code("NEVER-ENOUGH", in_all=5, used=4)
    code("SOON", begins=1, ends=2)
    code("GONE", begins=-2, ends=0)
    code("ALL", in_all=5, used=5)
    words = {"valid": "valid", "coming": "coming", "over": "over", "used-up": "used up"}

    found = {state: {row.code for row in listed(promo_codes(NOON), state=state)} for state in words}

    assert found == {
        "valid": {"NOW", "NEVER-ENOUGH", "ALL"},
        "coming": {"SOON"},
        "over": {"GONE"},
        "used-up": {"ALL"},
    }
    for state, word in words.items():
        said = {promo_state(row, NOON) for row in listed(promo_codes(NOON), state=state)}
        assert word in said
        assert said <= {word, "used up"}


def test_a_code_is_over_at_the_instant_at_which_it_ends() -> None:
    promo = code("NOW")

    assert promo_state(promo, promo.valid_from) == "valid"
    assert promo_state(promo, promo.valid_from - timedelta(microseconds=1)) == "coming"
    assert promo_state(promo, promo.valid_until - timedelta(microseconds=1)) == "valid"
    assert promo_state(promo, promo.valid_until) == "over"


def test_a_code_is_listed_by_how_it_begins_however_that_is_typed() -> None:
    code("SPRING-26")
    code("SPRINT")
    code("OFFSPRING")

    assert {row.code for row in listed(promo_codes(NOON), q="spri")} == {"SPRING-26", "SPRINT"}
    assert promo_named("SPRINT") is not None
    assert promo_named("sprint") is None, "who redeems it has it in capitals already"


def test_a_badge_that_was_lost_may_be_earned_again() -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
        for name in ("top-rated", "premium"):
            add_badge(ana, name)
    assert [badge.name for badge in badges_of(ana)] == ["premium", "top-rated"]

    Badge.objects.filter(account=ana, name="top-rated").update(lost=NOON + DAY)
    assert [badge.name for badge in badges_of(ana)] == ["premium"]
    with held_at(NOON + 2 * DAY):
        add_badge(ana, "top-rated")
    assert [badge.name for badge in badges_of(ana)] == ["premium", "top-rated"]
