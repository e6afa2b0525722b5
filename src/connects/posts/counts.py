"""Counts, means and sums that are only a fact of the client: `12 reviews`, `4.95 of 5`, `$60K+ spent`."""

from __future__ import annotations

import math
import re

from connects.posts.tables import PLAIN_UNDER
from connects.posts.unreadable import CellProblem

_BARE_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_NUMBER = re.compile(
    r"(-?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?![\d.,])"
    r"|-?\d{1,3}(?:\.\d{3})*,\d{1,2}(?!\d)"
    r"|-?\d[\d,\u00a0 ]*(?:\.\d+)?(?:e\d+)?)\s?([km](?![a-z]))?"
)


def number_of(text: str) -> float:
    """A count or a mean, out of `12 reviews`, `4.95 of 5`, `$60K+ spent`; the first number that is there.

    Whole numbers of a usual size are ints. Raises CellProblem where there is none.
    """
    if _BARE_NUMBER.fullmatch(text):
        return _whole_if_it_is(float(text))
    match = _NUMBER.search(text.casefold())
    if match is None:
        if re.match(r"no\b|none", text.casefold()):
            return 0
        raise CellProblem(f"expected a number, found {text[:40]!r}")
    number = float(_with_point(match[1].strip()))
    number *= {"k": 1e3, "m": 1e6}.get(match[2] or "", 1)
    if not math.isfinite(number):
        raise CellProblem(f"expected a number, found {text[:40]!r}")
    return _whole_if_it_is(number)


def _with_point(digits: str) -> str:
    """`1,234.50` and `1.234,50` alike, `4,95` stars, and `1.234.567`."""
    digits = re.sub(r"[\u00a0 ]", "", digits)
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+,\d{1,2}|-?\d{1,3}(?:\.\d{3}){2,}", digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"-?\d+,\d{1,2}", digits):
        return digits.replace(",", ".")
    return digits.replace(",", "")


def _whole_if_it_is(number: float) -> float:
    return int(number) if number.is_integer() and abs(number) < PLAIN_UNDER else number
