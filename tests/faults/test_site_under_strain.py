"""The site as processes: its database goes and comes, visitors are slow, and messages are forged."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.migrated import create_migrated_database
from tests.servers.postgres import start, stop, temporary_cluster, try_port
from tests.servers.site import Site, serving, started, until
from tests.servers.web_server import running

pytestmark = pytest.mark.faults

SLOW_VISITORS = 200
HONEST_SECONDS_MOST = 10  # a moment, on a machine that other tests share
TOLD = {
    "paypal-auth-algo": "SHA256withRSA",
    "paypal-cert-url": "https://api.paypal.com/cert",
    "paypal-transmission-id": "made-up",
    "paypal-transmission-sig": "bWFkZSB1cA==",
    "paypal-transmission-time": "2026-01-01T00:00:00Z",
}


def ready(site: Site) -> Any:
    return httpx.get(f"{site.address}/readyz", timeout=60).json()


def test_an_outage_is_said_without_secrets_and_all_is_well_afterwards(tmp_path: Path) -> None:
    with temporary_cluster() as cluster:
        port = start(cluster)
        create_migrated_database(cluster, port)
        settings = {
            "DATABASE_URL": cluster.url(port),
            "CONNECTS_VAR": str(tmp_path / "var"),
            "CONNECTS_LOG_FORMAT": "json",
        }
        try:
            with started("run", "--no-demo", environment=settings) as site:
                until(lambda: ready(site)["ready"])
                stop(cluster)
                must_say_that_it_is_away(site)
                until(lambda: "due work failed" in site.log.read_text())

                assert try_port(cluster, port)
                until(lambda: ready(site)["ready"])
                assert httpx.get(f"{site.address}/rules/", timeout=60).status_code == 200
                said = site.log.read_text()
        finally:
            stop(cluster)

    assert cluster.password not in said
    assert "Traceback" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"timestamp", "level", "event"} <= set.intersection(*map(set, lines))
    assert any("request_id" in line for line in lines)


def must_say_that_it_is_away(site: Site) -> None:
    """Pages and the API say 503 and when to come back; the site is alive, and not ready."""
    page = httpx.get(f"{site.address}/rules/", timeout=60, cookies={"sessionid": "x" * 32})
    assert (page.status_code, page.headers["Retry-After"]) == (503, "10")
    assert "cannot be reached at the moment" in page.text

    answer = httpx.post(
        f"{site.address}/api/v1/prices", json={}, headers={"Authorization": "Bearer k"}, timeout=60
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["Retry-After"]

    assert httpx.get(f"{site.address}/healthz").status_code == 200
    assert ready(site)["database"] == "unavailable"


@contextmanager
def slow_visitors(address: str) -> Iterator[None]:
    """Half of them have said nothing yet, half are amid their headers."""
    port = int(address.rpartition(":")[2])
    with ExitStack() as stack:
        for number in range(SLOW_VISITORS):
            visitor = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            if number % 2:
                visitor.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ")
        yield


def seconds_for_a_page(address: str) -> float:
    begun = time.monotonic()
    assert httpx.get(f"{address}/rules/", timeout=60).status_code == 200
    return time.monotonic() - begun


@pytest.mark.django_db(transaction=True)
def test_slow_visitors_do_not_stop_the_site(address: str) -> None:
    with serving(address) as site:
        seconds_for_a_page(site)  # the first one loads the pages
        with slow_visitors(site):
            assert seconds_for_a_page(site) < HONEST_SECONDS_MOST


@pytest.mark.django_db(transaction=True)
def test_forged_messages_take_few_threads_and_few_seconds(address: str) -> None:
    with running("tests.servers.paypal") as paypal:
        keys = {
            "CONNECTS_PAYPAL_CLIENT": "client",
            "CONNECTS_PAYPAL_SECRET": "secret",
            "CONNECTS_PAYPAL_WEBHOOK": "webhook",
            "CONNECTS_PAYPAL_ADDRESS": paypal.address,
        }
        paypal.tell("faults", how="hang", times=50, seconds=30.0)
        with serving(address, **keys) as site, ThreadPoolExecutor(8) as pool:
            seconds_for_a_page(site)
            begun = time.monotonic()
            forged = [pool.submit(forge, site) for _ in range(8)]
            assert seconds_for_a_page(site) < HONEST_SECONDS_MOST
            answers = [each.result() for each in forged]

            assert time.monotonic() - begun < 20
    assert {answer.status_code for answer in answers} == {503}
    assert all(answer.headers["Retry-After"] for answer in answers)


def forge(site: str) -> httpx.Response:
    body = json.dumps({"id": "WH-1", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": {}})
    return httpx.post(f"{site}/webhooks/paypal/", content=body, headers=TOLD, timeout=60)
