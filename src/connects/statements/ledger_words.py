"""What the journal itself refuses, in words: amounts, lots, spends and debts that do not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from connects.vocabulary.refusals import Parameter

INVALID: dict[str, Callable[[Mapping[str, Parameter]], str]] = {
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
