"""Idempotency keys: what is asked for twice with one key is done once.

The rule of what a key is stands here alone, for forms, the API and the journal.
"""

from __future__ import annotations

from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

KEY_CHARACTERS = 100


def key_refused(key: str) -> Refused | None:
    """What is wrong with an idempotency key, if anything: it is some 1 to 100 printable characters."""
    is_key = 0 < len(key) <= KEY_CHARACTERS and key.isprintable()
    return None if is_key else invalid(Problem.NOT_A_KEY, field="key")


def key_reused(key: str) -> Refused:
    """The refusal of a key that stands for something else already."""
    return invalid(Problem.IDEMPOTENCY_KEY_REUSED, field="key", key=key)
