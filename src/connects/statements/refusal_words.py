"""Words for refusals: what was wrong, what to do, and what became of the request."""

from __future__ import annotations

from connects.statements import payment_words
from connects.statements.limit_words import too_often_text
from connects.statements.problem_words import PROBLEMS, is_about_field, problem_sentence
from connects.statements.words import Words
from connects.vocabulary.refusals import Parameters, RefusalCode, Refused


def _not_allowed(parameters: Parameters) -> str:
    if "retry_after_seconds" in parameters:
        words = too_often_text(parameters)
    elif parameters.get("problem") in PROBLEMS:
        words = problem_sentence(parameters)
    else:
        words = "This is not for your account."
    return f"{words} Nothing was charged or changed."


def _invalid(parameters: Parameters) -> str:
    what = "charged or changed" if is_about_field(parameters) else "changed"
    return f"{problem_sentence(parameters)} Nothing was {what}."


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
    RefusalCode.PAYMENT_DECLINED: payment_words.declined_text,
    RefusalCode.PAYMENT_METHOD_UNAVAILABLE: payment_words.unavailable_text,
    RefusalCode.JOB_CLOSED: lambda _: "This job takes no more proposals. Nothing was charged.",
    RefusalCode.ALREADY_PROPOSED: lambda _: (
        "You have sent a proposal to this job already. Nothing more was charged."
    ),
    RefusalCode.PRICE_CHANGED: lambda p: (
        f"The client edited the job and a proposal now costs {p.get('connects')} Connects instead"
        f" of {p.get('max_connects')}. Nothing was charged; send it again if you agree."
    ),
    RefusalCode.HOLD_EXPIRED: lambda p: (
        f"The {p.get('connects')} Connects that were held for this are free again, because it was not"
        " submitted in time. Nothing was charged; hold them again to send it."
    ),
    RefusalCode.NOT_MEMBER: lambda _: "Only members can do this. Nothing was charged.",
    RefusalCode.NOT_ALLOWED: _not_allowed,
    RefusalCode.RULE_BOOK_UNKNOWN: lambda p: f"There is no rule book named {p.get('name')}.",
    RefusalCode.BATCH_REFUSED: lambda _: (
        "Nothing was charged: this was asked for together with something that was refused."
    ),
    RefusalCode.BUSY: lambda _: (
        "Too much is going on at this moment. Nothing was charged; please try again shortly."
    ),
    RefusalCode.TOO_MANY_CALLS: lambda p: (
        f"More than {p.get('most')} calls within a minute. Nothing was done; call again in"
        f" {p.get('retry_after_seconds')} seconds."
    ),
    RefusalCode.INVALID: _invalid,
}


def refusal_text(refused: Refused) -> str:
    """A refusal as what was wrong and what to do."""
    return REFUSALS[refused.code](refused.parameters)
