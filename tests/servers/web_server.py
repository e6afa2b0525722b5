"""What the stand-ins share: a web server of its own process, which answers, or misbehaves as told.

    with running("tests.servers.stripe") as stand_in:
        stand_in.tell("faults", how="lost", times=2)

Everything under `/_control/` is for tests, and never misbehaves. Ways to misbehave are `FAULTS`.
"""

import atexit
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

import httpx

from tests.architecture.sources import ROOT

PLAIN: dict[str, Any] = {"verify": False, "timeout": 60}
"""Without TLS: to read all authorities anew takes longer than most requests do."""

FAULTS = {
    "500": "answer 500, and do nothing",
    "500-after": "do the work, and answer 500 all the same, to repetitions, too",
    "429": "answer that too much is asked, and do nothing",
    "hang": "say nothing for `seconds`, do nothing, and hang up",
    "drop": "hang up, and do nothing",
    "lost": "do the work, and hang up before answering",
    "garbled": "do the work, and let a proxy answer with a page of its own",
}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    kept = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **kept})


def page_reply(html: str, status: int = 200) -> Reply:
    return Reply(status, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def redirect_reply(address: str) -> Reply:
    return Reply(303, b"", {"Location": address})


@dataclass(slots=True)
class Fault:
    how: str
    times: int
    path: str
    seconds: float

    def hits(self, request: Request) -> bool:
        return self.times > 0 and re.search(self.path, request.path) is not None


class StandInSite(Protocol):
    """What a stand-in answers. The server lets one request in at a time, but for what is delivered."""

    address: str

    def answer(self, request: Request, *, fails: bool) -> Reply:
        """Do what is asked by the provider's interface; `fails` to say 500 about it for ever."""

    def is_page(self, path: str) -> bool:
        """Whether it is a page for payers, which never misbehaves."""

    def failure(self, status: int) -> Reply:
        """The provider's way to say that it is its own fault."""

    def control(self, name: str, told: dict[str, Any]) -> Any:
        """Do what a test tells. Raises LookupError for a name that says nothing."""

    def messages(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        """The messages that are due, signed: their `id`, `type`, `body` and `headers`."""


@dataclass
class Server:
    site: StandInSite
    lock: threading.Lock = field(default_factory=threading.Lock)
    faults: list[Fault] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)

    def reply(self, request: Request) -> Reply | None:
        """The answer, or None to hang up."""
        if request.path.startswith("/_control/"):
            return self.controlled(request)
        with self.lock:
            if self.site.is_page(request.path):
                return self.site.answer(request, fails=False)
            self.requests.append({"method": request.method, "path": request.path})
            fault = next((fault for fault in self.faults if fault.hits(request)), None)
            if fault is None:
                return self.site.answer(request, fails=False)
            fault.times -= 1
            if fault.how != "hang":
                return self.misbehaved(fault, request)
        time.sleep(fault.seconds)
        return None

    def misbehaved(self, fault: Fault, request: Request) -> Reply | None:
        if fault.how in ("500", "429"):
            return self.site.failure(int(fault.how))
        if fault.how == "drop":
            return None
        reply = self.site.answer(request, fails=fault.how == "500-after")
        garbled = page_reply("<h1>Welcome to the hotel's network</h1>")
        return {"500-after": reply, "garbled": garbled}.get(fault.how)

    def controlled(self, request: Request) -> Reply:
        name = request.path.removeprefix("/_control/")
        told = json.loads(request.body or b"{}")
        if name == "deliveries":
            return json_reply(self.delivered(told))
        with self.lock:
            match name:
                case "faults":
                    self.faults.append(as_fault(**told))
                    return json_reply({})
                case "requests":
                    return json_reply(self.requests)
                case "messages":
                    return json_reply(self.site.messages(told))
                case "reset":
                    self.faults, self.requests = [], []
            try:
                return json_reply(self.site.control(name, told))
            except LookupError as problem:
                return json_reply({"unknown": str(problem)}, 400)

    def delivered(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        """Send the messages that are due to an address; again up to `attempts` times where it fails.

        The lock is free meanwhile: who is told something asks back.
        """
        to, attempts = told.pop("to"), told.pop("attempts", 1)
        with self.lock:
            messages = self.site.messages(told)
        return [
            {"id": message["id"], "type": message["type"], "statuses": list(sent)}
            for message in messages
            for sent in [sent_until_taken(to, message, attempts)]
        ]


def as_fault(how: str, times: int = 1, path: str = "", seconds: float = 5.0) -> Fault:
    assert how in FAULTS, f"{how} is none of {', '.join(FAULTS)}"
    return Fault(how, times, path, seconds)


def sent_until_taken(to: str, message: dict[str, Any], attempts: int) -> Iterator[int]:
    for _ in range(attempts):
        sent = httpx.post(to, content=message["body"], headers=message["headers"], **PLAIN)
        yield sent.status_code
        if sent.is_success:
            return


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body of an answer in one packet
    server_to_ask: Server

    def do(self) -> None:
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server_to_ask.reply(Request(self.command, path, query, headers, body))
        if reply is None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)
        self.wfile.flush()

    do_GET = do_POST = do_PATCH = do_DELETE = do  # noqa: N815 – the library's names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests are kept, not printed."""


class StrictServer(ThreadingHTTPServer):
    """A mistake of a stand-in's own ends it, lest a test takes that for a fault it has asked for."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # who was hung up on hangs up, too
            super().handle_error(request, client_address)
            os._exit(70)


def serve(site: StandInSite) -> None:
    """Serve on a free port of this machine until whoever started it is gone."""
    handler = type("SiteHandler", (Handler,), {"server_to_ask": Server(site)})
    with StrictServer(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_address[1]}"
        print(site.address, flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
        server.shutdown()


@dataclass(frozen=True, slots=True)
class StandIn:
    """A stand-in that runs: where it is, and how to tell it what to do."""

    address: str

    def tell(self, name: str, **told: Any) -> Any:
        """Tell it something by one of the names under `/_control/`; what it says to that."""
        reply = httpx.post(f"{self.address}/_control/{name}", json=told, **PLAIN)
        assert reply.is_success, reply.text
        return reply.json()

    def fill_in(self, page: str, **fields: str) -> str:
        """Fill in the form of a payer's page. Where the payer is sent next; "" to the same page."""
        reply = httpx.post(page, data=fields, **PLAIN)
        assert reply.status_code in (200, 303), reply.text
        return str(reply.headers.get("Location", ""))


@contextmanager
def running(module: str) -> Iterator[StandIn]:
    """A stand-in in a process of its own, for the length of the block."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            assert address, f"{module} did not start"
            yield StandIn(address)
        finally:
            process.terminate()


def running_afresh(module: str) -> StandIn:
    """The stand-in of this process, as if it had just started; it runs until the process ends."""
    stand_in = _kept_running(module)
    stand_in.tell("reset")
    return stand_in


@cache
def _kept_running(module: str) -> StandIn:
    block = ExitStack()
    atexit.register(block.close)
    return block.enter_context(running(module))
