"""Words for what staff correct in the ledger, and for what a return says of it."""

from __future__ import annotations

from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _


def gone_at_once(parameters: Parameters) -> str:
    """What of a return had passed its expiry date by then, to follow the sentence about it."""
    expired = int(parameters.get("expired") or 0)
    if not expired:
        return ""
    if expired == parameters["connects"]:
        return _(" They had passed their expiry date by then, so they expired at once.")
    return _(
        " {expired} of them had passed their expiry date by then, so they expired at once.",
        expired=expired,
    )
