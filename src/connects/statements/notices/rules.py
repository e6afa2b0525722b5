"""Notices about the rules that apply to an account, and about its standing."""

from __future__ import annotations

from connects.statements.notices.kinds import NoticeKind, Page
from connects.statements.words import instant_text
from connects.vocabulary.refusals import Parameters

ACCOUNT = "the account"
RULES = Page("rules", "See the rules")


def _change(parameters: Parameters) -> str:
    book, begins_at = parameters["rule_book"], instant_text(parameters["effective"])
    begins = f"On {begins_at} your account moves to {book}."
    if parameters.get("client"):
        return (
            f"{begins} Your jobs stay as they are. What changes is when we remind you of an open job,"
            " when we close one that nobody answers, and what closing gives back to those who proposed."
        )
    return (
        f"{begins} You keep all of your Connects. Your membership page shows what changes for you."
    )


def _called_off(parameters: Parameters) -> str:
    kept = "" if parameters.get("client") else " You keep all of your Connects."
    book = parameters["rule_book"]
    return f"The change of rules that we told you of is called off: {book} applies.{kept}"


KINDS: dict[str, NoticeKind] = {
    "policy-change": NoticeKind(ACCOUNT, "rules", "The rules change for you", _change, RULES),
    "policy-changed": NoticeKind(
        ACCOUNT,
        "rules",
        "Other rules apply to you now",
        lambda p: (
            f"{p['rule_book']} applies to you from now on."
            + ("" if p.get("client") else " You keep all of your Connects.")
        ),
        RULES,
    ),
    "policy-change-cancelled": NoticeKind(
        ACCOUNT, "rules", "The rules do not change for you after all", _called_off, RULES
    ),
    "suspended": NoticeKind(
        ACCOUNT,
        "rules",
        "Your account is suspended",
        lambda p: (
            f"We suspended your account: {p['reason']}. You keep your Connects, and nothing is charged"
            " while it is suspended. Write to us if you think that this is wrong."
        ),
        RULES,
    ),
    "reinstated": NoticeKind(
        ACCOUNT,
        "rules",
        "Your account is back",
        lambda _: "Your account is no longer suspended. You can propose, hire and buy again.",
        RULES,
    ),
}
