"""Webhooks go to public addresses, to the very one that was checked, and nowhere else."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from connects.acts.events import send
from connects.acts.events.addresses import is_allowed, url_refused
from connects.acts.events.send import Answer, Connections, send_webhook
from connects.project.webhooks import webhook_networks
from connects.vocabulary.problems import Problem

PRIVATE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.9",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "::5efe:7f00:1",
    "64:ff9b:1::7f00:1",
    "4000::1",
    "64:ff9b::a00:1",
    "2002:0a00:0001::",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_barred_however_it_is_written(address: str) -> None:
    host = f"[{address}]" if ":" in address else address

    assert not is_allowed(ip_address(address))
    refused = url_refused(f"https://{host}/hooks")
    assert refused is not None
    assert refused.parameters == {"problem": Problem.PRIVATE_ADDRESS, "field": "url"}


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_what_is_public_is_allowed(address: str) -> None:
    assert is_allowed(ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "127.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
    ],
)
def test_other_spellings_of_this_machine_are_barred(host: str) -> None:
    refused = url_refused(f"https://{host}/hooks")

    assert refused is not None
    assert refused.parameters["problem"] == Problem.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://93.184.216.34/hooks", Problem.NOT_HTTPS),
        ("http://127.0.0.1/hooks", Problem.NOT_HTTPS),
        ("ftp://93.184.216.34/", Problem.NOT_A_URL),
        ("https://", Problem.NOT_A_URL),
        ("https://user:word@shop.example/", Problem.NOT_A_URL),
        ("https://shop.example:99999/", Problem.NOT_A_URL),
        ("https://shop.example/\r\nHost: other", Problem.NOT_A_URL),
        ("https://[::1", Problem.NOT_A_URL),
        ("nonsense", Problem.NOT_A_URL),
        (f"https://shop.example/{'x' * 600}", Problem.NOT_A_URL),
    ],
)
def test_an_endpoint_is_an_address_by_https(url: str, problem: Problem) -> None:
    refused = url_refused(url)

    assert refused is not None
    assert refused.parameters["problem"] == problem


@pytest.mark.parametrize("host", ["hooks.shop.example", "xn--a", f"{'a' * 64}.example", "a..b"])
def test_a_name_that_leads_nowhere_yet_is_taken_and_sent_nothing(host: str) -> None:
    url = f"https://{host}/hooks"

    assert url_refused(url) is None
    assert sent(url).error.startswith(f"{host} cannot be found")


def test_operators_may_allow_networks_of_theirs(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = webhook_networks({"CONNECTS_WEBHOOK_NETWORKS": "10.0.0.0/8, ::1"})

    assert is_allowed(ip_address("10.9.9.9"))
    assert is_allowed(ip_address("::ffff:10.9.9.9"))
    assert not is_allowed(ip_address("192.168.1.1"))
    assert url_refused("https://10.9.9.9/hooks") is None
    with pytest.raises(ValueError, match="CONNECTS_WEBHOOK_NETWORKS"):
        webhook_networks({"CONNECTS_WEBHOOK_NETWORKS": "my network"})


class Handler(BaseHTTPRequestHandler):
    """A receiver: it notes what it got, and answers by the address."""

    got: list[tuple[str, bytes, str]] = []  # noqa: RUF012 emptied by the fixture

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, body, self.headers["Host"]))
        status = int(self.path.strip("/").split("?")[0] or 200)
        self.send_response(status)
        self.send_header("Location", "/200")
        self.send_header("Retry-After", "120")
        self.end_headers()
        self.wfile.write(b"\0" + b"x" * 5_000)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver(settings: Any) -> Iterator[str]:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.1/32"),)
    Handler.got.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def sent(url: str) -> Answer:
    return send_webhook(url, {"webhook-id": "evt_1"}, b"{}")


def test_an_answer_is_told_by_its_status_and_its_first_kilobyte(receiver: str) -> None:
    answer = sent(f"{receiver}/503?a=b")

    assert (answer.status, answer.is_taken) == (503, False)
    assert answer.body == "\ufffd" + "x" * 1_023
    assert answer.retry_after == timedelta(minutes=2)
    assert Handler.got == [("/503?a=b", b"{}", receiver.removeprefix("http://"))]


def test_redirects_are_not_followed(receiver: str) -> None:
    answer = sent(f"{receiver}/302")

    assert (answer.status, answer.is_taken) == (302, False)
    assert [path for path, _, _ in Handler.got] == ["/302"]


def test_a_name_that_leads_elsewhere_by_now_is_not_connected_to(
    receiver: str, settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = ()

    answer = sent(f"{receiver}/200")

    assert answer.status is None
    assert "not public" in answer.error
    assert Handler.got == []


def test_who_answers_nothing_is_an_answer_too(settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.1/32"),)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        answer = sent(f"http://127.0.0.1:{taken.getsockname()[1]}/")

    assert answer.status is None
    assert answer.error == "the connection was refused"


def test_a_certificate_that_nobody_trusts_is_not_taken(receiver: str) -> None:
    answer = sent(receiver.replace("http://", "https://"))

    assert answer.status is None
    assert answer.error.startswith("no secure connection")


class Leaving(BaseHTTPRequestHandler):
    """A receiver that leaves its connections open, but for each third, which it closes untold."""

    protocol_version = "HTTP/1.1"
    opened: list[int] = []  # noqa: RUF012 emptied by the test
    got: list[bytes] = []  # noqa: RUF012

    def setup(self) -> None:
        super().setup()
        self.opened.append(self.client_address[1])
        self.count = 0

    def do_POST(self) -> None:
        self.got.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.count += 1
        self.close_connection = self.count == 3
        self.send_response(204 if self.count % 2 else 200)
        if not self.count % 2:
            self.send_header("Content-Length", "2")
        self.end_headers()
        if not self.count % 2:
            self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        pass


def test_a_connection_is_kept_for_what_follows_and_replaced_when_it_was_closed_or_is_old(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.1/32"),)
    Leaving.opened.clear()
    Leaving.got.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Leaving) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        url, connections = f"http://127.0.0.1:{server.server_port}/", Connections()
        answers = [connections.send(url, {}, b"%d" % number) for number in range(7)]
        assert all(each.is_taken for each in answers), answers
        assert Leaving.got == [b"%d" % number for number in range(7)]
        assert len(Leaving.opened) == 3, "one for three deliveries each"

        monkeypatch.setattr(send, "KEPT_SECONDS", -1.0)
        settings.WEBHOOK_NETWORKS = ()
        assert "not public" in connections.send(url, {}, b"").error, "its address is checked again"
        connections.close()
        server.shutdown()
