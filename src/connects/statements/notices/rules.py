"""Notices about the rules that apply to an account, and about its standing."""

from __future__ import annotations

from datetime import datetime

from connects.statements.notices.kinds import NoticeKind, Page
from connects.statements.words import day_text, instant_text
from connects.vocabulary.refusals import Parameters

ACCOUNT = "the account"
RULES = Page("rules", "See the rules")


def _change(parameters: Parameters) -> str:
    book, begins_at = parameters["rule_book"], instant_text(parameters["effective"])
    begins = f"On {begins_at} your account moves to {book}."
    if parameters.get("client"):
        return (
            f"{begins} Your jobs stay as they are. What changes is when we remind you of an open job, and"
            " when we close a quiet one. What closing gives back to those who proposed may change, too."
        )
    return (
        f"{begins} You keep all of your Connects. Your membership page shows what changes for you."
    )


def _called_off(parameters: Parameters) -> str:
    kept = "" if parameters.get("client") else " You keep all of your Connects."
    book = parameters["rule_book"]
    return f"We called off the change of rules that we told you of. You stay on {book}.{kept}"


def _day(moment: object) -> str:
    """The day alone, for a subject."""
    return day_text(datetime.fromisoformat(str(moment)))


KINDS: dict[str, NoticeKind] = {
    "policy-change": NoticeKind(
        ACCOUNT,
        "rules",
        lambda p: f"You move to {p['rule_book']} on {_day(p['effective'])}",
        _change,
        RULES,
    ),
    "policy-changed": NoticeKind(
        ACCOUNT,
        "rules",
        lambda p: f"You are on {p['rule_book']} now",
        lambda p: (
            f"You are on {p['rule_book']} from now on."
            + ("" if p.get("client") else " You keep all of your Connects.")
        ),
        RULES,
    ),
    "policy-change-cancelled": NoticeKind(
        ACCOUNT,
        "rules",
        lambda _: "Your rules do not change after all",
        _called_off,
        RULES,
    ),
    "suspended": NoticeKind(
        ACCOUNT,
        "rules",
        lambda _: "Your account is suspended",
        lambda p: (
            f"We suspended your account: {p['reason']}. You keep your Connects, and nothing is charged"
            " while it is suspended. If we made a mistake, write to us."
        ),
        RULES,
    ),
    "reinstated": NoticeKind(
        ACCOUNT,
        "rules",
        lambda _: "Your account is back",
        lambda _: "Your account is no longer suspended. You can propose, hire and buy again.",
        RULES,
    ),
}
