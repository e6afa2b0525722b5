"""Finding API clients, for operators."""

from __future__ import annotations

from django.db.models import Prefetch

from connects.market.api_clients.models import ApiClient, ApiClientKey

ALIKE = len("csk_live_")
"""How many characters all keys begin with; a sandbox's begin with `csk_test_`."""


def client_numbered(number: int) -> ApiClient | None:
    """The client of that number."""
    return ApiClient.objects.filter(pk=number).first()


def live_keys_of(client: ApiClient) -> list[ApiClientKey]:
    """The client's keys that work."""
    return list(client.keys.filter(revoked=None))


def live_keys_beginning(client: ApiClient, typed: str) -> list[ApiClientKey]:
    """The client's keys that work and are meant by a key, or by its beginning.

    Only what is shown of a key tells it from others, so a beginning that all keys share means none.
    """
    if len(typed) <= ALIKE:
        return []
    return [
        key
        for key in live_keys_of(client)
        if key.prefix.startswith(typed) or typed.startswith(f"{key.prefix}_")
    ]


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
