"""Words for what staff correct in the ledger, and for what a return says of it."""

from __future__ import annotations

from connects.statements.words import Words, instant_text
from connects.vocabulary.refusals import Parameters

NOTICES: dict[str, Words] = {
    "connects-voided": lambda p: (
        f"{p['connects']} Connects were taken back: {p['reason']}. You now hold {p['balance']}."
    ),
    "connects-coming": lambda p: (
        f"You get {p['connects']} Connects from us: {p['about']}. They arrive on"
        f" {instant_text(p['starts'])}."
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
