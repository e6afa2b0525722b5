"""Nonsense over real connections: the walker's for pages, and schemathesis' for the API."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlsplit

import schemathesis
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import seed as seeded
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from typing_extensions import override

from tests.nonsense.forms import Form
from tests.nonsense.values import encoded
from tests.nonsense.walker import Broken, Walker, addresses, routes

WAIT_SECONDS_MOST = 60
ADDRESS_BYTES_MOST = 60_000  # the server takes no longer ones
TOKEN = "a" * 32
API_ROUND = 60
BROKEN = 500
FORM = "application/x-www-form-urlencoded"
AT_ONCE = 6
AT_ONCE_SHARE = 0.3
# Who leaves cannot go on; their pages are spoilt all the same.
LEAVING = ("/account/close/", "/sign-out/")


class Pace:
    """At most so many requests a second, of all who ask together."""

    def __init__(self, a_second: float) -> None:
        self._step = 1 / a_second
        self._lock = threading.Lock()
        self._next = time.monotonic()

    def wait(self, requests: int = 1) -> None:
        """Wait until it is time for the next one, or for so many at once."""
        with self._lock:
            now = time.monotonic()
            pause = max(self._next - now, 0.0)
            self._next = now + pause + requests * self._step
        time.sleep(pause)


@dataclass
class Sent:
    """What was sent in everyone's name, how it was answered, and what broke."""

    requests: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    fields: set[tuple[str, str]] = field(default_factory=set)
    broken: list[Broken] = field(default_factory=list)


class Browser(Client):
    """Sends for real what the walker wants to be sent, with the session and the token of its person."""

    def __init__(self, site: str, address: str, headers: Mapping[str, str], pace: Pace) -> None:
        super().__init__()
        self._where = urlsplit(site).netloc
        self._pace = pace
        self._headers = {
            **headers,
            "X-Forwarded-For": address,
            "X-CSRFToken": TOKEN,
            "Cookie": f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {headers.get('Cookie', '')}",
        }
        self.was_sent_away = False

    @override
    def generic(self, method: str, path: Any, data: Any = b"", *rest: Any, **_: Any) -> Any:
        content_type = rest[0] if rest else "application/octet-stream"
        if len(path) > ADDRESS_BYTES_MOST:
            return HttpResponse(status=414)
        self._pace.wait()
        return self._sent(method, path, data, content_type)

    def at_once(self, path: str, data: bytes) -> list[HttpResponse]:
        """Send a form several times at the same moment."""
        self._pace.wait(AT_ONCE)
        with ThreadPoolExecutor(AT_ONCE) as senders:
            sent = [senders.submit(self._sent, "POST", path, data, FORM) for _ in range(AT_ONCE)]
        return [each.result() for each in sent]

    def _sent(self, method: str, path: str, data: bytes, content_type: str) -> HttpResponse:
        wire = http.client.HTTPConnection(self._where, timeout=WAIT_SECONDS_MOST)
        try:
            # One connection for each: what a server says early to a long body ends the connection.
            wire.request(method, path, data, {**self._headers, "Content-Type": content_type})
            came = wire.getresponse()
            answer = HttpResponse(came.read(), status=came.status, headers=_sane(came))
        finally:
            wire.close()
        self.was_sent_away = answer.headers.get("Location", "").startswith("/sign-in")
        return answer


def _sane(came: http.client.HTTPResponse) -> dict[str, str]:
    kept = ("Content-Type", "Location")
    return {name: value for name in kept if (value := came.getheader(name)) is not None}


class RealWalker(Walker):
    """A walker whose requests are not undone: the site has a database of its own.

    Besides, it sends some forms as they are, several times at the same moment, as impatient people do
    and those who look for a gap between a question and its answer.
    """

    @override
    def _spoil(self, form: Form) -> None:
        if form.method == "POST" and self.chance.random() < AT_ONCE_SHARE:
            self._send_at_once(form)
        super()._spoil(form)

    def _send_at_once(self, form: Form) -> None:
        browser = self._sign_in()
        if not isinstance(browser, Browser) or form.address.startswith(LEAVING):
            return
        body = encoded(list(form.fields.items())).encode()
        self.walk.requests += AT_ONCE
        try:
            answers = browser.at_once(form.address, body)
        except (OSError, http.client.HTTPException) as error:
            self._note(f"{form.address} {body[:300]!r}, {AT_ONCE} at once", f"no answer: {error!r}")
            return
        for answer in answers:
            if answer.status_code >= BROKEN:
                self._note(
                    f"{form.address} {body[:300]!r}, {AT_ONCE} at once", str(answer.status_code)
                )

    @override
    def _asked(
        self,
        method: str,
        address: str,
        body: bytes = b"",
        content: str = FORM,
    ) -> tuple[int, str]:
        self.walk.requests += 1
        shown = f"{method} {address[:300]} {body[:300]!r} {content}"
        try:
            return self._answer(method, address, body, content, shown)
        except (OSError, http.client.HTTPException) as error:
            self._note(shown, f"no answer: {error!r}")
            return 500, ""


@dataclass
class Somebody:
    """In whose name pages are walked through. `cookie` signs in anew, where there is one."""

    site: str
    address: str
    pace: Pace
    cookie: Callable[[], str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    _browser: Browser | None = None

    def browser(self) -> Client:
        if self._browser is None or self._browser.was_sent_away:
            told = dict(self.headers)
            if self.cookie is not None:
                told["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={self.cookie()}"
            self._browser = Browser(self.site, self.address, told, self.pace)
        return self._browser


def walk(
    people: Mapping[str, Somebody],
    samples: Mapping[str, Sequence[str]],
    seed: int,
    seconds: float,
    sent: Sent,
) -> None:
    """Walk through all pages as everyone, in a seeded order, again and again for so long."""
    chance, end = Random(seed), time.monotonic() + seconds
    walkers = [RealWalker(who, somebody.browser, chance) for who, somebody in people.items()]
    while time.monotonic() < end:
        visits = [
            (walker, address)
            for route, _ in routes()
            for address in addresses(route, samples, chance)
            for walker in walkers
        ]
        chance.shuffle(visits)
        for walker, address in visits:
            if time.monotonic() > end:
                break
            walker.visit(address)
    for walker in walkers:
        sent.requests[walker.who] += walker.walk.requests
        sent.fields |= walker.walk.fields
        sent.broken += walker.walk.broken


def call_api(
    site: str, headers: Mapping[str, str], seed: int, seconds: float, pace: Pace, sent: Sent
) -> None:
    """Call every operation of the API with what its document allows, and with what it does not."""
    end = time.monotonic() + seconds
    schema = schemathesis.openapi.from_url(f"{site}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    for number in range(1_000_000):
        for operation in operations:
            for mode in GenerationMode:
                if time.monotonic() > end:
                    return
                strategy = operation.as_strategy(generation_mode=mode)

                @seeded(seed + number)
                @hypothesis_settings(
                    max_examples=API_ROUND,
                    database=None,
                    deadline=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                )
                @given(case=strategy)
                def send(case: Any) -> None:
                    if time.monotonic() < end:
                        _call(case, headers, pace, sent)

                send()


def _call(case: Any, headers: Mapping[str, str], pace: Pace, sent: Sent) -> None:
    pace.wait()
    answer = case.call(headers=dict(headers), timeout=WAIT_SECONDS_MOST)
    sent.requests["schemathesis"] += 1
    sent.statuses[answer.status_code] += 1
    if answer.status_code >= BROKEN:
        sent.broken.append(Broken("schemathesis", case.as_curl_command(), answer.text[:1_500]))
