"""A synchronous client, and an asynchronous one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Self

import httpx

from connects_client.answers import aread_and_raise, read_and_raise
from connects_client.generated.client import AuthenticatedClient
from connects_client.generated.models.delivery_document import DeliveryDocument
from connects_client.generated.models.entry_document import EntryDocument
from connects_client.generated.models.event_document import EventDocument
from connects_client.generated.models.event_page import EventPage
from connects_client.generated.models.list_entries_order import ListEntriesOrder
from connects_client.generated.models.lot_document import LotDocument
from connects_client.generated.operations import AsyncOperations, Operations
from connects_client.generated.types import UNSET, Unset
from connects_client.pages import aeach, each
from connects_client.retries import AsyncRetryingTransport, Retries, RetryingTransport


class Connects(Operations):
    """Connects, asked with a server key: `Connects("https://connects.example", "csk_live_…")`.

    One for the whole program, which any thread may use: it keeps its connections. Give a
    `transport` for a proxy or a stand-in.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        retries: Retries | None = None,
        timeout_seconds: float = 10,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        inner = transport or httpx.HTTPTransport()
        patient = RetryingTransport(inner, retries or Retries())
        self.api = _api(url, key, timeout_seconds, patient, read_and_raise)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.api.get_httpx_client().close()

    def entries(
        self, account: str, *, order: ListEntriesOrder | Unset = UNSET
    ) -> Iterator[EntryDocument]:
        """Each line of an account's history."""
        return each(lambda cursor: self.list_entries(account, cursor=cursor, order=order))

    def lots(self, account: str) -> Iterator[LotDocument]:
        """Each open lot, in the order in which they are spent."""
        return each(lambda cursor: self.list_lots(account, cursor=cursor))

    def webhook_deliveries(self, endpoint: str) -> Iterator[DeliveryDocument]:
        """Each delivery of the last 30 days, newest first."""
        return each(lambda cursor: self.list_webhook_deliveries(endpoint, cursor=cursor))

    def event_pages(
        self, after: str | None = None, *, types: Iterable[str] = (), account: str | None = None
    ) -> Iterator[EventPage]:
        """What has happened since a cursor, until now. Keep a page's `next_` with what you make of it."""
        while True:
            page = self.list_events(after=after, types=",".join(types), account=account)
            if page.items:
                yield page
            after = page.next_
            if not page.has_more:
                return

    def events(
        self, after: str | None = None, *, types: Iterable[str] = (), account: str | None = None
    ) -> Iterator[EventDocument]:
        """Each event since a cursor, until now."""
        for page in self.event_pages(after, types=types, account=account):
            yield from page.items


class AsyncConnects(AsyncOperations):
    """The same, awaited: `async with AsyncConnects(url, key) as connects: …`."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        retries: Retries | None = None,
        timeout_seconds: float = 10,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        inner = transport or httpx.AsyncHTTPTransport()
        patient = AsyncRetryingTransport(inner, retries or Retries())
        self.api = _api(url, key, timeout_seconds, patient, aread_and_raise)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self.api.get_async_httpx_client().aclose()

    def entries(
        self, account: str, *, order: ListEntriesOrder | Unset = UNSET
    ) -> AsyncIterator[EntryDocument]:
        """Each line of an account's history."""
        return aeach(lambda cursor: self.list_entries(account, cursor=cursor, order=order))

    def lots(self, account: str) -> AsyncIterator[LotDocument]:
        """Each open lot, in the order in which they are spent."""
        return aeach(lambda cursor: self.list_lots(account, cursor=cursor))

    def webhook_deliveries(self, endpoint: str) -> AsyncIterator[DeliveryDocument]:
        """Each delivery of the last 30 days, newest first."""
        return aeach(lambda cursor: self.list_webhook_deliveries(endpoint, cursor=cursor))

    async def event_pages(
        self, after: str | None = None, *, types: Iterable[str] = (), account: str | None = None
    ) -> AsyncIterator[EventPage]:
        """What has happened since a cursor, until now. Keep a page's `next_` with what you make of it."""
        while True:
            page = await self.list_events(after=after, types=",".join(types), account=account)
            if page.items:
                yield page
            after = page.next_
            if not page.has_more:
                return

    async def events(
        self, after: str | None = None, *, types: Iterable[str] = (), account: str | None = None
    ) -> AsyncIterator[EventDocument]:
        """Each event since a cursor, until now."""
        async for page in self.event_pages(after, types=types, account=account):
            for event in page.items:
                yield event


def _api(
    url: str, key: str, timeout_seconds: float, transport: object, hook: Callable[..., Any]
) -> AuthenticatedClient:
    return AuthenticatedClient(
        base_url=url.rstrip("/"),
        token=key,
        timeout=httpx.Timeout(timeout_seconds),
        httpx_args={"transport": transport, "event_hooks": {"response": [hook]}},
    )
