"""The examples under `deploy/` really run, in front of the site, and pass on no visitor's lies."""

import datetime as dt
import ipaddress
import json
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.architecture.sources import ROOT
from tests.servers.migrated import put_migrated
from tests.servers.proxies import program
from tests.servers.site import free_port, started, until

pytestmark = pytest.mark.faults

DEPLOY = ROOT / "deploy"
LIES = {"X-Forwarded-For": "9.9.9.9", "X-Forwarded-Proto": "http", "X-Request-ID": "a-visitors-own"}


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine alone, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(begins).not_valid_after(begins + dt.timedelta(days=36_500))
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    chain, secret = folder / "chain.pem", folder / "key.pem"
    pem = serialization.Encoding.PEM
    chain.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    secret.write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return chain, secret


def nginx(folder: Path, port: int, upstream: int) -> list[str]:
    chain, secret = certificate(folder)
    text = (DEPLOY / "nginx.conf").read_text()
    for there, here in (
        ("    listen 80;\n    listen [::]:80;", f"    listen 127.0.0.1:{free_port()};"),
        ("    listen 443 ssl;\n    listen [::]:443 ssl;", f"    listen 127.0.0.1:{port} ssl;"),
        ("connects.example;", "localhost;"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("/etc/ssl/connects/fullchain.pem", str(chain)),
        ("/etc/ssl/connects/privkey.pem", str(secret)),
    ):
        assert there in text
        text = text.replace(there, here)
    (folder / "site.conf").write_text(text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    (folder / "main.conf").write_text(
        f"daemon off; pid {folder / 'pid'}; error_log stderr warn;\n"
        "events {}\n"
        f"http {{ access_log off;\n{temporary}include {folder / 'site.conf'}; }}\n"
    )
    return [str(program("nginx")), "-p", str(folder), "-c", str(folder / "main.conf")]


def caddy(folder: Path, port: int, upstream: int) -> list[str]:
    chain, secret = certificate(folder)
    text = (DEPLOY / "Caddyfile").read_text()
    for there, here in (
        ("\n{\n", "\n{\n\tadmin off\n\tauto_https off\n"),
        ("\nconnects.example {\n", f"\nhttps://localhost:{port} {{\n\ttls {chain} {secret}\n"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
    ):
        assert there in text
        text = text.replace(there, here)
    (folder / "Caddyfile").write_text(text)
    config = ["--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    return [str(program("caddy")), "run", *config]


Proxy = Callable[[Path, int, int], list[str]]


@contextmanager
def in_front(proxy: Proxy, folder: Path, upstream: int) -> Iterator[httpx.Client]:
    """Run the proxy before what listens on `upstream`; a client that talks to it."""
    port = free_port()
    command = proxy(folder, port, upstream)
    log = folder / "log"
    home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    address = f"https://localhost:{port}"
    trusted = ssl.create_default_context(cafile=folder / "chain.pem")
    with (
        log.open("wb") as sink,
        subprocess.Popen(command, env=home, stdout=sink, stderr=sink) as process,
        httpx.Client(base_url=address, verify=trusted, timeout=60) as client,
    ):
        try:
            until(lambda: process.poll() is not None or answers(client))
            assert process.poll() is None, log.read_text()
            yield client
        finally:
            process.terminate()
            process.wait(60)


def answers(client: httpx.Client) -> bool:
    try:
        return client.get("/").status_code not in (502, 503)
    except httpx.TransportError:
        return False


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest) -> Proxy:
    chosen: Proxy = request.param
    if program(request.node.callspec.id) is None:
        pytest.skip(
            f"there is no {request.node.callspec.id} on this machine: make browser, as root"
        )
    return chosen


class Echo(BaseHTTPRequestHandler):
    """Says what it was sent."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""


def test_what_a_visitor_says_of_themself_is_not_passed_on(proxy: Proxy, tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as echo:
        threading.Thread(target=echo.serve_forever, daemon=True).start()
        with in_front(proxy, tmp_path, echo.server_address[1]) as client:
            heard = client.get("/", headers=LIES).json()
        echo.shutdown()

    assert heard["x-forwarded-for"] in ("127.0.0.1", "::1")
    assert heard["x-forwarded-proto"] == "https"
    assert len(heard["x-request-id"]) >= 32


def test_the_site_is_served_behind_it(proxy: Proxy, tmp_path: Path) -> None:
    put_migrated(tmp_path / "var")
    settings = {
        "CONNECTS_VAR": str(tmp_path / "var"),
        "DATABASE_URL": "",
        "CONNECTS_HTTPS": "1",
        "CONNECTS_PROXIES": "1",
        "CONNECTS_HOSTS": "localhost",
    }
    with (
        started("web", environment=settings) as site,
        in_front(proxy, tmp_path, site.port) as client,
    ):
        page = client.get("/rules/")
        assert page.status_code == 200
        assert "max-age" in page.headers["Strict-Transport-Security"]
        assert client.get("/healthz").status_code == 404
        assert httpx.get(f"{site.address}/healthz").status_code == 200
        assert client.post("/sign-in/", content=b"x" * 13_000_000).status_code == 413
