"""Holding what was expected against what is so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from connects.vocabulary.moments import as_moment

# What only confirms to members what they did themselves, as a receipt does: an empty list allows it.
_CONFIRMING = frozenset({"plan-begun"})

# These lines lower a balance. Their credits may be written with the sign or as a plain size.
_TAKING = frozenset({"spend", "boost", "hold", "expire", "forfeit", "reverse"})


def agrees(expected: Any, got: Any) -> bool:
    """Whether an answer is what was expected: tables by the keys that are asked, dates as instants."""
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and _table_agrees(expected, got)
    if isinstance(expected, list):
        if not isinstance(got, list) or len(expected) != len(got):
            return False
        return all(agrees(e, g) for e, g in zip(expected, got, strict=True))
    if isinstance(expected, date):
        return isinstance(got, date) and as_moment(expected) == as_moment(got)
    if isinstance(expected, bool) or isinstance(got, bool):
        return expected is got
    return bool(expected == got)


def _table_agrees(expected: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    return all(
        key in got and (agrees(value, got[key]) or _same_size(expected, key, value, got[key]))
        for key, value in expected.items()
    )


def _same_size(expected: Mapping[str, Any], key: str, value: Any, got: Any) -> bool:
    is_taking_line = key == "credits" and expected.get("kind") in _TAKING
    return is_taking_line and bool(value == -got)


def history_agrees(expected: list[Any], got: list[Any]) -> bool:
    """A list that is shorter than the history is held against its newest lines."""
    return len(expected) <= len(got) and agrees(expected, got[: len(expected)])


def told_in_order(expected: list[str], got: list[str]) -> bool:
    """Every expected notice came, in this order; others may stand between.

    An empty list: none did but those that confirm what the member did.
    """
    if not expected:
        return _CONFIRMING.issuperset(got)
    told = iter(got)
    return all(code in told for code in expected)


def reasons_agree(expected: list[str], got: list[str]) -> bool:
    """Every expected reason is among those given."""
    return set(expected) <= set(got)
