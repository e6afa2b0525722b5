"""The verbs of a scenario file and their keys: the format's contract as a table.

Each verb names the keys of the format that this version cannot play (`later`); a file that uses one is
refused by its name, never half played.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """The keys that a verb must have, may have, and those that this version cannot play yet."""

    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        return self.required | self.optional | self.later


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


_POST = "budget budget_open hourly duration hours_per_week level category"

VERBS = {
    "register": Verb(_keys("account kind"), _keys("country policy badges owner")),
    "badge": Verb(_keys("account"), _keys("add remove")),
    "enrol": Verb(_keys("account policy"), _keys("notice")),
    "subscribe": Verb(_keys("account plan"), _keys("pay_with key as")),
    "cancel": Verb(_keys("account"), _keys("plan at_once")),
    "method": Verb(_keys("account"), _keys("default declines")),
    "buy": Verb(_keys("account"), _keys("bundle credits pay_with as key")),
    "refund": Verb(_keys("purchase"), _keys("amount")),
    "refund_at_provider": Verb(_keys("purchase"), _keys("amount")),
    "refund_fails": Verb(_keys("purchase"), _keys("amount")),
    "chargeback": Verb(_keys("purchase"), _keys("amount")),
    "dispute_won": Verb(_keys("purchase"), _keys("amount")),
    "earn": Verb(_keys("account amount")),
    "reserve": Verb(_keys("account amount")),
    "payout": Verb(_keys("account"), _keys("amount")),
    "provider": Verb(_keys("account state")),
    "top_up": Verb(_keys("account below"), _keys("bundle most")),
    "tax": Verb(_keys("country percent"), _keys("name")),
    "promo": Verb(_keys("account code"), _keys("connects")),
    "void": Verb(_keys("account credits reason")),
    "freeze": Verb(_keys("account")),
    "revive": Verb(_keys("account")),
    "limit": Verb(_keys("account connects"), _keys("member")),
    "appeal": Verb(_keys("job account"), _keys("reason")),
    "decide": Verb(_keys("job account outcome")),
    "reopen": Verb(_keys("job")),
    "reinstate": Verb(_keys("account")),
    "offer": Verb(_keys("job account")),
    "accept": Verb(_keys("job account")),
    "grant": Verb(_keys("account credits reason"), _keys("expires")),
    "join": Verb(_keys("account agency")),
    "leave": Verb(_keys("account agency")),
    "cloud": Verb(_keys("name client members")),
    "post": Verb(_keys("job client kind"), _keys(f"{_POST} cloud")),
    "demand": Verb(_keys("category index")),
    "edit": Verb(_keys("job"), _keys(f"kind {_POST}"), _keys("client cloud")),
    "invite": Verb(_keys("job account")),
    "decline_invite": Verb(_keys("job account")),
    "quote": Verb(_keys("job account"), _keys("expect as_agency")),
    "propose": Verb(_keys("job account"), _keys("key max_connects as_agency"), _keys("boost")),
    "hold": Verb(_keys("job account for"), _keys("key max_connects as_agency")),
    "submit": Verb(_keys("job account")),
    "withdraw": Verb(_keys("job account")),
    "open": Verb(_keys("job account")),
    "shortlist": Verb(_keys("job account")),
    "message": Verb(_keys("job account")),
    "answer": Verb(_keys("job account")),
    "verify_client": Verb(_keys("account")),
    "decline": Verb(_keys("job account")),
    "hire": Verb(_keys("job account")),
    "close": Verb(_keys("job"), _keys("reason")),
    "flag": Verb(_keys("job"), _keys("by reason")),
    "remove": Verb(_keys("job"), _keys("by reason")),
    "dismiss": Verb(_keys("job"), _keys("by reason")),
    "suspend": Verb(_keys("account")),
    "wait": Verb(_keys("for")),
    "expect": Verb(frozenset(), _keys("account job proposal ledger")),
}

QUESTIONS = {
    "account": Verb(
        _keys("account"),
        _keys(
            "balance held lots spent returned expired forfeited plan renews per_month policy debt history"
            " notices earnings reserve"
        ),
    ),
    "job": Verb(_keys("job"), _keys("status connects band proposals value reasons flags")),
    "proposal": Verb(_keys("proposal"), _keys("status paid returned"), _keys("rank")),
    "ledger": Verb(_keys("ledger")),
}
