"""The words for what is wrong with a field: what to enter instead, to follow the field's name.

    Budget: enter an amount, such as 20 or 12.50.

Blaming nobody, each is an instruction, so that the same words do beside the field itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from connects.vocabulary.problems import Problem

OF_FIELDS: Mapping[str, str] = {
    Problem.REQUIRED: "fill this in",
    Problem.TOO_LONG: "make it shorter",
    Problem.NOT_AN_AMOUNT: "enter an amount, such as 20 or 12.50",
    Problem.UNKNOWN: "choose one of those offered",
    Problem.TOO_LARGE: "enter less",
    Problem.NEGATIVE: "enter 0 or more",
    Problem.NOT_POSITIVE: "enter more than 0",
    Problem.BELOW_MINIMUM: "enter more, this is under the minimum",
    Problem.CONTROL_CHARACTERS: "take out the characters that cannot be shown",
    Problem.HIDDEN_CHARACTERS: "take out the characters that cannot be seen",
    Problem.NO_LETTER: "enter at least one letter or digit",
    Problem.IDEMPOTENCY_KEY_REUSED: "use another one, this one was used for something else",
    Problem.HANDLE_TAKEN: "choose another one, somebody has this one",
    Problem.IN_THE_PAST: "enter a time that is still to come",
    Problem.TAKEN: "choose another one, this one is taken",
    Problem.NOT_PAID: "choose a payment whose money is here; this one was never paid, or went back",
    Problem.IN_TEAM_ALREADY: "choose somebody else, this person is in the team",
    Problem.NOT_A_TEAM: "choose a freelancer, who joins an agency",
    Problem.NO_WALLET: "choose a freelancer or an agency",
    Problem.PLAN_UNKNOWN: "choose a plan that your rules have",
    Problem.PLAN_HELD: "choose another plan, you are on this one",
    Problem.PLAN_CHOSEN: "choose another plan, you have chosen this one",
    Problem.BADGE_NOT_HELD: "choose a badge that this account has",
    Problem.NOT_A_CODE: "use 3 to 40 capital letters, digits and hyphens",
    Problem.NOT_AFTER_BEGIN: "choose an end that lies after the beginning",
    Problem.HELD_ALREADY: "choose other rules, these apply to the account already",
    Problem.MOVE_PENDING: (
        "wait, a move to other rules is planned already; or move the account without notice"
    ),
    Problem.SAME_RULE_BOOK: "choose other rules, these apply to the accounts already",
    Problem.UNKNOWN_SCOPE: "choose from sync, quote, charge, read, grant, purchase and events",
    Problem.UNKNOWN_KEY_SCOPE: "choose at least one of those that are offered",
    Problem.NOT_A_NETWORK: "enter addresses or networks, such as 10.0.0.0/8",
    Problem.NOT_HTTPS: "enter an address that begins with https://",
    Problem.PRIVATE_ADDRESS: (
        "enter a public address, or ask the operator to allow networks of yours"
    ),
    Problem.UNKNOWN_EVENT_TYPE: "enter types of events, such as wallet.entry",
    Problem.CLIENT_REVOKED: "make another one, this one is revoked for good",
    Problem.TOO_MANY_SERVER_KEYS: "revoke a key first, two of them work already",
    Problem.SERVER_KEY_UNKNOWN: "choose a key that works; the list of clients shows them",
    Problem.NOT_AN_ID: "use 1 to 100 of A–Z, a–z, 0–9 and . _ ~ : -",
    Problem.NOT_A_LIST: "send a list",
    Problem.OUT_OF_RANGE: "keep within the limits that the document states",
    Problem.NOT_A_TRUTH: "send true or false",
    Problem.NOT_A_MOMENT: "send a date and time with its zone, such as 2026-12-31T12:00:00Z",
    Problem.IN_THE_FUTURE: "send a time that has passed",
    Problem.MORE_THAN_ENDED: "count no more than the jobs that ended",
    Problem.QUOTE_OR_MOST: "send it, or max_connects",
    Problem.OTHER_KIND_OF_PAY: "leave this out, it is for jobs that pay the other way",
    Problem.TOO_MANY: "use fewer lines",
    Problem.TOO_MANY_CELLS: "use no more cells than the table has columns",
    Problem.NOT_A_TABLE: "use CSV with the columns handle, credits and reason",
    Problem.NOT_AN_INSTANT: "enter a date and time in UTC, such as 2026-12-31T12:00",
    Problem.TWICE: "take this row out, it says the same as one before it",
    Problem.NOT_A_PERCENTAGE: "enter a percentage, such as 12.5",
    Problem.ABOVE_A_HUNDRED: "enter shares that come to 100 percent or less, all together",
    Problem.WRONG_STATE: "reload the page; this cannot be done as it stands now",
    Problem.TOO_MANY_METHODS: "remove one of the ways to pay that you keep first",
    Problem.UNKNOWN_FIELD: "leave this out, no such field is known here",
    Problem.NOT_TEXT: "send text",
    Problem.NOT_WHOLE: "enter a whole number",
    Problem.NOT_AN_OBJECT: "send a JSON object",
    Problem.NOT_A_DAY: "enter a day, such as 2026-11-28",
    Problem.NOT_A_NAME: "use a letter from A to Z or a digit, for its address",
    Problem.UNREADABLE: "check this, and enter it again",
}

UNHEARD_OF = "check this, and enter it in another way"
"""For a problem that has no words of its own."""

NAMES = {
    "cover_letter": "Letter",
    "email": "E-mail address",
    "fixed_cents": "Price",
    "hourly_cents": "Rate an hour",
    "hourly_max": "Highest rate",
    "hourly_min": "Lowest rate",
    "notice_days": "Days of notice",
    "shown_to": "Shown to",
    "account": "Account",
}
"""Fields whose name for programs is not the one for people."""


def field_name(name: object) -> str:
    """A field's name as people read it: `cover_letter` is “Letter”."""
    said = str(name)
    return NAMES.get(said) or said.replace("_", " ").capitalize()
