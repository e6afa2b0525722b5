"""Count this process's calls to providers, and what came of them."""

from __future__ import annotations

from collections import Counter
from threading import Lock

_made: Counter[str] = Counter()
_lock = Lock()


def note_call(provider: str, outcome: str) -> None:
    """Count a call: `answered` (with whatever), or `failed` if nothing usable came back."""
    with _lock:
        _made[f"{provider} {outcome}"] += 1


def calls_made() -> dict[str, int]:
    """The counts since this process began, by provider and outcome with a blank between."""
    with _lock:
        return dict(_made)
