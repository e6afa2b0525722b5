"""The words for what is wrong with a field: what to enter instead, to follow the field's name.

    Budget: enter an amount, such as 20 or 12.50.

Blaming nobody, each is an instruction, so that the same words do beside the field itself.
"""

from __future__ import annotations

from connects.statements.words import Spoken
from connects.vocabulary.problems import Problem
from connects.wording.messages import mark

OF_FIELDS: Spoken[str] = Spoken(
    {
        Problem.REQUIRED: mark("fill this in"),
        Problem.TOO_LONG: mark("make it shorter"),
        Problem.NOT_AN_AMOUNT: mark("enter an amount, such as 20 or 12.50"),
        Problem.UNKNOWN: mark("choose one of those offered"),
        Problem.TOO_LARGE: mark("enter less"),
        Problem.NEGATIVE: mark("enter 0 or more"),
        Problem.NOT_POSITIVE: mark("enter more than 0"),
        Problem.BELOW_MINIMUM: mark("enter more; this is under the minimum"),
        Problem.CONTROL_CHARACTERS: mark("take out the characters that cannot be shown"),
        Problem.HIDDEN_CHARACTERS: mark("take out the characters that cannot be seen"),
        Problem.NO_LETTER: mark("enter at least one letter or digit"),
        Problem.IDEMPOTENCY_KEY_REUSED: mark(
            "use another one; this one was used for something else"
        ),
        Problem.HANDLE_TAKEN: mark("choose another one; somebody has this one already"),
        Problem.IN_THE_PAST: mark("enter a time that is still to come"),
        Problem.TAKEN: mark("choose another one; this one is taken"),
        Problem.NOT_PAID: mark(
            "choose a payment whose money is here; this one was never paid, or went back"
        ),
        Problem.IN_TEAM_ALREADY: mark("choose somebody else; this person is in the team already"),
        Problem.NOT_A_TEAM: mark("choose a freelancer, who joins an agency"),
        Problem.NO_WALLET: mark("choose a freelancer or an agency"),
        Problem.PLAN_UNKNOWN: mark("choose a plan that your rules have"),
        Problem.PLAN_HELD: mark("choose another plan; you are on this one already"),
        Problem.PLAN_CHOSEN: mark("choose another plan; you have chosen this one already"),
        Problem.BADGE_NOT_HELD: mark("choose a badge that this account has"),
        Problem.NOT_A_CODE: mark("use 3 to 40 capital letters, digits and hyphens"),
        Problem.NOT_AFTER_BEGIN: mark("choose an end that lies after the beginning"),
        Problem.HELD_ALREADY: mark("choose other rules; these apply to the account already"),
        Problem.MOVE_PENDING: (
            mark("wait for the move that is planned already, or move the account without notice")
        ),
        Problem.UNKNOWN_SCOPE: mark(
            "choose from sync, quote, charge, read, grant, purchase, events and portal"
        ),
        Problem.UNKNOWN_KEY_SCOPE: mark("choose at least one of those that are offered"),
        Problem.NOT_A_NETWORK: mark("enter addresses or networks, such as 10.0.0.0/8"),
        Problem.NOT_AN_ORIGIN: mark(
            "send a site’s address without a path, such as https://shop.example"
        ),
        Problem.NOT_A_URL: mark("enter a whole address, such as https://shop.example/hooks"),
        Problem.NOT_HTTPS: mark("enter an address that begins with https://"),
        Problem.PRIVATE_ADDRESS: (
            mark("enter a public address, or ask the operator to allow networks of yours")
        ),
        Problem.UNKNOWN_EVENT_TYPE: mark("enter types of events, such as wallet.entry"),
        Problem.CLIENT_REVOKED: mark("make another one; this one is revoked for good"),
        Problem.TOO_MANY_SERVER_KEYS: mark("revoke a key first; two of them work already"),
        Problem.SERVER_KEY_UNKNOWN: mark("choose a key that works; the list of clients shows them"),
        Problem.NOT_AN_ID: mark("use 1 to 100 of A–Z, a–z, 0–9 and . _ ~ : -"),
        Problem.NOT_A_LIST: mark("send a list"),
        Problem.OUT_OF_RANGE: mark("keep within the limits that the document states"),
        Problem.NOT_A_TRUTH: mark("send true or false"),
        Problem.NOT_A_MOMENT: mark(
            "send a date and time with its zone, such as 2026-12-31T12:00:00Z"
        ),
        Problem.IN_THE_FUTURE: mark("send a time that has passed"),
        Problem.MORE_THAN_ENDED: mark("count no more than the jobs that ended"),
        Problem.QUOTE_OR_MOST: mark("send it, or max_connects"),
        Problem.CREDITS_OR_BUNDLE: mark("send it, or bundle, and not both"),
        Problem.OTHER_KIND_OF_PAY: mark("leave this out; it is for jobs that pay the other way"),
        Problem.TOO_MANY: mark("use fewer lines"),
        Problem.TOO_MANY_CELLS: mark("use no more cells than the table has columns"),
        Problem.NOT_A_TABLE: mark("use CSV with the columns handle, credits and reason"),
        Problem.NOT_AN_INSTANT: mark("enter a date and time in UTC, such as 2026-12-31T12:00"),
        Problem.TWICE: mark("take this row out; it says the same as one before it"),
        Problem.NOT_A_PERCENTAGE: mark("enter a percentage, such as 12.5"),
        Problem.ABOVE_A_HUNDRED: mark(
            "enter shares that come to 100 percent or less, all together"
        ),
        Problem.WRONG_STATE: mark("reload the page; this cannot be done as it stands now"),
        Problem.TOO_MANY_METHODS: mark("remove one of the ways to pay that you keep first"),
        Problem.GIVEN_TWICE: mark("send this once"),
        Problem.UNKNOWN_FIELD: mark("leave this out; there is no such field"),
        Problem.NOT_TEXT: mark("send text"),
        Problem.NOT_WHOLE: mark("enter a whole number"),
        Problem.NOT_AN_OBJECT: mark("send a JSON object"),
        Problem.NOT_A_DAY: mark("enter a day, such as 2026-11-28"),
        Problem.NOT_A_NAME: mark("use a letter from A to Z or a digit, for its address"),
        Problem.UNREADABLE: mark("check this, and enter it again"),
    }
)

UNHEARD_OF = mark("check this, and enter it in another way")
"""For a problem that has no words of its own."""

NAMES: Spoken[str] = Spoken(
    {
        "account": mark("Account"),
        "accounts": mark("Accounts"),
        "addresses": mark("Addresses"),
        "after": mark("After"),
        "agency": mark("Agency"),
        "amount": mark("Amount"),
        "answer": mark("Answer"),
        "appeal": mark("Appeal"),
        "badge": mark("Badge"),
        "below": mark("When fewer are left"),
        "budget": mark("Budget"),
        "budget_least": mark("Budget from"),
        "budget_most": mark("Budget up to"),
        "bundle": mark("Bundle"),
        "client": mark("Client"),
        "code": mark("Code"),
        "cohorts": mark("Cohorts"),
        "connects": mark("Connects"),
        "correction": mark("Correction"),
        "country": mark("Country"),
        "cover_letter": mark("Letter"),
        "credits": mark("Connects"),
        "days": mark("Days"),
        "effective": mark("Date"),
        "email": mark("E-mail address"),
        "expires": mark("Expiry date"),
        "fixed_cents": mark("Price"),
        "handle": mark("Handle"),
        "hires": mark("Jobs with a hire"),
        "hourly_cents": mark("Rate an hour"),
        "hourly_max": mark("Highest rate"),
        "hourly_min": mark("Lowest rate"),
        "key": mark("Key"),
        "kind": mark("Kind"),
        "language": mark("Language"),
        "letter": mark("Letter"),
        "link": mark("Link"),
        "members": mark("Members"),
        "method": mark("Way to pay"),
        "most": mark("Most a month"),
        "name": mark("Name"),
        "notice_days": mark("Days of notice"),
        "outcome": mark("Outcome"),
        "paid": mark("Paid"),
        "plan": mark("Plan"),
        "policy": mark("Rules"),
        "posted": mark("Posted"),
        "price": mark("Price"),
        "price_least": mark("Connects from"),
        "price_most": mark("Connects up to"),
        "proposals": mark("Proposals at most"),
        "purchase": mark("Payment"),
        "question": mark("Question"),
        "rate": mark("Rate"),
        "rate_least": mark("Rate from"),
        "rate_most": mark("Rate up to"),
        "reason": mark("Reason"),
        "reserve": mark("Reserve"),
        "role": mark("Role"),
        "rollout": mark("Rollout"),
        "row": mark("Row"),
        "rules": mark("Rules"),
        "schedule": mark("Schedule"),
        "scopes": mark("Scopes"),
        "searches": mark("Searches"),
        "seen": mark("Client seen"),
        "share": mark("Share"),
        "shown_to": mark("Shown to"),
        "skills": mark("Skills"),
        "starts": mark("Beginning"),
        "state": mark("State"),
        "table": mark("Table"),
        "text": mark("Text"),
        "title": mark("Title"),
        "types": mark("Types"),
        "url": mark("Address"),
        "version": mark("Version"),
    }
)
"""Fields by their names for programs."""


def field_name(name: object) -> str:
    """A field's name as people read it: `cover_letter` is “Letter”."""
    said = str(name)
    return NAMES.get(said) or said.replace("_", " ").capitalize()
