"""Chances that hang on names instead of on an order: who, when, about what.

Each number is a hash of (seed, who, when, purpose) by splitmix64. So two arms differ only by the rule,
and neither the order of agents nor the number of processes changes anything.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from connects.lab.kernel.compiled import inner

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_WHEN = np.uint64(0xD6E8FEB86659FD93)
_PURPOSE = np.uint64(0xA0761D6478BD642F)
_30, _27, _31, _11, _22, _43 = (np.uint64(bits) for bits in (30, 27, 31, 11, 22, 43))
_21_BITS = np.uint64(2**21 - 1)

# Purposes, so that no two questions share a number.
(
    ACTIVE,
    WHERE,
    SEE,
    MATCH,
    WISH,
    BUY,
    POST,
    WILL,
    KIND_OF_POST,
    NEED,
    LOOK,
    OPENS,
    RELEVANCE,
    SIGNAL,
    RESERVE,
    GIVE_UP,
    FORGET,
    REMOVE,
    INVITE,
    ACCEPT,
    PLACEBO,
    STAY,
    JUDGE,
    LUCKY,
    REPLY,
    CLOSES,
    VISIBLE,
    GROUP_OF,
    APPEAL,
) = range(1, 30)


@inner
def mixed(seed: int, who: int, when: int, purpose: int) -> Any:
    """64 bits that hang on all four."""
    bits = np.uint64(seed) * _GOLDEN + np.uint64(who) * _FIRST
    bits = bits + np.uint64(when) * _WHEN + np.uint64(purpose) * _PURPOSE
    for _ in range(2):
        bits = (bits ^ (bits >> _30)) * _FIRST
        bits = (bits ^ (bits >> _27)) * _SECOND
        bits = bits ^ (bits >> _31)
    return bits


@inner
def uniform(seed: int, who: int, when: int, purpose: int) -> float:
    """A number from 0 up to, not including, 1."""
    return float(mixed(seed, who, when, purpose) >> _11) * 2.0**-53


@inner
def bell(seed: int, who: int, when: int, purpose: int) -> float:
    """About normal, with mean 0 and variance 1: the sum of three uniform numbers from one hash."""
    bits = mixed(seed, who, when, purpose)
    total = (bits >> _43) + ((bits >> _22) & _21_BITS) + (bits & _21_BITS)
    return 2.0 * (float(total) * 2.0**-21 - 1.5)
