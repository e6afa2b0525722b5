"""Grants are made once and only once."""

from datetime import UTC, datetime, timedelta

import pytest

from connects.acts.credits.award_badge import add_badge, remove_badge
from connects.acts.credits.redeem_promo import PromoTerms, make_promo, redeem_promo, stop_promo
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.market.grants.models import Badge, PromoCode
from connects.market.people.models import Account, User
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import registered

NOW = datetime(2019, 6, 1, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Account:
    with held_at(NOW):
        return registered("ana", AccountKind.FREELANCER)


def promo(**changes: object) -> object:
    terms: dict[str, object] = {
        "code": "SUMMER-10",
        "connects": 10,
        "valid_from": NOW,
        "valid_until": NOW + timedelta(days=10),
        **changes,
    }
    with held_at(NOW):
        return make_promo(PromoTerms(**terms), None)  # type: ignore[arg-type]


def used(account: Account, key: str = "first", at: datetime = NOW, code: str = "summer-10") -> str:
    with held_at(at):
        answer = redeem_promo(account, code, key)
    return str(answer.parameters["problem"]) if isinstance(answer, Refused) else "redeemed"


def balance(account: Account) -> int:
    return journal().wallet(account.pk).balance


def test_a_code_brings_its_connects_once_however_often_the_form_is_sent(ana: Account) -> None:
    promo()

    assert [used(ana), used(ana), used(ana, "second")] == ["redeemed", "redeemed", "promo_used"]
    assert balance(ana) == 30
    assert PromoCode.objects.get().used == 1


def test_a_codes_validity_is_apart_from_that_of_its_connects(ana: Account) -> None:
    promo(lasts_days=90)
    last = NOW + timedelta(days=10)

    assert used(ana, at=last - timedelta(microseconds=1)) == "redeemed"
    assert used(ana, "second", last) == "promo_over"
    lot = journal().wallet(ana.pk).lots[0]
    assert lot.expires == last - timedelta(microseconds=1) + timedelta(days=90)


def test_a_code_ends_when_it_was_used_as_often_as_it_may_be(ana: Account) -> None:
    promo(in_all=2, for_each=5)
    with held_at(NOW):
        ben = registered("ben", AccountKind.FREELANCER)

    assert [used(ana, "1"), used(ben, "1"), used(ben, "2")] == [
        "redeemed",
        "redeemed",
        "promo_exhausted",
    ]


def test_an_unknown_code_or_one_before_its_time_is_unknown(ana: Account) -> None:
    promo(valid_from=NOW + timedelta(days=1))

    assert used(ana) == "promo_unknown"
    assert used(ana, code="nothing") == "promo_unknown"
    assert used(ana, key="") == "not_a_key"


def test_a_key_of_one_code_does_not_redeem_another(ana: Account) -> None:
    promo()
    promo(code="WINTER-10")

    assert used(ana) == "redeemed"
    assert used(ana, code="WINTER-10") == "idempotency_key_reused"


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "no spaces"},
        {"connects": 0},
        {"connects": 1_001},
        {"valid_until": NOW},
        {"for_each": 0},
        {"in_all": 0},
        {"lasts_days": 0},
    ],
)
def test_a_bad_code_is_not_made(changes: dict[str, object]) -> None:
    assert isinstance(promo(**changes), Refused)
    assert not PromoCode.objects.exists()


def test_a_code_is_made_and_stopped_by_policy_people_alone(ana: Account) -> None:
    made = promo()
    assert isinstance(made, PromoCode)
    assert isinstance(promo(), Refused)  # it is taken
    support = User.objects.create_user("sue@test.example", "Sue", None, Role.SUPPORT.value)
    operator = User.objects.create_user("olga@test.example", "Olga", None, Role.OPERATOR.value)
    with held_at(NOW):
        assert isinstance(stop_promo(made, support), Refused)
        assert isinstance(stop_promo(made, operator), PromoCode)

    assert used(ana) == "promo_over"


def test_a_badge_that_is_earned_twice_is_held_once_and_brings_its_grant_once(ana: Account) -> None:
    with held_at(NOW):
        add_badge(ana, "top-rated")
        add_badge(ana, "top-rated")
        remove_badge(ana, "top-rated")
        add_badge(ana, "top-rated")
        add_badge(ana, "premium")

    assert Badge.objects.filter(lost__isnull=True).count() == 2
    assert balance(ana) == 80


@pytest.mark.parametrize("name", ["", "x" * 41, "a\nb"])
def test_a_badge_has_a_name(ana: Account, name: str) -> None:
    with held_at(NOW):
        assert isinstance(add_badge(ana, name), Refused)


def test_badges_are_given_by_support_and_operators_alone(ana: Account) -> None:
    moderator = User.objects.create_user("mo@test.example", "Mo", None, Role.MODERATOR.value)

    with held_at(NOW):
        assert isinstance(add_badge(ana, "top-rated", moderator), Refused)
