"""Who calls for a host: its server, with a key that has scopes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address, ip_network

from django.http import HttpRequest
from ninja.security import HttpBearer

from connects.acts.oversight.audit import client_act, note_client_act, note_exposed_key
from connects.api.call_rates import calls_left, take_turn
from connects.api.callers import Stopped, bearer_key, wrong_key
from connects.api.key_problems import (
    ADDRESS_NOT_ALLOWED,
    KEY_UNKNOWN,
    SCOPE_MISSING,
    SERVER_KEY_IN_BROWSER,
    SERVER_KEY_NEEDED,
)
from connects.api.problems import VERSION_UNKNOWN
from connects.api.versions import VERSION_HEADER, VERSIONS, known_version
from connects.bootstrap.client_address import client_address
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import ApiClient, Scope
from connects.market.api_clients.server_keys import PREFIX, client_of, last_known, pin_version
from connects.market.trust.models import StaffAct
from connects.vocabulary.typed_input import line

# By their names in WSGI: `request.headers` would first translate the names of all that were sent.
STAFF_HEADER = "HTTP_CONNECTS_ACTING_STAFF"
ASKED_VERSION = "HTTP_" + VERSION_HEADER.upper().replace("-", "_")


@dataclass(frozen=True, slots=True)
class Host:
    """The client that calls, when it does, and the person at the host who stands behind it ("": none).

    `calls_left` are those that the client has now, in this process.
    """

    client: ApiClient
    now: datetime
    person: str = ""
    version: date = VERSIONS[-1]
    calls_left: int = 0

    def note(self, act: str, subject: str, **parameters: object) -> None:
        """Add a line to the audit, in the transaction of the act."""
        note_client_act(self.client.name, self.person, act, subject, self.now, parameters)

    def line(self, act: str, subject: str, **parameters: object) -> StaffAct:
        """A line for the audit; the act saves it in its transaction."""
        return client_act(self.client.name, self.person, act, subject, self.now, parameters)


class HostCall(HttpRequest):
    """A request of a host's server."""

    auth: Host


def is_server_call(request: HttpRequest) -> bool:
    """Whether a request bears what looks like a server key."""
    return bearer_key(request).startswith(PREFIX)


def is_expected(authorization: str) -> bool:
    """Whether a header bears a key that worked when it came last, and whose client has calls left now.

    Only for such a call is anything made ready; it must show its key as any other.
    """
    scheme, _, key = authorization.partition(" ")
    client = last_known(key.strip()) if scheme.lower() == "bearer" else None
    return client is not None and calls_left(client, clock_now()) >= 1


def _page_of(request: HttpRequest) -> str | None:
    """Where in a browser a call was made; None for one from a server.

    A page's own GET has no origin, but browsers, and they alone, say how near its page is.
    """
    near = request.META.get("HTTP_SEC_FETCH_SITE")
    return request.META.get("HTTP_ORIGIN", near)


class ServerKey(HttpBearer):
    """A host's server: `Authorization: Bearer csk_…`, with the scope that the operation needs."""

    openapi_description = "A server key that an operator made with `connects client new`."

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Host | None:
        sent = request.META.get("HTTP_AUTHORIZATION")
        return None if sent is None else self.authenticate(request, sent)

    def authenticate(self, request: HttpRequest, token: str) -> Host:
        """The host whose key was sent. Raises `Stopped` for a key that may not do this here and now."""
        scheme, _, key = token.partition(" ")
        key, now = key.strip(), clock_now()
        if scheme.lower() != "bearer" or not key.startswith(PREFIX):
            raise Stopped.by(SERVER_KEY_NEEDED if key.startswith("connects_") else KEY_UNKNOWN)
        page = _page_of(request)
        if page is not None:
            _tell_operators(key, page, now)
            raise Stopped.by(SERVER_KEY_IN_BROWSER)
        client = client_of(key, now)
        if client is None:
            raise wrong_key(request, now)
        if client.networks and not _comes_from(client_address(request), client.networks):
            raise Stopped.by(ADDRESS_NOT_ALLOWED)
        if self.scope not in client.scopes:
            raise Stopped.by(SCOPE_MISSING, scope=self.scope.value)
        left = take_turn(client, now)
        person = line(request.META.get(STAFF_HEADER, ""))
        return Host(client, now, person, _version(request, client), left)


def _tell_operators(key: str, origin: str, now: datetime) -> None:
    """Leave a line in the activity log where the exposed key is a real one."""
    client = client_of(key, now)
    if client is not None:
        note_exposed_key(client.name, f"api-client:{client.pk}", origin, now)


def _version(request: HttpRequest, client: ApiClient) -> date:
    """The version that this call is answered in: the one it asks for, or that of the first call."""
    asked = request.META.get(ASKED_VERSION)
    if asked is not None:
        found = known_version(asked)
        if found is None:
            raise Stopped.by(
                VERSION_UNKNOWN, known=", ".join(each.isoformat() for each in VERSIONS)
            )
        return found
    return client.version or pin_version(client, VERSIONS[-1])


def _comes_from(address: str, networks: list[str]) -> bool:
    found = ip_address(address)
    return any(found in ip_network(network) for network in networks)
