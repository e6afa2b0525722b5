"""The codes of a price's reasons. Scenario files, pages and API clients rely on these strings."""

from __future__ import annotations

VALUE_FROM_BUDGET = "value_from_budget"
VALUE_FROM_RATE = "value_from_rate"
VALUE_FROM_SIMILAR_JOBS = "value_from_similar_jobs"
RATE_FROM_LEVEL = "rate_from_level"
RATE_ASSUMED = "rate_assumed"
HOURS_ASSUMED = "hours_assumed"
DURATION_ASSUMED = "duration_assumed"
BUDGET_MISSING = "budget_missing"
BUDGET_PLACEHOLDER = "budget_placeholder"
BUDGET_CONTRADICTS_POST = "budget_contradicts_post"
BUDGET_LIKELY_PLACEHOLDER = "budget_likely_placeholder"
BUDGET_DOUBTED = "budget_doubted"
BUDGET_OPEN = "budget_open"
VALUE_MIXED = "value_mixed"
PRICE_FOLLOWS_BUDGET = "price_follows_budget"
VALUE_ESTIMATED = "value_estimated"
RATE_ESTIMATED = "rate_estimated"
NO_MODEL = "no_model"
BAND = "band"
DEMAND_ABOVE_AVERAGE = "demand_above_average"
DEMAND_AVERAGE_OR_BELOW = "demand_average_or_below"
DEMAND_TOO_FEW_JOBS = "demand_too_few_jobs"
ADJUSTMENT = "adjustment"
FIRST_PROPOSAL_FREE = "first_proposal_free"
FREE_AGAIN = "free_again"
NEWCOMER = "newcomer"
CLIENT_RECORD = "client_record"
TOLD_BY_HOST = "told_by_host"
INVITED = "invited"
PRIVATE_CLOUD = "private_cloud"

ABOUT_BUDGETS = frozenset(
    {
        BUDGET_MISSING,
        BUDGET_PLACEHOLDER,
        BUDGET_CONTRADICTS_POST,
        BUDGET_LIKELY_PLACEHOLDER,
        BUDGET_DOUBTED,
        BUDGET_OPEN,
    }
)

ALL_REASONS = (
    VALUE_FROM_BUDGET,
    VALUE_FROM_RATE,
    VALUE_FROM_SIMILAR_JOBS,
    RATE_FROM_LEVEL,
    RATE_ASSUMED,
    HOURS_ASSUMED,
    DURATION_ASSUMED,
    BUDGET_MISSING,
    BUDGET_PLACEHOLDER,
    BUDGET_CONTRADICTS_POST,
    BUDGET_LIKELY_PLACEHOLDER,
    BUDGET_DOUBTED,
    BUDGET_OPEN,
    VALUE_MIXED,
    PRICE_FOLLOWS_BUDGET,
    VALUE_ESTIMATED,
    RATE_ESTIMATED,
    NO_MODEL,
    BAND,
    DEMAND_ABOVE_AVERAGE,
    DEMAND_AVERAGE_OR_BELOW,
    DEMAND_TOO_FEW_JOBS,
    ADJUSTMENT,
    FIRST_PROPOSAL_FREE,
    FREE_AGAIN,
    NEWCOMER,
    CLIENT_RECORD,
    TOLD_BY_HOST,
    INVITED,
    PRIVATE_CLOUD,
)

ASSUMPTIONS = frozenset(
    {
        VALUE_FROM_SIMILAR_JOBS,
        RATE_FROM_LEVEL,
        RATE_ASSUMED,
        HOURS_ASSUMED,
        DURATION_ASSUMED,
        BUDGET_PLACEHOLDER,
        BUDGET_CONTRADICTS_POST,
        BUDGET_LIKELY_PLACEHOLDER,
        VALUE_MIXED,
        VALUE_ESTIMATED,
        RATE_ESTIMATED,
    }
)
"""The reasons that say something was assumed which the post does not say."""
