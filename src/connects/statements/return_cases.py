"""What comes back of so many Connects, for every way in which a proposal can end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from connects.policy.returns import Returns
from connects.vocabulary.amounts import Connects
from connects.vocabulary.returns import JOB_ENDS, ReturnCause, Stage


class ReturnCase(NamedTuple):
    """How much comes back in one case; no `stage` where that makes no difference."""

    cause: ReturnCause
    stage: Stage | None
    credits: Connects


CASES_MOST = 2_000
_known: dict[tuple[int, Connects], tuple[Returns, tuple[ReturnCase, ...]]] = {}
"""The cases by clause and what was paid, since every quote asks for them.

With the clause itself, or another one might be met at its address.
"""


def return_cases(returns: Returns, paid: Connects) -> tuple[ReturnCase, ...]:
    """How much of what was paid comes back, for every way in which a proposal can end."""
    key = (id(returns), paid)
    known = _known.get(key)
    if known is not None:
        return known[1]
    if len(_known) >= CASES_MOST:
        _known.clear()
    cases = tuple(
        ReturnCase(cause, stage, returns.comes_back(cause, paid, stage or Stage.UNOPENED))
        for cause, stage in _ways_to_end(returns)
    )
    _known[key] = (returns, cases)
    return cases


def _ways_to_end(returns: Returns) -> Iterator[tuple[ReturnCause, Stage | None]]:
    for cause in JOB_ENDS:
        if cause is ReturnCause.CLOSED_LATE and returns.closed_late is None:
            continue
        if returns.share(cause).is_flat:
            yield cause, None
        else:
            yield from ((cause, stage) for stage in Stage)
    for cause in (ReturnCause.UNREAD, ReturnCause.INVITED_LATER, ReturnCause.WITHDRAWN):
        if returns.percent(cause, Stage.UNOPENED):
            yield cause, None
