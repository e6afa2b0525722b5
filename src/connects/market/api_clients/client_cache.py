"""API clients that called a moment ago, cached in one process."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connects.market.api_clients.models import ApiClient

CACHED_FOR = timedelta(seconds=1)
CACHED_MOST = 1_000


@dataclass(slots=True)
class CachedClients:
    """Clients that called within the last second, by their keys' digests, in this process."""

    is_on: bool = False
    clients: dict[str, tuple[datetime, ApiClient]] = field(default_factory=dict)

    def client(self, digest: str, now: datetime) -> ApiClient | None:
        found = self.clients.get(digest)
        return found[1] if found and timedelta() <= now - found[0] < CACHED_FOR else None

    def last_known(self, digest: str) -> ApiClient | None:
        """The client whose key worked when it came last, however long ago."""
        found = self.clients.get(digest)
        return found[1] if found else None

    def forget(self, digest: str) -> None:
        self.clients.pop(digest, None)

    def add(self, digest: str, client: ApiClient, now: datetime) -> None:
        if self.is_on:
            if len(self.clients) >= CACHED_MOST:
                self.clients.clear()
            self.clients[digest] = (now, client)
