"""The day's root: the worker makes it in its first turn of the day (UTC)."""

from __future__ import annotations

from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.bootstrap.signers import root_signer
from connects.journal.models import Root
from connects.journal.proof.roots.make import is_made, make_root


def make_todays_root() -> Root | None:
    """Make the root of today; None where there is one already.

    It is no source of due work, since it belongs to no past instant: what a worker that was down for a
    week has missed to sign, nobody can sign as of then. Raises ValueError where the key is of no use.
    """
    now = clock_now()
    if is_made(now.date()):
        return None
    return make_root(journal(), root_signer(), now)
