"""How often a host's server may call, and what every answer tells it of that.

A client's rate is a bucket that holds a second's calls, in memory. Each worker has its own, and two calls
at once may read the same one: a rate here is to stop a loop that has run away, and not an exact number.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from connects.api.callers import Stopped
from connects.market.api_clients.models import ApiClient
from connects.vocabulary.refusals import RefusalCode, Refused


class _Bucket(NamedTuple):
    """How many calls a client has left in this process, as of an instant."""

    left: float
    at: datetime


_buckets: dict[int, _Bucket] = {}


def take_turn(client: ApiClient, now: datetime) -> int:
    """Count a call against the client's rate, and give how many are left. Raises `Stopped` for none."""
    left = calls_left(client, now)
    if left < 1:
        told = {"most": client.calls_a_second, "within_seconds": 1, "retry_after_seconds": 1}
        raise Stopped.by(Refused(RefusalCode.TOO_MANY_CALLS, told))
    _buckets[client.pk] = _Bucket(left - 1, now)
    return int(left - 1)


def calls_left(client: ApiClient, now: datetime) -> float:
    """How many calls the client has left now."""
    most = float(client.calls_a_second)
    held = _buckets.get(client.pk, _Bucket(most, now))
    passed = (now - held.at).total_seconds()
    # A clock that was put back fills it, rather than to lock the client out.
    return most if passed < 0 else min(most, held.left + passed * most)


def rate_headers(client: ApiClient, left: int) -> dict[str, str]:
    """What an answer says of how many calls a second the client has, and how many are left of them."""
    return {
        "RateLimit-Policy": f'"client";q={client.calls_a_second};w=1',
        "RateLimit": f'"client";r={left};t=1',
    }
