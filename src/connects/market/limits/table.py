"""All limits on how often: what is counted, for whom, how many in which time. Product rules.

An operator changes a number by the limit's name, in `CONNECTS_LIMITS` (docs/operating.md lists all).
The numbers are far above what people do by hand, and far below what makes a nuisance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from connects.vocabulary.problems import Problem
from connects.vocabulary.typed_input import whole_number

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `most` within `within`; `by` says of whom.

    `problem` is the refusal's finer code (None for calls, which have a code of their own) and `noun` what
    there was too much of. A window begins with its first act or, `by_clock`, with the minute of the
    clock. `setting` names the setting that `most` is a multiple of.
    """

    name: str
    by: str
    most: int
    within: timedelta
    problem: Problem | None
    noun: str
    by_clock: bool = False
    setting: str = ""


def _calls(name: str, by: str, most: int, setting: str = "") -> Limit:
    return Limit(
        name=name,
        by=by,
        most=most,
        within=MINUTE,
        problem=None,
        noun="calls",
        by_clock=True,
        setting=setting,
    )


def _acts(name: str, by: str, most: int, within: timedelta, problem: Problem, noun: str) -> Limit:
    return Limit(name=name, by=by, most=most, within=within, problem=problem, noun=noun)


API_CALLS = _calls("api-calls", "person", 1, "API_CALLS_A_MINUTE")
# Several people may share an address, so it has room for ten.
API_CALLS_FROM_ADDRESS = _calls("api-calls-from-address", "address", 10, "API_CALLS_A_MINUTE")
WRONG_KEYS = _calls("wrong-keys", "address", 1, "API_CALLS_A_MINUTE")

SIGN_UPS = _acts("sign-ups", "address", 20, HOUR, Problem.TOO_MANY_SIGN_UPS, "sign-ups")

MESSAGES_IN_CONVERSATION = _acts(
    "messages-in-conversation",
    "conversation and side",
    30,
    HOUR,
    Problem.TOO_MANY_MESSAGES,
    "messages",
)
MESSAGES = _acts("messages", "account", 100, HOUR, Problem.TOO_MANY_MESSAGES, "messages")
MESSAGES_FROM_ADDRESS = _acts(
    "messages-from-address", "address", 300, HOUR, Problem.TOO_MANY_MESSAGES, "messages"
)
ANSWERS = _acts("answers", "conversation and side", 30, HOUR, Problem.TOO_MANY_REPLIES, "messages")
REPLIES = _acts("replies", "person", 5, timedelta(minutes=10), Problem.TOO_MANY_REPLIES, "replies")

POSTS_OF_NEWCOMER = _acts(
    "posts-of-newcomer", "account of a week or less", 10, DAY, Problem.TOO_MANY_POSTS, "posts"
)
POSTS = _acts("posts", "account", 100, DAY, Problem.TOO_MANY_POSTS, "posts")
POSTS_FROM_ADDRESS = _acts(
    "posts-from-address", "address", 200, DAY, Problem.TOO_MANY_POSTS, "posts"
)
INVITATIONS = _acts("invitations", "account", 200, DAY, Problem.TOO_MANY_INVITATIONS, "invitations")
TEAM_INVITATIONS = _acts(
    "team-invitations", "agency", 20, DAY, Problem.TOO_MANY_INVITATIONS, "invitations"
)
EMAIL_INVITATIONS = _acts(
    "email-invitations", "account", 30, DAY, Problem.TOO_MANY_INVITATIONS, "invitations"
)
FLAGS = _acts("flags", "account", 20, DAY, Problem.TOO_MANY_FLAGS, "flags")

PROMO_TRIES = _acts("promo-tries", "account", 10, HOUR, Problem.TOO_MANY_TRIES, "codes")
PROMO_TRIES_FROM_ADDRESS = _acts(
    "promo-tries-from-address", "address", 30, HOUR, Problem.TOO_MANY_TRIES, "codes"
)

PAYMENT_TRIES = _acts("payment-tries", "account", 5, HOUR, Problem.TOO_MANY_TRIES, "payments")

LIMITS = (
    API_CALLS,
    API_CALLS_FROM_ADDRESS,
    WRONG_KEYS,
    SIGN_UPS,
    MESSAGES_IN_CONVERSATION,
    MESSAGES,
    MESSAGES_FROM_ADDRESS,
    ANSWERS,
    REPLIES,
    POSTS_OF_NEWCOMER,
    POSTS,
    POSTS_FROM_ADDRESS,
    INVITATIONS,
    TEAM_INVITATIONS,
    EMAIL_INVITATIONS,
    FLAGS,
    PROMO_TRIES,
    PROMO_TRIES_FROM_ADDRESS,
    PAYMENT_TRIES,
)
NEWCOMER_FOR = timedelta(days=7)
"""How long a client counts as new."""


def numbers_from(text: str) -> dict[str, int]:
    """The numbers that `CONNECTS_LIMITS` gives, as `sign-ups=50,flags=10`. Raises ValueError."""
    numbers: dict[str, int] = {}
    names = {limit.name for limit in LIMITS}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = part.partition("=")
        name, count = name.strip(), whole_number(number, 1)
        if name not in names:
            raise ValueError(
                f"CONNECTS_LIMITS names {name!r}; there are {', '.join(sorted(names))}"
            )
        if count is None:
            raise ValueError(f"CONNECTS_LIMITS: {name} must be a whole number above 0")
        numbers[name] = count
    return numbers
