"""The words for every `problem` of a refusal: one table, so that none is without.

What became of the request ("Nothing was charged") follows from the refusal's own code, in
`refusal_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connects.statements.limit_words import (
    most_of_own,
    not_a_limit,
    over_spending_limit,
    price_of_one,
    too_many_invitations_text,
    too_often_text,
)
from connects.statements.payment_words import other_currency_text
from connects.statements.words import Words, instant_text
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameters


@dataclass(frozen=True, slots=True)
class OfField:
    """What is wrong with a field, to follow its name."""

    text: str


_UNKNOWN = OfField("is not valid")


def _field(parameters: Parameters) -> str:
    return str(parameters.get("field", "This")).replace("_", " ").capitalize()


def _not_a_number(parameters: Parameters) -> str:
    least, most = int(parameters["least"] or 0), int(parameters["most"] or 0)
    return f"{_field(parameters)}: enter a whole number from {least:,} to {most:,}."


def _contradicts(parameters: Parameters) -> str:
    least = parameters.get("least")
    return f"{_field(parameters)}: nothing can fit, since the beginning is {least}. Choose a later end."


PROBLEMS: Mapping[str, str | OfField | Words] = {
    Problem.REQUIRED: OfField("is needed"),
    Problem.TOO_LONG: OfField("is too long"),
    Problem.NOT_AN_AMOUNT: OfField("must be an amount such as 20 or 12.50"),
    Problem.UNKNOWN: OfField("is not one of those offered"),
    Problem.TOO_LARGE: OfField("is too large"),
    Problem.NEGATIVE: OfField("cannot be negative"),
    Problem.NOT_POSITIVE: OfField("must be more than nothing"),
    Problem.BELOW_MINIMUM: OfField("is under the minimum"),
    Problem.CONTROL_CHARACTERS: OfField("holds characters that cannot be shown"),
    Problem.HIDDEN_CHARACTERS: OfField("holds characters that cannot be seen"),
    Problem.NO_LETTER: OfField("needs at least one letter or digit"),
    Problem.IDEMPOTENCY_KEY_REUSED: OfField("was used for something else already"),
    Problem.EMAIL_TAKEN: OfField("is registered already"),
    Problem.HANDLE_TAKEN: OfField("is taken already"),
    Problem.IN_THE_PAST: OfField("lies in the past"),
    Problem.TAKEN: OfField("is taken already"),
    Problem.NOT_UNKNOWN: OfField("needs no decision: what became of it is known"),
    Problem.NOT_PAID: OfField(
        "is not one whose money is here: it was never paid, or went back already"
    ),
    Problem.UNKNOWN_ACCOUNT: "We could not find that person. Check the spelling.",
    Problem.IN_TEAM_ALREADY: OfField("is in the team already"),
    Problem.NOT_A_TEAM: OfField("must be a freelancer who joins an agency"),
    Problem.NO_WALLET: OfField("must be a freelancer or an agency"),
    Problem.PLAN_UNKNOWN: OfField("is not one of your rule book's"),
    Problem.PLAN_HELD: OfField("is the one that you have already"),
    Problem.PLAN_CHOSEN: OfField("is the one that you have chosen already"),
    Problem.NOTHING_TO_CANCEL: OfField(
        "is not one that can be cancelled: you are on another one, or on a free one"
    ),
    Problem.BADGE_NOT_HELD: OfField("is not held by this account"),
    Problem.NOT_A_CODE: OfField("must be 3 to 40 capital letters, digits and hyphens"),
    Problem.NOT_AFTER_BEGIN: OfField("must lie after the beginning"),
    Problem.PROMO_UNKNOWN: OfField("is not a promo code that is valid now"),
    Problem.PROMO_OVER: OfField("was valid once, and is no more"),
    Problem.PROMO_EXHAUSTED: OfField("has been used as often as it may be"),
    Problem.PROMO_USED: OfField("has been used by you as often as you may"),
    Problem.HELD_ALREADY: OfField("is the rule book that holds for this account already"),
    Problem.MOVE_PENDING: OfField(
        "is on its way to other rules already; wait for that, or move it without notice"
    ),
    Problem.SAME_RULE_BOOK: OfField("is the rule book that the accounts are under already"),
    Problem.UNKNOWN_SCOPE: OfField(
        "must be some of sync, quote, charge, read, grant, purchase and events"
    ),
    Problem.NOT_A_NETWORK: OfField("must be addresses or networks, such as 10.0.0.0/8"),
    Problem.NOT_HTTPS: OfField("must begin with https://"),
    Problem.PRIVATE_ADDRESS: OfField(
        "leads to an address that is not public; the operator may allow networks of yours"
    ),
    Problem.UNKNOWN_EVENT_TYPE: OfField("must be types of events, such as wallet.entry"),
    Problem.CLIENT_REVOKED: OfField("is revoked for good; make another one"),
    Problem.TOO_MANY_SERVER_KEYS: OfField("holds two keys that work; revoke one first"),
    Problem.SERVER_KEY_UNKNOWN: OfField(
        "is none that works; the list of clients shows those that do"
    ),
    Problem.NOT_AN_ID: OfField("must be 1 to 100 of A–Z, a–z, 0–9 and . _ ~ : -"),
    Problem.NOT_A_LIST: OfField("must be a list"),
    Problem.OUT_OF_RANGE: OfField("is outside of the limits that the document states"),
    Problem.NOT_A_TRUTH: OfField("must be true or false"),
    Problem.NOT_A_MOMENT: OfField(
        "must be a date and time with its zone, such as 2026-12-31T12:00:00Z"
    ),
    Problem.IN_THE_FUTURE: OfField("must lie in the past"),
    Problem.MORE_THAN_ENDED: OfField("counts more than the posts that ended"),
    Problem.QUOTE_OR_MOST: OfField("or max_connects must be said"),
    Problem.OTHER_KIND_OF_PAY: OfField("is for jobs that pay the other way"),
    Problem.TOO_MANY: OfField("has too many lines"),
    Problem.TOO_MANY_CELLS: OfField("has more cells than the table has columns"),
    Problem.NOT_A_TABLE: OfField("must be CSV with the columns handle, credits and reason"),
    Problem.NOT_AN_INSTANT: OfField(
        "has an end that is no date and time in UTC, such as 2026-12-31T12:00"
    ),
    Problem.TWICE: OfField("says the same as a row before it"),
    Problem.NOT_A_PERCENTAGE: OfField("must be a percentage such as 12.5"),
    Problem.ABOVE_A_HUNDRED: OfField("of all cohorts together is more than 100 percent"),
    Problem.NOT_A_DRAFT: OfField("is not a draft any more"),
    Problem.WRONG_STATE: OfField("is not in a state in which this can be done"),
    Problem.REFUND_REFUSED: OfField(
        "cannot be refunded: the provider refuses. The Connects were given back"
    ),
    Problem.NOT_CHARGED_BACK: OfField("was not charged back"),
    Problem.PAID_FROM_EARNINGS: OfField(
        "was paid from earnings, so that no bank or provider can move its money"
    ),
    Problem.NOT_REFUNDED: OfField("was not refunded, or its refund came back already"),
    Problem.NO_CARE_NEEDED: OfField("asks for nothing to be done"),
    Problem.TOO_MANY_METHODS: OfField("is one too many: remove one of those you keep first"),
    Problem.CEILING_UNDER_PRICE: lambda p: (
        f"{_field(p)} is less than one purchase costs{price_of_one(p)}."
    ),
    Problem.TOO_MANY_SKILLS: lambda p: (
        f"Name at most {p['most']} skills, with commas between them."
    ),
    Problem.NOT_A_COUNTRY: "Choose a country from the list, such as Germany (DE).",
    Problem.UNKNOWN_FIELD: OfField("is not a field that is known here"),
    Problem.NOT_TEXT: OfField("must be text"),
    Problem.NOT_WHOLE: OfField("must be a whole number"),
    Problem.NOT_AN_OBJECT: OfField("must be a JSON object"),
    Problem.ROLLED_BACK_ALREADY: OfField("has been rolled back already"),
    Problem.NOT_SCHEDULED: OfField("was never scheduled, so there is nothing to roll back"),
    Problem.NOT_A_DAY: OfField("must be a day such as 2026-11-28"),
    Problem.CONTRADICTS: _contradicts,
    Problem.NOT_A_RULE_BOOK: "This text is not a whole rule book. Mend what the check names first.",
    Problem.TOO_MANY_VIEWS: lambda p: (
        f"You keep {p['most']} views of this list already. Forget one of them first."
    ),
    Problem.NOT_A_NAME: OfField("needs a letter from A to Z or a digit, for its address"),
    Problem.UNREADABLE: OfField("is not valid"),
    Problem.PAYMENT_UNDER_WAY: "A payment for a plan is under way. Finish it first, or let it go.",
    Problem.PLAN_BUYS_NONE: "Your plan does not include buying extra Connects.",
    Problem.CLIENTS_ONLY: "Only clients can post jobs.",
    Problem.FREELANCERS_ONLY: "Only freelancers and agencies can do this.",
    Problem.NOT_YOURS: "This belongs to someone else.",
    Problem.SUSPENDED: "This account is suspended.",
    Problem.CLOSED: "This account was closed, and that is for good.",
    Problem.EARNINGS_LEFT: "There are earnings left in this account. Have them paid out first.",
    Problem.OWN_ACCOUNT: "This job belongs to an account that you act for, so you cannot work on it.",
    Problem.REMOVED_BEFORE: (
        "This job was removed for breaking the terms, and it still says and pays the same. Change what"
        " breaks them; the page of the removed job says what that is."
    ),
    Problem.WITHDRAWN: "This proposal was withdrawn, so nothing more can be done with it.",
    Problem.NOT_SENT_YET: "This proposal is reserved, and not sent yet. Submit it first.",
    Problem.SENT_ALREADY: "This proposal has been sent already.",
    Problem.HIRED_ALREADY: "This freelancer is hired for this job already.",
    Problem.AGENCIES_ONLY: "Only agencies can do this.",
    Problem.FROZEN: "This agency's plan is frozen. Revive it first.",
    Problem.NOT_FROZEN: "This plan is not frozen.",
    Problem.MAY_NOT_SPEND: "You may not spend this agency's Connects. Ask its owner.",
    Problem.SELF_INVITATION: "You cannot invite yourself.",
    Problem.NOTHING_TO_APPEAL: "Nothing of this proposal is left to come back, or its job goes on.",
    Problem.LAST_OPERATOR: "This is the last operator. Make someone else an operator first.",
    Problem.SECOND_PERSON: "A second person has to decide; you were the first.",
    Problem.NOT_PROPOSED: "Nobody has proposed a decision yet.",
    Problem.NO_OFFER: "There is no offer to answer.",
    Problem.CLIENT_WRITES_FIRST: "You can answer once the client has written to you.",
    Problem.NOT_INVITED_TO_TEAM: "No invitation into this team is open. Ask the agency for another one.",
    Problem.OWNER_ONLY: "Only the agency's owner can do this.",
    Problem.ABOVE_OWN_LIMIT: lambda p: (
        f"You can give a member at most what the agency's owner gave you{most_of_own(p)}."
    ),
    Problem.NOT_INVITED: "You were not invited to this job.",
    Problem.LAST_OWNER: "An agency needs an owner; make someone else one first.",
    Problem.SOFT_CAP: "This job has many proposals already, and its client takes no more for now.",
    Problem.OWN_POST: "You cannot flag your own post.",
    Problem.SPENDING_LIMIT: over_spending_limit,
    Problem.TOO_MANY_DRAFTS: "You keep as many drafts as you may. Send or discard one of them first.",
    Problem.MEMBERS_ONLY: "Only members can do this.",
    Problem.CLOSED_TO_REPLIES: "This discussion is closed to replies.",
    Problem.RENEWAL_UNDER_WAY: (
        "Your month's own payment is under way. Try again when it has gone through, or cancel."
    ),
    Problem.STAFF_ROLE: lambda p: f"Only {p['roles']} can do this.",
    Problem.OVER_THE_REST: lambda p: (
        f"That is nothing, or more than is left: {p['rest']} can go back."
    ),
    Problem.OTHER_CURRENCY: other_currency_text,
    Problem.NOT_A_NUMBER: _not_a_number,
    Problem.NOT_A_LIMIT: not_a_limit,
    Problem.NOT_A_KEY: "This form was sent without its number. Reload the page and try again.",
    Problem.TOO_MANY_KEYS: lambda p: (
        f"You hold {p['most']} keys, as many as you may. Revoke one first."
    ),
    Problem.AMOUNT_NOT_POSITIVE: "This needs at least 1 Connect.",
    Problem.AMOUNT_TOO_LARGE: lambda p: (
        f"That is more than the {p['most']:,} Connects that can be kept."
    ),
    Problem.COST_OUT_OF_RANGE: "What they cost cannot be less than nothing, or as much as that.",
    Problem.EXPIRED_ALREADY: "These Connects would have expired before they arrive.",
    Problem.AHEAD_OF_TIME: lambda p: (
        f"This would take effect at {p['effective']}, more than a day from now. Check the clock."
    ),
    Problem.WALLET_UNKNOWN: "We cannot find a wallet for that account. Check its handle.",
    Problem.SPEND_UNKNOWN: "We cannot find what was spent there. Choose a line of the account's history.",
    Problem.NOT_A_SPEND: "Only Connects that were spent can come back. Choose a line of spending.",
    Problem.HOLD_UNKNOWN: "We cannot find what was held there. Choose a line that holds Connects.",
    Problem.HELD_NO_LONGER: lambda p: (
        f"The {p['held']} Connects that were set aside are not held any more. Send it again."
    ),
    Problem.RETURNED_MORE_THAN_SPENT: lambda p: (
        f"Of the {p['spent']} Connects that were spent, {p['returned']} came back already."
        " No more than the rest can."
    ),
    Problem.LOT_UNKNOWN: "We cannot find these Connects on the account. Choose them from its history.",
    Problem.LOT_CAME_BACK: "These Connects came back; take back what they were bought in.",
    Problem.LOT_REVERSED: "These Connects were taken back already.",
    Problem.MORE_THAN_ISSUED: "That is more than there were of these Connects.",
    Problem.REFUND_OUT_OF_RANGE: "A refund is more than nothing, and no more than the price.",
    Problem.NOT_A_REVERSAL: "Nothing was taken back there that could be put back.",
    Problem.REVERSAL_UNDONE: "What was taken back there is back already.",
    Problem.MORE_THAN_IS_LEFT: lambda p: (
        f"Only {p['left']} of these Connects are left. What was spent is not taken back."
    ),
    Problem.MORE_THAN_IS_OWED: lambda p: f"The account owes {p['debt']} Connects, no more.",
    Problem.UNKNOWN_ROLE: lambda p: f"There is no such role. Choose one of: {p['roles']}.",
    Problem.NOT_AN_EMAIL: "Enter an e-mail address, such as ana@example.com.",
    Problem.NOT_ON_THE_STAFF: "Nobody on the staff has this e-mail address.",
    Problem.STAFF_ALREADY: lambda p: f"This person is on the staff already, as {p['role']}.",
    Problem.USED_OR_OLD: "This link does not work any more. Ask an operator for a new one.",
    Problem.UNKNOWN_ACCOUNTS: lambda p: (
        f"{p['count']} of the accounts in the list are not known: {p['accounts']}"
        f"{' and others' if int(p['count'] or 0) > str(p['accounts']).count(',') + 1 else ''}."
    ),
    Problem.OVERLAPPING: lambda p: (
        f"{p['count']} of these accounts are on their way to other rules already."
        " Wait for that rollout, or roll it back first."
    ),
    Problem.LESS_THAN_NOTICE: lambda p: (
        f"Cohort {p['cohort']} would have less than the promised notice;"
        f" the earliest date is {instant_text(p['earliest'])}."
    ),
    Problem.TOO_MANY_SIGN_UPS: too_often_text,
    Problem.TOO_MANY_MESSAGES: too_often_text,
    Problem.TOO_MANY_REPLIES: too_often_text,
    Problem.TOO_MANY_POSTS: too_often_text,
    Problem.TOO_MANY_FLAGS: too_often_text,
    Problem.TOO_MANY_TRIES: too_often_text,
    Problem.TOO_MANY_INVITATIONS: too_many_invitations_text,
    Problem.CEILING: "Your auto top-up has reached its monthly ceiling. Raise it, or wait a month.",
}
"""By their problems; to be followed by what became of the request."""


def problem_text(code: str) -> str:
    """What is wrong with a field, to follow its name."""
    words = PROBLEMS.get(code)
    return words.text if isinstance(words, OfField) else "is not valid"


def field_problem_text(field: str, parameters: Parameters) -> str:
    """What is wrong with a field as programs name it, to stand in a list."""
    if is_about_field(parameters):
        return f"{field} {problem_text(str(parameters.get('problem')))}"
    return problem_sentence(parameters).rstrip(".")


def is_about_field(parameters: Parameters) -> bool:
    """Whether the problem is one with a field, and not a sentence of its own."""
    return isinstance(PROBLEMS.get(str(parameters.get("problem")), _UNKNOWN), OfField)


def problem_sentence(parameters: Parameters) -> str:
    """The problem that a refusal names, as a sentence."""
    words = PROBLEMS.get(str(parameters.get("problem")), _UNKNOWN)
    if isinstance(words, str):
        return words
    if not isinstance(words, OfField):
        return words(parameters)
    text = words.text
    if parameters.get("problem") == Problem.TOO_LONG and "most" in parameters:
        text += f": use at most {int(parameters['most'] or 0):,} characters"
    if parameters.get("problem") == Problem.TOO_LARGE and "at_most" in parameters:
        text += f": enter at most {parameters['at_most']}"
    return f"{_field(parameters)} {text}."
