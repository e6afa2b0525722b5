"""Words for codes: the reasons of a price, refusals, notices and lines of a history.

The core speaks in codes with parameters; this is where they become English, once for every edge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from connects.ledger.entries import EntryKind
from connects.pricing import reasons
from connects.vocabulary.amounts import Money
from connects.vocabulary.refusals import Parameter, Reason, RefusalCode, Refused
from connects.vocabulary.returns import ReturnCause

Parameters = Mapping[str, Parameter]
Words = Callable[[Parameters], str]


def _money(value: Parameter) -> str:
    return str(Money(int(value or 0)))


def _demand(parameters: Parameters) -> str:
    thousandths = int(parameters["index_thousandths"] or 0)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


REASONS: dict[str, Words] = {
    reasons.VALUE_FROM_BUDGET: lambda p: (
        f"The job is worth its budget, {_money(p['budget_cents'])}."
    ),
    reasons.VALUE_FROM_RATE: lambda p: (
        f"The job is worth {_money(p['rate_cents'])} an hour × {p['hours_per_week']} hours a week"
        f" × {p['days']} days."
    ),
    reasons.VALUE_FROM_SIMILAR_JOBS: lambda p: (
        f"The post says too little, so it is taken for a typical job of {_money(p['value_cents'])}."
    ),
    reasons.RATE_FROM_LEVEL: lambda p: (
        f"No rate is given; for the level “{p['level']}” we assume {_money(p['rate_cents'])} an hour."
    ),
    reasons.RATE_ASSUMED: lambda p: (
        f"No rate is given; we assume {_money(p['rate_cents'])} an hour."
    ),
    reasons.HOURS_ASSUMED: lambda p: f"No weekly hours are given; we assume {p['hours_per_week']}.",
    reasons.DURATION_ASSUMED: lambda p: f"No duration is given; we assume {p['days']} days.",
    reasons.BUDGET_MISSING: lambda _: "No budget is given.",
    reasons.BUDGET_PLACEHOLDER: lambda p: (
        f"A budget of {_money(p['budget_cents'])} is a placeholder and is not believed."
    ),
    reasons.BUDGET_CONTRADICTS_POST: lambda p: (
        f"A budget of {_money(p['budget_cents'])} does not fit the rest of the post"
        " and is not believed."
    ),
    reasons.BAND: lambda p: (
        f"A value of {_money(p['value_cents'])} falls into the band “{p['band']}”."
    ),
    reasons.DEMAND_ABOVE_AVERAGE: lambda p: (
        f"Demand in this category is above average ({_demand(p)}): the higher price of the band."
    ),
    reasons.DEMAND_AVERAGE_OR_BELOW: lambda p: (
        f"Demand in this category is not above average ({_demand(p)}): the band's lower price."
    ),
    reasons.DEMAND_TOO_FEW_JOBS: lambda p: (
        f"Only {p['jobs']} jobs in this category lately, too few to measure demand:"
        " the band's lower price."
    ),
    reasons.ADJUSTMENT: lambda p: f"Adjusted by {p['steps']} step: {p['name']}.",
    reasons.FIRST_PROPOSAL_FREE: lambda _: "Nobody has proposed yet: the first proposal is free.",
    reasons.NEWCOMER: lambda p: (
        f"Your first {p['proposals']} proposals cost {p['percent']} % of the price,"
        f" rounded up; you have sent {p['sent']}."
    ),
}


def reason_text(reason: Reason) -> str:
    """One step of a price, as a sentence."""
    return REASONS[reason.code](reason.parameters)


_NOT_ALLOWED = {
    "plan_buys_none": "Your plan does not include buying extra Connects.",
    "clients_only": "Only clients can post jobs.",
    "freelancers_only": "Only freelancers and agencies can do this.",
    "not_yours": "This belongs to someone else.",
    "moderators_only": "Only moderators can do this.",
    "support_only": "Only support can do this.",
}

_PROBLEMS = {
    "required": "is needed",
    "too_long": "is too long",
    "too_large": "is too large",
    "negative": "cannot be negative",
    "not_positive": "must be more than nothing",
    "below_minimum": "is under the minimum",
    "control_characters": "holds characters that cannot be shown",
    "idempotency_key_reused": "was used for something else already",
    "email_taken": "is registered already",
    "handle_taken": "is taken already",
    "in_the_past": "lies in the past",
}


def problem_text(code: str) -> str:
    """What is wrong with a field, to follow its name."""
    return _PROBLEMS.get(code, "is not valid")


def _not_allowed(parameters: Parameters) -> str:
    words = _NOT_ALLOWED.get(str(parameters.get("problem")), "This is not for your account.")
    return f"{words} Nothing was charged or changed."


def _invalid(parameters: Parameters) -> str:
    field = str(parameters.get("field", "This")).replace("_", " ").capitalize()
    return (
        f"{field} {problem_text(str(parameters.get('problem')))}. Nothing was charged or changed."
    )


REFUSALS: dict[RefusalCode, Words] = {
    RefusalCode.INSUFFICIENT_CONNECTS: lambda p: (
        f"This needs {p.get('needed')} Connects and you have {p.get('balance')}."
        " Nothing was charged."
    ),
    RefusalCode.BALANCE_CAP: lambda p: (
        f"You may hold at most {p.get('limit')} Connects, so there is room for {p.get('room')}"
        " more. Nothing was charged."
    ),
    RefusalCode.BUNDLE_UNKNOWN: lambda p: (
        f"{p.get('credits')} Connects are not sold as a bundle. Choose one of those offered."
    ),
    RefusalCode.PAYMENT_DECLINED: lambda _: (
        "The payment was declined. No money moved and no Connects were added."
        " Try another payment method."
    ),
    RefusalCode.PAYMENT_METHOD_UNAVAILABLE: lambda _: (
        "This payment method cannot be used here. Choose another one; nothing was charged."
    ),
    RefusalCode.JOB_CLOSED: lambda _: "This job takes no more proposals. Nothing was charged.",
    RefusalCode.ALREADY_PROPOSED: lambda _: (
        "You have sent a proposal to this job already. Nothing more was charged."
    ),
    RefusalCode.PRICE_CHANGED: lambda p: (
        f"The client edited the job and a proposal now costs {p.get('connects')} Connects instead"
        f" of {p.get('max_connects')}. Nothing was charged; send it again if you agree."
    ),
    RefusalCode.NOT_MEMBER: lambda _: "Only members can do this. Nothing was charged.",
    RefusalCode.NOT_ALLOWED: _not_allowed,
    RefusalCode.RULE_BOOK_UNKNOWN: lambda p: f"There is no rule book named {p.get('name')}.",
    RefusalCode.INVALID: _invalid,
}


def refusal_text(refused: Refused) -> str:
    """A refusal as what was wrong and what to do."""
    return REFUSALS[refused.code](refused.parameters)


ENTRY_KINDS: dict[EntryKind, str] = {
    EntryKind.SIGNUP: "Welcome grant",
    EntryKind.PLAN: "Monthly Connects",
    EntryKind.BONUS: "Bonus",
    EntryKind.COURTESY: "Courtesy grant",
    EntryKind.PURCHASE: "Purchase",
    EntryKind.RETURN: "Came back",
    EntryKind.SPEND: "Proposal",
    EntryKind.BOOST: "Boost",
    EntryKind.EXPIRE: "Expired",
    EntryKind.FORFEIT: "Not rolled over",
    EntryKind.REVERSE: "Purchase reversed",
}

CAUSES: dict[ReturnCause, str] = {
    ReturnCause.CLOSED_WITHOUT_HIRE: "the client closes the job without hiring",
    ReturnCause.CLOSED_AFTER_HIRE: "the client hires and closes the job",
    ReturnCause.REMOVED_FOR_TERMS: "the job is removed for breaking the terms",
    ReturnCause.NEVER_CLOSED: "the client neither hires nor closes",
}

_RETURNED_BECAUSE = {
    ReturnCause.CLOSED_WITHOUT_HIRE.value: "the client closed the job without hiring",
    ReturnCause.REMOVED_FOR_TERMS.value: "the job was removed for breaking the terms",
}

NOTICES: dict[str, Words] = {
    "connects-returned": lambda p: (
        f"{p['connects']} Connects came back:"
        f" {_RETURNED_BECAUSE.get(str(p['cause']), 'the job ended')}."
    ),
    "connects-expiring": lambda p: (
        f"{p['connects']} Connects expire in {p['days']} days, on"
        f" {datetime.fromisoformat(str(p['expires'])):%d %B %Y, %H:%M} UTC."
    ),
}


def notice_text(code: str, parameters: Parameters) -> str:
    """A notice as a sentence."""
    return NOTICES[code](parameters)
