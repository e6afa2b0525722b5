"""The day's root: the worker makes it in its first turn of the day (UTC)."""

from __future__ import annotations

from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.bootstrap.signers import root_signer
from connects.journal.models import Root
from connects.journal.proof.roots.make import is_made, make_root


def make_todays_root() -> Root | None:
    """Make today's root; None if there is one already.

    It is no source of due work, since it belongs to no past instant: roots that a worker missed while
    it was down for a week cannot be signed as of then. Raises ValueError if the key cannot be used.
    """
    now = clock_now()
    if is_made(now.date()):
        return None
    return make_root(journal(), root_signer(), now)
