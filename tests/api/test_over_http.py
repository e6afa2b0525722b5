"""The API by the server that operators run: real connections, and many of them at one time."""

import json
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from connects.bootstrap.clock import now
from tests.api.calling import DRAFT, key_for
from tests.market.people import town
from tests.servers.site import serving

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_program_gets_prices_by_its_key(address: str) -> None:
    here = town()
    headers = {"Authorization": f"Bearer {key_for(here.client).secret}"}
    with (
        serving(address) as site,
        httpx.Client(base_url=f"{site}/api/v1", headers=headers, timeout=60) as program,
    ):
        live = program.get(f"/posts/{here.job.public_id}/price")
        draft = program.post("/prices", json=DRAFT)
        nothing = program.post("/prices", headers={"Content-Type": "application/json"})
        document = program.get("/openapi.json")
        page = httpx.get(f"{site}/api/v1/docs")

    assert live.json()["price"]["connects"] == 4
    assert draft.json()["price"]["connects"] == 5
    assert draft.headers["Cache-Control"] == "no-store"
    assert (nothing.status_code, nothing.json()["code"]) == (422, "invalid")
    assert nothing.json()["parameters"] == {"problems": [{"field": "body", "problem": "required"}]}
    assert document.json()["openapi"].startswith("3.1")
    assert page.status_code == 200


def on_the_wire(site: str, request: bytes) -> tuple[bytes, bytes]:
    """The status line and the body that a server answers to these very bytes."""
    where = urlsplit(site)
    with socket.create_connection((where.hostname, where.port), timeout=10) as wire:
        wire.sendall(request)
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.splitlines()[0], body


def test_an_address_that_no_one_types_is_not_found_in_json(address: str) -> None:
    secret = key_for(town().client).secret
    with serving(address) as site:
        for path in (
            "/api/v1/posts/%00/price",
            "/api/v1/posts/%ff%fe/price",
            "/api/%2e%2e/%2e%2e/etc/passwd",
            "/api/v1/posts/..%2f..%2f/price",
        ):
            head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            request = f"{head}Authorization: Bearer {secret}\r\n\r\n"
            status, body = on_the_wire(site, request.encode())
            assert b" 404 " in status, path
            assert json.loads(body)["code"] == "not_found"


def test_of_many_calls_at_one_time_as_many_pass_as_may(address: str) -> None:
    here = town()
    headers = {"Authorization": f"Bearer {key_for(here.client).secret}"}
    with serving(address, CONNECTS_API_CALLS="7") as site:
        price = f"{site}/api/v1/posts/{here.job.public_id}/price"

        def call(_: int) -> int:
            return httpx.get(price, headers=headers, timeout=60).status_code

        began = now().minute
        with ThreadPoolExecutor(6) as callers:
            statuses = Counter(callers.map(call, range(24)))
        ended = now().minute

    assert statuses.keys() == {200, 429}
    # Where a minute ends in between, the next one lets as many in again.
    assert statuses[200] == 7 if began == ended else 7 <= statuses[200] <= 14
