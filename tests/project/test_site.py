"""Calls of hosts' servers are answered by the shorter way as they would be by Django's own."""

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler

from connects.bootstrap.clock import held_at
from connects.project.site import Site
from tests.api.hosts import Host, server_key
from tests.market.people import NOON, town

pytestmark = pytest.mark.django_db

CALLS: tuple[tuple[str, str, bytes, dict[str, str]], ...] = (
    ("GET", "/api/v1/accounts/u-7/wallet", b"", {}),
    ("GET", "/api/v1/accounts/nobody", b"", {"HTTP_ACCEPT_LANGUAGE": "de"}),
    ("PUT", "/api/v1/accounts/u-7", b'{"kind": "freelancer"}', {}),
    ("PUT", "/api/v1/accounts/u-7", b"{", {}),
    ("PUT", "/api/v1/accounts/u-7", b"a=b", {"CONTENT_TYPE": "application/x-www-form-urlencoded"}),
    ("DELETE", "/api/v1/quotes", b"", {}),
    ("OPTIONS", "/api/v1/quotes", b"", {}),
    ("GET", "/api/v1/nothing", b"", {}),
    ("GET", "/api/v1/accounts/u-7/wallet", b"", {"HTTP_AUTHORIZATION": "Bearer csk_live_wrong"}),
    ("GET", "/api/v1/accounts/u-7/wallet", b"", {"HTTP_HOST": "elsewhere.example"}),
)


def answer(site: Any, environ: dict[str, Any], body: bytes) -> Any:
    told: list[Any] = []
    sent = {**environ, "wsgi.input": BytesIO(body)}
    parts = site(sent, lambda status, headers, _=None: told.extend((status, sorted(headers))))
    content = b"".join(parts)
    if close := getattr(parts, "close", None):
        close()
    status, headers = told
    # How many calls are left differs, since the other has called as well.
    return status, [(name, value) for name, value in headers if name != "RateLimit"], content


def test_the_shorter_way_answers_as_django_does() -> None:
    town()
    secret = server_key()
    host = Host(secret)
    host.freelancer("u-7", registered_at="2019-05-01T00:00:00Z")
    site, django = Site(), WSGIHandler()
    for method, path, body, more in CALLS:
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "HTTP_AUTHORIZATION": f"Bearer {secret}",
            "HTTP_X_REQUEST_ID": "the-same-request",
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json",
            "wsgi.url_scheme": "http",
            **more,
        }
        with held_at(NOON):
            assert answer(site, environ, body) == answer(django, environ, body), (method, path)
