"""What plans cost at a member's own pace, and which of them the page names."""

import pytest

from connects.policy.shelf import shipped
from connects.statements.plan_costs import pace_of, plan_advice, plan_costs
from connects.vocabulary.parties import AccountKind

FREELANCER = AccountKind.FREELANCER


def costs(rules: str, pace: int) -> dict[str, tuple[int, int]]:
    """What is bought beside each plan, and what its month costs in all."""
    return {
        cost.plan.name: (cost.bought, cost.money.cents)
        for cost in plan_costs(shipped(rules), FREELANCER, pace)
    }


def advice(pace: int, plan: str, rules: str = "upwork-2019-05") -> str:
    return plan_advice(plan_costs(shipped(rules), FREELANCER, pace), plan, pace)


def test_a_pace_is_the_average_of_months_rounded_up() -> None:
    assert [pace_of(used) for used in ([], [0, 0], [30, 31], [12])] == [0, 0, 31, 12]


def test_a_month_costs_the_plan_and_what_is_bought_beside_it() -> None:
    assert costs("upwork-2019-05", 30) == {"basic": (30, 4_50), "plus": (0, 14_99)}
    assert costs("upwork-2019-05", 110) == {"basic": (110, 16_50), "plus": (40, 20_99)}


def test_a_plan_that_cannot_bring_what_is_used_has_no_price_at_that_pace() -> None:
    """In 2018 extra Connects were sold to paid plans alone."""
    assert costs("upwork-2018", 60) == {"basic": (0, 0), "plus": (0, 10_00)}
    assert costs("upwork-2018", 75) == {"plus": (5, 15_00)}
    assert advice(75, "basic", "upwork-2018") == ""


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("basic", "Basic suits you: it comes to $4.50 a month in all, and Plus to $14.99."),
        ("plus", "Basic would cost you less: $4.50 a month in all. Plus comes to $14.99."),
    ],
)
def test_advice_names_the_cheaper_plan_whichever_is_held(plan: str, says: str) -> None:
    assert advice(30, plan) == f"At your pace of about 30 Connects a month, {says}"
    assert advice(0, plan) == ""
