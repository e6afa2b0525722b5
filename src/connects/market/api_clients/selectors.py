"""Which client a server key belongs to, and which clients there are."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from django.db.models import Prefetch

from connects.market.api_clients.models import ApiClient, ApiClientKey

PREFIX = "csk_"
_KEY = re.compile(r"csk_(?:live|test)_[0-9a-f]{8}_[0-9a-f]{64}")


def server_key_digest(key: str) -> str:
    """What is kept of a server key: its SHA-256, as hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()


def client_of(key: str, now: datetime) -> ApiClient | None:
    """The client of a key that works, with one query; the day of the key's use is noted.

    None for what is no server key, or was revoked, alone or with its client.
    """
    if _KEY.fullmatch(key) is None:
        return None
    rows = ApiClientKey.objects.filter(digest=server_key_digest(key), revoked=None)
    found = rows.filter(client__revoked=None).select_related("client").first()
    if found is None:
        return None
    if found.last_used != now.date():
        ApiClientKey.objects.filter(pk=found.pk).update(last_used=now.date())
    return found.client


def client_numbered(number: int) -> ApiClient | None:
    """The client of that number."""
    return ApiClient.objects.filter(pk=number).first()


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
