"""Each rule that contradicts itself, or another, is told where it stands and by what it breaks."""

from typing import Any

import pytest

from connects.policy.parse import parse_rule_book
from tests.policy.tables import GONE, as_toml, at, book, leaves, problems, put, tables, written

LONG_TITLE = "x" * 121


@pytest.mark.parametrize(
    ("changes", "place", "expected"),
    [
        ({"name": "Upwork 2018"}, "name", "[a-z0-9]"),
        ({"name": "-begins-with-a-dash"}, "name", "[a-z0-9]"),
        ({"name": "x" * 62}, "name", "[a-z0-9]"),
        ({"version": 0}, "version", "1 or more"),
        ({"version": True}, "version", "a whole number"),
        ({"version": 1.0}, "version", "a whole number"),
        ({"title": ""}, "title", "not empty"),
        ({"title": LONG_TITLE}, "title", "at most 120 characters"),
        ({"effective": "2026-01-01"}, "effective", "2026-01-01"),
        ({"currency": "usd"}, "currency", "'USD', 'EUR'"),
        ({"currency": "BTC"}, "currency", "'KRW' or 'KWD'"),
        ({"plans": []}, "plans", "a list that is not empty"),
        ({"plans.1.name": "basic"}, "plans[1].name", "a name of its own"),
        ({"plans.0.price_per_month": "1.00"}, "plans", "a plan without a price"),
        ({"plans.0.price_per_month": "-1.00"}, "plans[0].price_per_month.freelancer", "14.99"),
        ({"plans.0.price_per_month": "1"}, "plans", "a plan without a price"),
        ({"plans.1.title": ""}, "plans[1].title", "not empty"),
        ({"plans.1.name": "Plus"}, "plans[1].name", "[a-z0-9]"),
        ({"plans.1.connects_per_month": 70}, "plans[1].connects_per_month", "a table"),
        ({"plans.1.connects_per_month.agency": -1}, "plans[1].connects_per_month.agency", "0"),
        (
            {"plans.1.connects_per_month.agency": 1_000_001},
            "plans[1].connects_per_month.agency",
            "1000000",
        ),
        (
            {"plans.1.drip": {"every_minutes": 0, "quota": {"freelancer": 1, "agency": 1}}},
            "plans[1].drip.every_minutes",
            "1",
        ),
        ({"plans.1.drip": {"every_minutes": 60}}, "plans[1].drip.quota", "a value"),
        ({"cycles.prorating": "by_hours"}, "cycles.prorating", "'by_days'"),
        ({"cycles.upgrade_fills_quota": 1}, "cycles.upgrade_fills_quota", "true or false"),
        ({"bundles.offers.1.connects": 10}, "bundles", "each size of bundle once"),
        ({"bundles.offers.0.connects": 0}, "bundles.offers[0].connects", "1"),
        ({"bundles.offers.0.price": "1,50"}, "bundles.offers[0].price", "14.99"),
        ({"bundles.offers.0.price": "1.5"}, "bundles.offers[0].price", "14.99"),
        ({"bundles.offers.0.price": "$1.50"}, "bundles.offers[0].price", "14.99"),
        ({"bundles.price_per_connect": 0.15}, "bundles.price_per_connect", "in quotes"),
        ({"bundles.paid_plans_only": "no"}, "bundles.paid_plans_only", "true or false"),
        ({"grants.badges": [{"badges": [], "connects": 1, "within_days": 1}]}, None, "not empty"),
        ({"grants.badges": [{"badges": ["a"], "connects": 0, "within_days": 1}]}, None, "1"),
        ({"grants.badges": [{"badges": ["a"], "connects": 1, "within_days": 0}]}, None, "1"),
        ({"grants.interview": {"connects": 10, "at_most": 50}}, "grants.interview.in_days", ""),
        ({"grants.signup": 20}, "grants.signup", "a table"),
        ({"limits.trims_bought": GONE}, "limits.trims_bought", "a value"),
        ({"limits.balance": {"freelancer": 350}}, "limits.balance.agency", "a value"),
        ({"expiry.years": 0}, "expiry.years", "1"),
        ({"expiry.years": 51}, "expiry.years", "50"),
        ({"expiry.notice_days": [30, 0]}, "expiry.notice_days[1]", "1"),
        ({"returns.grace_days": 0}, "returns.grace_days", "1"),
        ({"returns.never_closed": {"percent": 101}}, "returns.never_closed.unopened", "100"),
        ({"returns.never_closed": {"percent": -1}}, "returns.never_closed.unopened", "0"),
        ({"returns.never_closed": {"unopened": 50}}, "returns.never_closed.opened", "a value"),
        ({"returns.unread": {"percent": 50}}, "returns.unread.after_hours", "a value"),
        (
            {"returns.withdrawn": {"percent": 100, "within_minutes": 0}},
            "returns.withdrawn.within_minutes",
            "1",
        ),
        (
            {"returns.closed_late": {"percent": 0, "after_days": 0}},
            "returns.closed_late.after_days",
            "1",
        ),
        ({"posts.silent_after_days": 0}, "posts.silent_after_days", "1"),
        ({"posts.reminders_after_days": [0]}, "posts.reminders_after_days[0]", "1"),
        ({"payment.methods": []}, "payment.methods", "a list that is not empty"),
        ({"payment.methods": ["cash"]}, "payment.methods[0]", "'card', 'prepaid'"),
        ({"payment.not_in": {"paypal": ["Iran"]}}, "payment.not_in.paypal[0]", "[A-Z]{2}"),
        ({"payment.not_in": {"paypal": ["ir"]}}, "payment.not_in.paypal[0]", "[A-Z]{2}"),
        ({"payment.failed_renewal": "never"}, "payment.failed_renewal", "'at_once' or 'dunning'"),
        ({"payment.dunning": {"tries": 1, "days": 7}}, "payment.dunning.tries", "2"),
        ({"payment.dunning": {"tries": 3, "days": 28}}, "payment.dunning.days", "27"),
        ({"free.invitations": "yes"}, "free.invitations", "true or false"),
        ({"free.newcomers": {"proposals": 0, "percent": 50}}, "free.newcomers.proposals", "1"),
        (
            {"free.client_record": {"most_percent": 101, "fewest_posts": 3}},
            "free.client_record.most_percent",
            "100",
        ),
        ({"rollout.notice_days": "7"}, "rollout.notice_days", "a whole number"),
    ],
)
def test_a_clause_that_cannot_hold_is_told(
    changes: dict[str, Any], place: str | None, expected: str
) -> None:
    told = problems(written("upwork-2019-05", changes))

    assert place is None or place in {problem.path for problem in told}
    assert any(expected in problem.expected for problem in told), told


@pytest.mark.parametrize(
    ("changes", "place", "expected"),
    [
        ({"card.bands": []}, "card.bands", "a list that is not empty"),
        ({"card.bands.0.kinds": "fixed"}, "card.bands[0].kinds", "a list"),
        ({"card.bands.0.name": ""}, "card.bands[0].name", "not empty"),
        ({"card.bands.0.kinds": ["piecework"]}, "card.bands[0].kinds[0]", "'fixed' or 'hourly'"),
        ({"card.bands.0.value": {"over": "1.00", "at_least": "1.00"}}, None, "either over or"),
        ({"card.bands.0.value": {"up_to": "1.00", "under": "1.00"}}, None, "either up_to or"),
        ({"card.bands.0.value": {"over": "9.00", "up_to": "9.00"}}, None, "holds some value"),
        ({"card.bands.0.value": {"under": "0.00"}}, None, "holds some value"),
        ({"card.bands.0.duration": {}}, "card.bands[0].duration", "exactly one of under_days"),
        (
            {"card.bands.0.hours_per_week": {"at_least": 1, "not_at_least": 1}},
            "card.bands[0].hours_per_week",
            "exactly one of at_least",
        ),
        ({"card.bands.0.connects": "2"}, "card.bands[0].connects", "a table"),
        ({"card.bands.0.connects": {"low": 1}}, "card.bands[0].connects.high", "a value"),
        ({"card.bands.0.connects": {"low": 2, "high": 1}}, None, "not above the high one"),
        ({"card.bands.0.connects": True}, "card.bands[0].connects", "a table"),
        ({"card.ladder": [4, 2]}, "card", "a ladder whose steps rise"),
        ({"card.ladder": [2, 2]}, "card", "a ladder whose steps rise"),
        ({"card.ladder": [1, 2, 4]}, "card", "on the ladder for band 'fixed, $600 and more'"),
        ({"card.ladder": []}, "card", "a ladder for the adjustments to climb"),
        ({"card.bands.0.connects": {"low": 1, "high": 2}}, "card", "a demand rule"),
        ({"card.adjustments.0.when": "sometimes"}, "card.adjustments[0].when", "'always'"),
        ({"card.adjustments.0.steps": 11}, "card.adjustments[0].steps", "10"),
        ({"card.adjustments.0.steps": -11}, "card.adjustments[0].steps", "-10"),
        (
            {"card.demand": {"high_above_thousandths": 0, "fewest_jobs": 1}},
            "card.demand.high_above_thousandths",
            "1",
        ),
    ],
)
def test_a_card_that_cannot_hold_is_told(
    changes: dict[str, Any], place: str | None, expected: str
) -> None:
    told = problems(written("upwork-2023", changes))

    assert place is None or place in {problem.path for problem in told}
    assert any(expected in problem.expected for problem in told), told


@pytest.mark.parametrize(
    ("changes", "place", "expected"),
    [
        ({"value.assume.days": 0}, "value.assume.days", "1"),
        ({"value.assume.hourly_rate.expert": GONE}, "value.assume.hourly_rate.expert", "a value"),
        ({"value.similar_jobs.fixed": 100}, "value.similar_jobs.fixed", "in quotes"),
        ({"value.similar_jobs.spread": 0}, "value.similar_jobs.spread", "1"),
        (
            {"value.similar_jobs.by_category": {"web": 5}},
            "value.similar_jobs.by_category.web",
            "in quotes",
        ),
        (
            {"value.similar_jobs.by_work": {"data": 5}},
            "value.similar_jobs.by_work.data",
            "in quotes",
        ),
        ({"value.assume.rate_percent": {"legal": 0}}, "value.assume.rate_percent.legal", "1"),
        (
            {"value.assume.hourly_rate_by_work.legal.entry": "42.51"},
            "value.assume.hourly_rate_by_work",
            "do not fall with the level for legal",
        ),
        ({"value.doubt.over_percent": 101}, "value.doubt.over_percent", "100"),
        ({"value.doubt.asks_over_percent": 51}, "value.doubt", "not over over_percent"),
        (
            {
                "value.placeholder": {
                    "up_to": "5.00",
                    "implausible_hourly": dict.fromkeys(
                        ("entry", "intermediate", "expert", "unknown"), "1.00"
                    ),
                    "least_hours_per_week": 1,
                }
            },
            "value",
            "either placeholder or doubt",
        ),
        (
            {"value.similar_jobs.fixed_by.entry.over_six_months": "99.00"},
            "value.similar_jobs.fixed_by",
            "do not fall with the length for entry",
        ),
        (
            {"value.similar_jobs.fixed_by.entry.unknown": "201.00"},
            "value.similar_jobs.fixed_by",
            "do not fall with the level",
        ),
    ],
)
def test_a_projection_that_cannot_hold_is_told(
    changes: dict[str, Any], place: str, expected: str
) -> None:
    told = problems(written("fair-2026", changes))

    assert place in {problem.path for problem in told}
    assert any(expected in problem.expected for problem in told), told


@pytest.mark.parametrize(
    ("currency", "amount", "example"),
    [
        ("USD", "14.9", "14.99"),
        ("EUR", "14.999", "14.99"),
        ("JPY", "14.99", "1499"),
        ("KRW", "14.99", "1499"),
        ("KWD", "14.99", "1.499"),
    ],
)
def test_an_amount_is_expected_as_its_currency_writes_it(
    currency: str, amount: str, example: str
) -> None:
    changes = {"currency": currency, "value.similar_jobs.hourly": amount}

    told = {each.path: each for each in problems(written("peopleperhour", changes))}

    assert f'"{example}"' in told["value.similar_jobs.hourly"].expected
    assert told["value.similar_jobs.hourly"].found == repr(amount)


@pytest.mark.parametrize(
    ("currency", "amount", "minor_units"),
    [
        ("USD", "14.99", 1_499),
        ("CHF", "14", 1_400),
        ("JPY", "1499", 1_499),
        ("KWD", "1.499", 1_499),
    ],
)
def test_an_amount_is_read_in_the_currency_of_its_rule_book(
    currency: str, amount: str, minor_units: int
) -> None:
    whole = tables("peopleperhour")
    for path in leaves(whole):
        if str(at(whole, path)).endswith(".00"):
            put(whole, path, at(whole, path).removesuffix(".00"))
    put(whole, ("currency",), currency)
    put(whole, ("value", "similar_jobs", "hourly"), amount)

    read = parse_rule_book(as_toml(whole), "mine.toml")

    assert (read.currency, read.value.similar_jobs.hourly) == (currency, minor_units)


def test_every_gap_and_every_overlap_between_bands_is_told_once() -> None:
    gap = problems(written("upwork-2019-05", {"card.bands.1.value.over": "60.00"}))
    overlap = problems(written("upwork-2019-05", {"card.bands.1.value.over": "40.00"}))

    assert [each.path for each in gap] == [each.path for each in overlap] == ["card"]
    assert gap[0].expected.count("no band") == 1
    assert "5001 cents" in gap[0].expected
    assert overlap[0].expected.count("overlapping bands quick, short-term") == 1


def test_what_a_rule_book_may_leave_out_does_not_happen() -> None:
    plain = book("upwork-2018", {"limits.balance": GONE})

    assert plain.posts is None
    assert plain.limits.balance is None
    assert plain.expiry.years is None
    assert plain.grants.interview is None
    assert plain.free.newcomers is None
    assert not plain.free.first_proposal
