"""Finding API clients, for operators."""

from __future__ import annotations

from django.db.models import Prefetch

from connects.market.api_clients.models import ApiClient, ApiClientKey


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
