"""How fast something is done, with what it is done to made up off the clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any


def per_second(write: Callable[[Any], None], batches: Iterator[Any], size: int) -> float:
    """How many rows of the batches are written in a second, each batch made up off the clock."""
    written, spent = 0, 0.0
    for batch in batches:
        began = time.perf_counter()
        write(batch)
        spent += time.perf_counter() - began
        written += size
    return written / spent
