"""Marks on a plot's axis: round numbers that hold between its ends."""

from __future__ import annotations

import math

from connects.wording.figures import decimals

STEPS = (1, 2, 2.5, 5, 10)


def marks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, some `about` of them, evenly apart."""
    span = high - low if high > low else abs(high) or 1.0
    rough = span / about
    scale = 10 ** math.floor(math.log10(rough))
    step = next(scale * each for each in STEPS if scale * each >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, max(last, first + 1) + 1)]


def mark_text(number: float) -> str:
    """A mark's number, with as many digits as it has, at most six."""
    size = math.floor(math.log10(abs(number))) if number else 0
    places = max(5 - size, 0)
    digits = f"{number:.{places}f}".rstrip("0").partition(".")[2] if places else ""
    return decimals(number, len(digits))
