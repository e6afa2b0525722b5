"""Which client a server key belongs to; asked at each call, so cached for a second."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db.models import F

from connects.market.api_clients.client_cache import CachedClients
from connects.market.api_clients.models import ApiClient, ApiClientKey
from connects.market.compiled import Compiled
from connects.market.key_digest import digest_of

PREFIX = "csk_"
_KEY = re.compile(r"csk_(?:live|test)_[0-9a-f]{8}_[0-9a-f]{64}")


_cached = CachedClients()


def cache_clients() -> None:
    """Ask for a key once a second, not once a call, in this process from now on.

    A key that is revoked stops working within a second.
    """
    _cached.is_on = True


def last_known(key: str) -> ApiClient | None:
    """The client of a key that worked when it came last, in this process; not whether it does still."""
    return _cached.last_known(digest_of(key)) if key.startswith(PREFIX) else None


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
        _cached.forget(digest)
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
