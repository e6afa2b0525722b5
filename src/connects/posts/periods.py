"""By what time an amount is paid: sums for a month or a year are neither budgets nor rates."""

from __future__ import annotations

from connects.posts.unreadable import CellProblem
from connects.posts.words import KINDS, word_of

_HOUR_WORDS = frozenset("hour hours hr hrs h hourly stunde hora heure".split())
_JOB_WORDS = frozenset("job project task total once one_time onetime".split())
_PERIODS = frozenset(
    "day daily week weekly month monthly year yearly annual annum annually".split()
)


def period_word(text: str) -> str:
    """By what an amount is paid: `hour`, or `job`. Raises CellProblem for whatever is neither."""
    word = paid_by(text)
    if word not in _PERIODS:
        return word
    raise CellProblem(f"only sums for a whole job or for an hour are priced, not {text[:40]!r}")


def paid_by(text: str) -> str:
    """`hour`, `job`, or the word for a longer time."""
    word = word_of(text).removeprefix("per_").removeprefix("by_").removeprefix("the_")
    if word in _HOUR_WORDS or KINDS.get(word) == "hourly":
        return "hour"
    if word in _JOB_WORDS or KINDS.get(word) == "fixed":
        return "job"
    if word.rstrip("s") in _PERIODS:
        return word.rstrip("s")
    raise CellProblem(f"expected hour, job or a longer time, found {text[:40]!r}")
