"""Promo codes: made with their terms, stopped, and refused where they make no sense."""

from datetime import UTC, datetime

import pytest

from connects.market.grants.models import PromoCode
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, audited
from tests.market.people import Town

pytestmark = pytest.mark.django_db

SPRING: dict[str, object] = {
    "code": "spring-26",
    "connects": "10",
    "valid_from": "2019-05-20",
    "valid_until": "2019-06-20",
    "for_each": "1",
    "in_all": "100",
    "lasts_days": "30",
}


def test_a_code_is_made_as_its_form_says(here: Town) -> None:
    desk = Desk(Role.POLICY)
    desk.do("promos/", **SPRING)

    code = PromoCode.objects.get()
    assert (code.code, code.connects, code.for_each, code.in_all) == ("SPRING-26", 10, 1, 100)
    assert code.valid_from == datetime(2019, 5, 20, tzinfo=UTC)
    assert code.lasts_days == 30
    page = desk.page("promos/")
    assert "SPRING-26" in page
    assert audited("make-promo") == [("promo:SPRING-26", "policy", "10 Connects")]


@pytest.mark.parametrize(
    "form",
    [
        {"code": ""},
        {"code": "no"},
        {"code": "x y z"},
        {"code": "ümlaut"},
        {"connects": "0"},
        {"connects": "1001"},
        {"connects": "ten"},
        {"connects": "9" * 5_000},
        {"valid_from": "yesterday"},
        {"valid_until": "2019-05-20"},
        {"valid_until": "2019-02-30"},
        {"for_each": "0"},
        {"in_all": "-1"},
        {"in_all": "9" * 20},
        {"lasts_days": "3651"},
    ],
)
def test_a_code_that_makes_no_sense_is_not_made(here: Town, form: dict[str, object]) -> None:
    answer = Desk(Role.POLICY).send("promos/", **{**SPRING, **form})

    assert answer.status_code in (200, 409)
    assert not PromoCode.objects.exists()
    assert audited("make-promo") == []


def test_a_code_that_there_is_already_is_not_made_again(here: Town) -> None:
    desk = Desk(Role.POLICY)
    desk.do("promos/", **SPRING)

    desk.refused("promos/", **{**SPRING, "connects": "20"})

    assert PromoCode.objects.get().connects == 10


def test_a_code_is_stopped_for_good(here: Town) -> None:
    desk = Desk(Role.POLICY)
    desk.do("promos/", **SPRING)

    desk.do("promos/SPRING-26/stop/")

    assert PromoCode.objects.get().valid_until <= datetime(2019, 5, 20, 12, tzinfo=UTC)
    assert [subject for subject, *_ in audited("stop-promo")] == ["promo:SPRING-26"]


def test_a_code_is_not_stopped_by_looking_at_it_or_by_who_may_not(here: Town) -> None:
    Desk(Role.POLICY).do("promos/", **SPRING)

    Desk(Role.POLICY).page("promos/SPRING-26/stop/", expected=404)
    assert Desk(Role.SUPPORT).send("promos/SPRING-26/stop/").status_code == 404
    assert Desk(Role.POLICY).send("promos/OTHER/stop/").status_code == 404
    assert audited("stop-promo") == []


def test_who_may_only_read_codes_has_no_form_to_make_one(here: Town) -> None:
    Desk(Role.POLICY).do("promos/", **SPRING)

    page = Desk(Role.FINANCE).page("promos/")

    assert "SPRING-26" in page
    assert 'name="valid_until"' not in page
