"""A rule book in words: each clause is told with its numbers, and so is what changes between two."""

from typing import Any

import pytest

from connects.policy.compare import compare
from connects.policy.explain import band_words, explain, plan_price
from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped, shipped_labels, shipped_names
from connects.policy.terms import RuleBook
from connects.vocabulary.amounts import DECIMALS, Money
from tests.policy.tables import GONE, as_toml, at, book, leaves, put, tables

TOPICS = {
    "card": "What a proposal costs",
    "free": "What is free",
    "bundles": "Buying Connects",
    "plans": "Memberships",
    "grants": "Given to newcomers and others",
    "limits": "How many you can have",
    "expiry": "When Connects expire",
    "returns": "What comes back",
}


def lines(rules: RuleBook, topic: str) -> str:
    (section,) = (each for each in explain(rules) if each.title == TOPICS[topic])
    return "\n".join(section.lines)


@pytest.mark.parametrize("label", shipped_labels())
def test_every_topic_has_something_to_say_and_names_its_source(label: str) -> None:
    sections = explain(shipped(label))

    assert [section.title for section in sections] == list(TOPICS.values())
    assert all(section.lines and section.source for section in sections)
    assert all(line.strip() == line and "None" not in line for s in sections for line in s.lines)


@pytest.mark.parametrize("name", shipped_names())
def test_every_band_bundle_and_plan_is_told_with_its_price(name: str) -> None:
    rules = shipped(name)

    for band in rules.card.bands:
        # A step that has no name but its number is told by its amounts.
        called = band_words(rules, band) if band.name.startswith("step ") else band.name
        assert f"{called}: {band.connects.low}" in lines(rules, "card")
    for bundle in rules.bundles.offers:
        assert str(Money(bundle.price, rules.currency)) in lines(rules, "bundles")
    for plan in rules.plans:
        assert f"{plan.title} ({plan_price(rules, plan)})" in lines(rules, "plans")


@pytest.mark.parametrize(
    ("topic", "changes", "facts"),
    [
        (
            "card",
            {},
            ["3, or 4 where jobs get more letters", "up to $50", "under 7 days", "7 days or more"],
        ),
        (
            "card",
            {
                "card.ladder": [1, 2, 3, 4, 5, 6],
                "card.adjustments": [{"name": "all", "when": "always", "steps": 2}],
            },
            ["2 steps up", "always"],
        ),
        ("free", {"free.invitations": False}, ["invitation cost Connects"]),
        ("free", {"free.first_proposal": True}, ["first proposal to a job is free"]),
        ("free", {"free.newcomers": {"proposals": 5, "percent": 50}}, ["first 5", "50%"]),
        (
            "free",
            {"free.client_record": {"most_percent": 40, "fewest_posts": 3}},
            ["up to 40% less", "3 of their jobs"],
        ),
        ("bundles", {}, ["10 Connects for $1.50", "80 Connects for $12.00"]),
        ("bundles", {"bundles.offers.0.agencies_only": True}, ["$1.50 (agencies)"]),
        ("bundles", {"bundles.offers": []}, ["cannot buy Connects"]),
        ("bundles", {"bundles.price_per_connect": "0.15"}, ["Any number at $0.15 each"]),
        ("bundles", {"bundles.paid_plans_only": True}, ["Only members on a paid plan"]),
        ("plans", {}, ["$14.99 a month, agencies $20.00", "at most 140 (agencies 160) roll over"]),
        (
            "plans",
            {"plans.1.balance": {"freelancer": 500, "agency": 500}},
            ["Plus: you can have at most 500 Connects"],
        ),
        (
            "plans",
            {"plans.1.drip": {"every_minutes": 450, "quota": {"freelancer": 8, "agency": 9}}},
            ["every 7.5 hours", "8 (agencies 9)"],
        ),
        ("plans", {"cycles.prorating": "by_days"}, ["for the days that are left"]),
        ("plans", {"cycles.prorating": "difference"}, ["the whole difference"]),
        ("plans", {"cycles.upgrade_fills_quota": True}, ["the two plans' limits"]),
        ("plans", {"cycles.ended_plan_rolls_over": False}, ["the plan that follows"]),
        (
            "plans",
            {"payment.failed_renewal": "dunning", "payment.dunning": {"tries": 4, "days": 9}},
            ["4 times in 9 days"],
        ),
        ("grants", {}, ["20 (agencies 0)", "60 Connects", "top-rated or premium", "14 days"]),
        (
            "grants",
            {"grants.interview": {"connects": 10, "at_most": 50, "in_days": 7}},
            ["10 Connects for an interview", "50 in any 7 days"],
        ),
        ("limits", {}, ["350 (agencies 400)"]),
        ("limits", {"limits.balance": GONE}, ["no limit"]),
        ("limits", {"limits.counts_plan_connects": False}, ["do not count"]),
        (
            "limits",
            {"limits.balance": GONE, "plans.1.balance": {"freelancer": 9, "agency": 9}},
            ["Each plan has a limit"],
        ),
        ("expiry", {}, ["one year", "30 and 7 days"]),
        ("expiry", {"expiry.years": 3, "expiry.notice_days": [5]}, ["3 years", "5 days"]),
        ("expiry", {"expiry.years": GONE}, ["do not expire"]),
        ("returns", {}, ["without hiring: all Connects", "neither hires nor closes: nothing"]),
        (
            "returns",
            {"returns.never_closed": {"unopened": 100, "opened": 50, "engaged": 0}},
            ["all Connects come back of a proposal that", "50% comes back of one that was"],
        ),
        ("returns", {"returns.unread": {"percent": 50, "after_hours": 336}}, ["14 days", "50%"]),
        ("returns", {"returns.unread": {"percent": 50, "after_hours": 48}}, ["48 hours"]),
        ("returns", {"returns.invited_later": 75}, ["invited afterwards: 75%"]),
        (
            "returns",
            {"returns.withdrawn": {"percent": 100, "within_minutes": 15}},
            ["within 15 minutes: all Connects"],
        ),
        (
            "returns",
            {"returns.closed_late": {"percent": 10, "after_days": 7}},
            ["within 7 days of posting it", "closes it later: 10%"],
        ),
        ("returns", {}, ["cannot write to the same job again"]),
        (
            "returns",
            {"proposals": {"source": "ours", "send_again": True, "again_free_if_free": True}},
            ["can write to the same job again", "free if the first one was"],
        ),
        ("returns", {"returns.removed_after_withdrawal": False}, ["If you withdraw, nothing"]),
        (
            "returns",
            {"posts.silent_after_days": 21, "posts.expires_after_days": 60},
            ["for 21 days", "after 2 reminders", "ends after 60 days"],
        ),
    ],
)
def test_a_clause_is_told_with_its_numbers(
    topic: str, changes: dict[str, Any], facts: list[str]
) -> None:
    words = lines(book("upwork-2019-05", changes), topic)

    assert [fact for fact in facts if fact not in words] == [], words


@pytest.mark.parametrize("currency", DECIMALS)
def test_amounts_are_told_in_the_rule_books_own_currency(currency: str) -> None:
    whole = tables("upwork-2019-05")
    put(whole, ("currency",), currency)
    for path in leaves(whole):
        amount = at(whole, path)
        if isinstance(amount, str) and amount.replace(".", "").isdigit():
            put(whole, path, amount.partition(".")[0])
    put(whole, ("bundles", "price_per_connect"), "1234")
    put(whole, ("plans", 1, "price_per_month"), "2345")

    rules = parse_rule_book(as_toml(whole), "mine.toml")
    words = "\n".join(line for section in explain(rules) for line in section.lines)

    sign = "$" if currency == "USD" else f"{currency} "
    decimals = "" if DECIMALS[currency] == 0 else "." + "0" * DECIMALS[currency]
    assert f"{sign}1,234{decimals} each" in words
    assert f"{sign}2,345{decimals} a month" in words
    assert currency == "USD" or "$" not in words


@pytest.mark.parametrize(
    ("topic", "changes"),
    [
        ("card", {"card.bands.2.connects": 6}),
        ("free", {"free.private_cloud": False}),
        ("bundles", {"bundles.offers.0.price": "1.60"}),
        ("plans", {"plans.1.connects_per_month.freelancer": 71}),
        ("grants", {"grants.signup.freelancer": 21}),
        ("limits", {"limits.balance.agency": 401}),
        ("expiry", {"expiry.years": 2}),
        ("returns", {"returns.never_closed": {"percent": 1}}),
    ],
)
def test_a_comparison_names_the_topic_that_changed_and_no_other(
    topic: str, changes: dict[str, Any]
) -> None:
    (difference,) = compare(shipped("upwork-2019-05"), book("upwork-2019-05", changes))

    assert difference.topic == TOPICS[topic]
    assert len(difference.before) == len(difference.after) == 1
    assert set(difference.before).isdisjoint(difference.after)


@pytest.mark.parametrize("before", shipped_names())
@pytest.mark.parametrize("after", shipped_names())
def test_a_comparison_read_backwards_is_the_way_back(before: str, after: str) -> None:
    there = compare(shipped(before), shipped(after))
    back = compare(shipped(after), shipped(before))

    assert [(d.topic, d.before, d.after) for d in there] == [
        (d.topic, d.after, d.before) for d in back
    ]
    assert bool(there) == (before != after)


@pytest.mark.parametrize("name", shipped_names())
def test_what_is_the_same_is_not_told_as_a_change(name: str) -> None:
    other = shipped("fair-2026" if name != "fair-2026" else "upwork-2018")
    kept = {line for section in explain(shipped(name)) for line in section.lines}

    for difference in compare(other, shipped(name)):
        assert set(difference.after) <= kept
        assert set(difference.before).isdisjoint(difference.after)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("0.00", "free"),
        ("14.99", "$14.99 a month"),
        ({"freelancer": "0.00", "agency": "20.00"}, "free, agencies $20.00 a month"),
        ({"freelancer": "10.00", "agency": "20.00"}, "$10.00 a month, agencies $20.00 a month"),
    ],
)
def test_a_plans_price_in_words(price: Any, words: str) -> None:
    rules = book("upwork-2019-05", {"plans.1.price_per_month": price})

    assert plan_price(rules, rules.plan("plus")) == words
