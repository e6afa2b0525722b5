"""Words for what staff correct in the ledger, and for what a return says of it."""

from __future__ import annotations

from connects.vocabulary.refusals import Parameters
from connects.wording.messages import ngettext


def gone_at_once(parameters: Parameters) -> str:
    """What of a return had passed its expiry date by then, to follow the sentence about it."""
    expired = int(parameters.get("expired") or 0)
    if not expired:
        return ""
    if all_gone_at_once(parameters):
        return ngettext(
            " It had passed its expiry date by then, so it expired at once.",
            " They had passed their expiry date by then, so they expired at once.",
            expired,
        )
    return ngettext(
        " {n} of them had passed its expiry date by then, so it expired at once.",
        " {n} of them had passed their expiry date by then, so they expired at once.",
        expired,
    )


def all_gone_at_once(parameters: Parameters) -> bool:
    """Whether all of a return had passed its expiry date, so that nothing of it can be used."""
    expired = parameters.get("expired")
    return bool(expired) and expired == parameters["connects"]
