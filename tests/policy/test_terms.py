"""What each clause means for a member: buying, plans, limits, grants, expiry, paying."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.policy.rollover import kept_at_rollover
from connects.policy.shelf import shipped, shipped_names
from connects.policy.terms import InterviewReward, RuleBook
from connects.vocabulary.parties import AccountKind
from tests.policy.tables import GONE, book

FREELANCER, AGENCY = AccountKind.FREELANCER, AccountKind.AGENCY
kinds = st.sampled_from([FREELANCER, AGENCY])


@pytest.mark.parametrize("name", shipped_names())
@pytest.mark.parametrize("kind", [FREELANCER, AGENCY])
def test_each_bundle_costs_what_it_says(name: str, kind: AccountKind) -> None:
    bundles = shipped(name).bundles

    for bundle in bundles.offered_to(kind):
        assert bundles.price_of(bundle.connects, kind) == bundle.price


@pytest.mark.parametrize("name", shipped_names())
@given(credits=st.integers(-5, 10_001), kind=kinds)
def test_only_what_is_offered_has_a_price(name: str, credits: int, kind: AccountKind) -> None:
    bundles = shipped(name).bundles
    price = bundles.price_of(credits, kind)
    sizes = {bundle.connects for bundle in bundles.offered_to(kind)}

    if price is None:
        assert credits not in sizes
        assert bundles.price_per_connect is None or not 1 <= credits <= 10_000
    else:
        assert price > 0
        assert credits in sizes or bundles.price_per_connect is not None


def test_some_bundles_are_for_agencies_alone() -> None:
    bundles = shipped("upwork-2023").bundles

    assert bundles.price_of(300, AGENCY) == 45_00
    assert bundles.price_of(300, FREELANCER) is None
    assert 300 not in {bundle.connects for bundle in bundles.offered_to(FREELANCER)}


@pytest.mark.parametrize(
    ("credits", "price"), [(1, 1_00), (7, 7_00), (10_000, 10_000_00), (0, None), (10_001, None)]
)
def test_connects_sold_one_by_one_have_a_largest_number(credits: int, price: int | None) -> None:
    assert shipped("upwork-2018").bundles.price_of(credits, FREELANCER) == price


def test_a_bundle_comes_before_the_price_of_each() -> None:
    rules = book("upwork-2018", {"bundles.offers": [{"connects": 10, "price": "8.00"}]})

    assert rules.bundles.price_of(10, FREELANCER) == 8_00
    assert rules.bundles.price_of(11, FREELANCER) == 11_00


@pytest.mark.parametrize("name", shipped_names())
def test_everyone_begins_on_a_plan_without_a_price(name: str) -> None:
    rules = shipped(name)
    first = rules.plan(rules.default_plan)

    assert first.is_free
    assert first.price(FREELANCER) == first.price(AGENCY) == 0


def test_a_plan_that_costs_only_agencies_is_not_free() -> None:
    rules = book(
        "upwork-2023",
        {
            "plans.0.name": "solo",
            "plans.0.price_per_month": {"freelancer": "0.00", "agency": "5.00"},
            "plans.1.price_per_month": "0.00",
        },
    )

    assert not rules.plan("solo").is_free
    assert rules.default_plan == "plus"


def test_a_plan_that_is_gone_is_replaced_by_the_one_that_everyone_has() -> None:
    rules = shipped("upwork-2023")

    assert rules.has_plan("plus")
    assert not rules.has_plan("gold")
    assert rules.plan_or_default("gold").name == "basic"
    assert rules.plan_or_default("plus").name == "plus"
    with pytest.raises(KeyError, match="gold"):
        rules.plan("gold")


def test_a_label_names_the_version() -> None:
    assert book("upwork-2018", {"name": "mine", "version": 7}).label == "mine@7"


def test_plans_bring_each_kind_of_account_its_own_number() -> None:
    plus = shipped("upwork-2018").plan("plus")

    assert (plus.monthly_connects(FREELANCER), plus.monthly_connects(AGENCY)) == (70, 80)
    assert (plus.rollover(FREELANCER), plus.rollover(AGENCY)) == (140, 160)
    assert plus.quota(FREELANCER) == 0


def test_a_drip_fills_up_to_its_quota() -> None:
    free = shipped("freelancer-com").plan("free")

    assert free.drip is not None
    assert free.quota(FREELANCER) == free.quota(AGENCY) == 8
    assert free.drip.every_minutes == 450


@given(st.sampled_from(shipped_names()).map(shipped), kinds, st.data())
def test_a_better_plan_never_loses_a_member_more_at_the_rollover(
    rules: RuleBook, kind: AccountKind, data: st.DataObject
) -> None:
    names = [plan.name for plan in rules.plans]
    ended, new = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    kept = kept_at_rollover(rules, kind, ended, new)
    alone = rules.plan(new).rollover(kind)

    assert kept is None or (alone is not None and kept >= alone)


def test_a_plan_without_a_limit_on_either_side_keeps_all() -> None:
    unlimited = {"plans.1.rolls_over": GONE}

    assert kept_at_rollover(book("upwork-2019-05", unlimited), FREELANCER, "plus", "basic") is None
    assert kept_at_rollover(book("upwork-2019-05", unlimited), FREELANCER, "basic", "plus") is None
    only_new = book("upwork-2019-05", {**unlimited, "cycles.ended_plan_rolls_over": False})
    assert kept_at_rollover(only_new, FREELANCER, "plus", "basic") == 140


def test_a_plan_of_other_rules_rolls_over_as_the_plan_that_everyone_has() -> None:
    assert kept_at_rollover(shipped("upwork-2019-05"), AGENCY, "gold", "gold") == 160


@pytest.mark.parametrize(
    ("issued", "expires"),
    [
        ("2026-01-31T10:00", "2027-01-31T10:00"),
        ("2028-02-29T23:59", "2029-02-28T23:59"),
        ("2027-02-28T00:00", "2028-02-28T00:00"),
    ],
)
def test_connects_expire_on_the_same_day_a_year_later(issued: str, expires: str) -> None:
    at = datetime.fromisoformat(issued).replace(tzinfo=UTC)

    assert shipped("fair-2026").expiry.of_issue(at) == datetime.fromisoformat(expires).replace(
        tzinfo=UTC
    )


def test_connects_may_never_expire() -> None:
    assert shipped("freelancer-com").expiry.of_issue(datetime(2026, 1, 1, tzinfo=UTC)) is None


@given(st.integers(1, 50))
def test_connects_live_as_many_years_as_the_rules_say(years: int) -> None:
    rules = book("fair-2026", {"expiry.years": years})

    assert rules.expiry.of_issue(datetime(2026, 6, 1, tzinfo=UTC)) == datetime(
        2026 + years, 6, 1, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("method", "country", "allowed"),
    [
        ("card", "DE", True),
        ("paypal", "DE", True),
        ("paypal", "IR", False),
        ("card", "IR", True),
        ("paypal", "", True),
        ("cheque", "DE", False),
        ("", "", False),
    ],
)
def test_a_way_to_pay_may_be_closed_to_a_country(method: str, country: str, allowed: bool) -> None:
    assert shipped("fair-2026").payment.allows(method, country) is allowed


def test_a_way_to_pay_that_is_not_named_is_not_allowed() -> None:
    assert not shipped("freelancer-com").payment.allows("earnings", "US")


@given(
    st.integers(1, 50), st.integers(1, 100), st.integers(0, 20), st.integers(0, 200), st.booleans()
)
def test_interviews_never_bring_more_than_their_window_holds(
    each: int, at_most: int, paid: int, given_before: int, capped: bool
) -> None:
    rule = InterviewReward(connects=each, at_most=at_most, in_days=7, not_over_paid=capped)
    earned = rule.earned(paid, given_before)

    assert 0 <= earned <= each
    assert earned + min(given_before, at_most) <= at_most
    assert not capped or earned <= paid


def test_signing_up_brings_each_kind_its_own_number() -> None:
    grants = shipped("upwork-2019-05").grants

    assert (grants.signup_connects(FREELANCER), grants.signup_connects(AGENCY)) == (20, 0)
    assert grants.badges[0].connects == 60


@pytest.mark.parametrize(
    ("name", "plan", "kind", "limit"),
    [
        ("upwork-2019-05", "basic", FREELANCER, 350),
        ("upwork-2019-05", "plus", AGENCY, 400),
        ("upwork-2019-12", "basic", FREELANCER, 140),
        ("fair-2026", "plus", FREELANCER, None),
        ("freelancer-com", "plus", FREELANCER, 100),
    ],
)
def test_how_much_may_be_held(name: str, plan: str, kind: AccountKind, limit: int | None) -> None:
    assert shipped(name).balance_limit(plan, kind) == limit


def test_nobody_changes_a_rule_book_that_is_loaded() -> None:
    rules = shipped("fair-2026")

    for table, key in ((rules, "title"), (rules.returns, "grace_days"), (rules.card, "bands")):
        with pytest.raises(ValueError, match="frozen"):
            setattr(table, key, None)
