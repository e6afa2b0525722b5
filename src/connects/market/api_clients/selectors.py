"""Which client a server key belongs to, and which clients there are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Prefetch

from connects.market.api_clients.models import ApiClient, ApiClientKey
from connects.market.compiled import Compiled
from connects.market.key_digest import digest_of

PREFIX = "csk_"
CACHED_FOR = timedelta(seconds=1)
CACHED_MOST = 1_000
_KEY = re.compile(r"csk_(?:live|test)_[0-9a-f]{8}_[0-9a-f]{64}")


@dataclass(slots=True)
class CachedClients:
    """Clients that called within the last second, by their keys' digests, in this process."""

    is_on: bool = False
    clients: dict[str, tuple[datetime, ApiClient]] = field(default_factory=dict)

    def client(self, digest: str, now: datetime) -> ApiClient | None:
        found = self.clients.get(digest)
        return found[1] if found and timedelta() <= now - found[0] < CACHED_FOR else None

    def add(self, digest: str, client: ApiClient, now: datetime) -> None:
        if self.is_on:
            if len(self.clients) >= CACHED_MOST:
                self.clients.clear()
            self.clients[digest] = (now, client)


_cached = CachedClients()


def cache_clients() -> None:
    """Ask for a key once a second, not once a call, in this process from now on.

    A key that is revoked stops working within a second.
    """
    _cached.is_on = True


def client_of(key: str, now: datetime) -> ApiClient | None:
    """The client of a key that works, with one query at most; the day of the key's use is noted.

    None for what is no server key, or was revoked, alone or with its client.
    """
    if _KEY.fullmatch(key) is None:
        return None
    digest = digest_of(key)
    cached = _cached.client(digest, now)
    if cached is not None:
        return cached
    found: Any = next(iter(_BY_KEY.rows(digest)), None)
    if found is None:
        return None
    if str(found.key_used) != now.date().isoformat():
        ApiClientKey.objects.filter(pk=found.key_id).update(last_used=now.date())
    client: ApiClient = found
    _cached.add(digest, client, now)
    return client


def pin_version(client: ApiClient, version: date) -> date:
    """The version of a client's first call, which it keeps."""
    ApiClient.objects.filter(pk=client.pk, version=None).update(version=version)
    client.version = version  # for the cached client, too
    return version


_BY_KEY = Compiled[ApiClient](
    lambda digest: ApiClient.objects.filter(
        revoked=None, keys__digest=digest[0], keys__revoked=None
    ).annotate(key_id=F("keys__id"), key_used=F("keys__last_used"))
)


def client_numbered(number: int) -> ApiClient | None:
    """The client of that number."""
    return ApiClient.objects.filter(pk=number).first()


def live_keys_of(client: ApiClient) -> list[ApiClientKey]:
    """The client's keys that work."""
    return list(client.keys.filter(revoked=None))


def client_called(name: str) -> ApiClient | None:
    """The client of that name."""
    return ApiClient.objects.filter(name=name).first()


def api_clients() -> list[ApiClient]:
    """Every client with the keys that work (`live_keys`), by name, with two queries."""
    keys = ApiClientKey.objects.filter(revoked=None).order_by("made", "id")
    return list(
        ApiClient.objects.order_by("name").prefetch_related(
            Prefetch("keys", queryset=keys, to_attr="live_keys")
        )
    )
