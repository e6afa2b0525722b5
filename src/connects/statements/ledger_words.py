"""Words for what staff correct in the ledger, and for what a return says of it."""

from __future__ import annotations

from connects.vocabulary.refusals import Parameters


def gone_at_once(parameters: Parameters) -> str:
    """What of a return had passed its expiry date by then, to follow the sentence about it."""
    expired = int(parameters.get("expired") or 0)
    if not expired:
        return ""
    some = "They" if expired == parameters["connects"] else f"{expired} of them"
    return f" {some} had passed their expiry date by then, so they expired at once."
