"""Words for refusals: what was wrong, what to do, and, where it is feared, that nothing was charged."""

from __future__ import annotations

from connects.statements import payment_words
from connects.statements.limit_words import too_many_calls_text, too_often_text
from connects.statements.problem_words import PROBLEMS, problem_sentence
from connects.statements.words import Words, some_connects
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameters, RefusalCode, Refused
from connects.wording.messages import gettext as _

CHARGE_FEARED = frozenset(
    {
        Problem.SPENDING_LIMIT,
        Problem.SOFT_CAP,
        Problem.MAY_NOT_SPEND,
        Problem.FROZEN,
        Problem.SUSPENDED,
        Problem.OWN_ACCOUNT,
        Problem.PLAN_BUYS_NONE,
        Problem.PAYMENT_UNDER_WAY,
        Problem.RENEWAL_UNDER_WAY,
        Problem.CEILING,
        Problem.REFUND_REFUSED,
    }
)
"""What is refused where money or Connects are at stake, so that people ask whether any were taken."""


def _not_allowed(parameters: Parameters) -> str:
    if "retry_after_seconds" in parameters:
        return too_often_text(parameters)
    if parameters.get("problem") in PROBLEMS:
        return _told(parameters)
    return _(
        "This is not for your account. Switch accounts, or ask its owner. Nothing"
        " was charged or changed."
    )


def _told(parameters: Parameters) -> str:
    words = problem_sentence(parameters)
    feared = parameters.get("problem") in CHARGE_FEARED
    return " ".join((words, _("Nothing was charged."))) if feared else words


def _job_closed(parameters: Parameters) -> str:
    if "problem" in parameters:
        return _told(parameters)
    return _("This job has closed. Nothing was charged. You can find similar jobs under Find work.")


def _not_member(parameters: Parameters) -> str:
    if "agency" in parameters:
        return _(
            "Only the agency’s team can do this. Nothing was charged. Ask its owner to invite you."
        )
    return _(
        "Only members of the client’s talent cloud can propose to this job. Nothing was charged."
        " You can find others under Find work."
    )


REFUSALS: dict[RefusalCode, Words] = {
    RefusalCode.INSUFFICIENT_CONNECTS: lambda p: _(
        "You have {balance}, and this costs {needed}. Nothing was charged. Buy more to send it.",
        balance=some_connects(p.get("balance")),
        needed=p.get("needed"),
    ),
    RefusalCode.BALANCE_CAP: lambda p: _(
        "You can have at most {limit}, so {room} more fit. Nothing was charged. Choose fewer.",
        limit=some_connects(p.get("limit")),
        room=p.get("room"),
    ),
    RefusalCode.BUNDLE_UNKNOWN: lambda p: _(
        "There is no bundle of {credits}. Choose one of those offered.",
        credits=some_connects(p.get("credits")),
    ),
    RefusalCode.PAYMENT_DECLINED: payment_words.declined_text,
    RefusalCode.PAYMENT_METHOD_UNAVAILABLE: payment_words.unavailable_text,
    RefusalCode.JOB_CLOSED: _job_closed,
    RefusalCode.ALREADY_PROPOSED: lambda _p: _(
        "You have sent a proposal to this job already. Nothing more was charged."
        " You can see it among your proposals."
    ),
    RefusalCode.PRICE_CHANGED: lambda p: _(
        "The price is {connects} now, and you agreed to {max_connects} at most."
        " Nothing was charged. Send it again if you agree.",
        connects=p.get("connects"),
        max_connects=p.get("max_connects"),
    ),
    RefusalCode.HOLD_EXPIRED: lambda p: _(
        "You can use the {connects} held for this again: it was not sent in time."
        " Nothing was charged. Reserve again to send it.",
        connects=some_connects(p.get("connects")),
    ),
    RefusalCode.NOT_MEMBER: _not_member,
    RefusalCode.NOT_ALLOWED: _not_allowed,
    RefusalCode.RULE_BOOK_UNKNOWN: lambda p: _(
        "There are no rules named {name}. Choose one of those listed.", name=p.get("name")
    ),
    RefusalCode.BATCH_REFUSED: lambda _p: _(
        "Nothing was charged: this was asked for together with something that was"
        " refused. Put that right first."
    ),
    RefusalCode.BUSY: lambda _p: _(
        "We are busy just now, sorry. Nothing was charged. Try again in a minute."
    ),
    RefusalCode.TOO_MANY_CALLS: too_many_calls_text,
    RefusalCode.INVALID: _told,
}


def refusal_text(refused: Refused) -> str:
    """A refusal as what was wrong and what to do."""
    return REFUSALS[refused.code](refused.parameters)
