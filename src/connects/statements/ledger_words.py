"""Words for what the journal refuses, and for what staff correct in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from connects.vocabulary.refusals import Parameter

Parameters = Mapping[str, Parameter]
Words = Callable[[Parameters], str]

INVALID: dict[str, Words] = {
    "amount_not_positive": lambda _: "This needs at least 1 Connect.",
    "amount_too_large": lambda p: f"That is more than the {p['most']:,} Connects that can be kept.",
    "cost_out_of_range": lambda _: (
        "What they cost cannot be less than nothing, or as much as that."
    ),
    "expired_already": lambda _: "These Connects would have expired before they arrive.",
    "ahead_of_time": lambda p: (
        f"This would take effect at {p['effective']}, more than a day from now. Check the clock."
    ),
    "wallet_unknown": lambda _: "There is no wallet of that account.",
    "spend_unknown": lambda _: "Nothing was spent there that could come back.",
    "not_a_spend": lambda _: "Only what was spent can come back.",
    "returned_more_than_spent": lambda p: (
        f"Of the {p['spent']} Connects that were spent, {p['returned']} came back already."
    ),
    "lot_unknown": lambda _: "There are no such Connects on this account.",
    "lot_came_back": lambda _: "These Connects came back; take back what they were bought in.",
    "lot_reversed": lambda _: "These Connects were taken back already.",
    "more_than_issued": lambda _: "That is more than there were of these Connects.",
    "refund_out_of_range": lambda _: "A refund is more than nothing, and no more than the price.",
    "not_a_reversal": lambda _: "Nothing was taken back there that could be put back.",
    "reversal_undone": lambda _: "What was taken back there is back already.",
    "more_than_is_left": lambda p: (
        f"Only {p['left']} of these Connects are left. What was spent is not taken back."
    ),
    "more_than_is_owed": lambda p: f"The account owes {p['debt']} Connects, no more.",
}
"""By their problems; to be followed by what became of the request."""


NOTICES: dict[str, Words] = {
    "connects-voided": lambda p: (
        f"{p['connects']} Connects were taken back: {p['reason']}. You now hold {p['balance']}."
    ),
    "connects-coming": lambda p: (
        f"You get {p['connects']} Connects from us: {p['about']}. They arrive on"
        f" {datetime.fromisoformat(str(p['starts'])):%d %B %Y, %H:%M} UTC."
    ),
    "debt-written-off": lambda p: (
        f"{p['connects']} of the Connects that you owed are forgiven: {p['reason']}."
        f" You now owe {p['debt']}."
    ),
}

SUBJECTS: dict[str, str] = {
    "connects-voided": "Connects were taken back",
    "connects-coming": "Connects are on their way to you",
    "debt-written-off": "You owe less",
}


def gone_at_once(parameters: Parameters) -> str:
    """What of a return had passed its expiry date by then, to follow the sentence about it."""
    expired = int(parameters.get("expired") or 0)
    if not expired:
        return ""
    some = "They" if expired == parameters["connects"] else f"{expired} of them"
    return f" {some} had passed their expiry date by then, so they expired at once."
