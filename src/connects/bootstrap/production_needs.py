"""What a site in production needs of its settings, and what to do where it lacks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, urlsplit

from connects.bootstrap.own_address import is_this_machine, site_address

Environment = Mapping[str, str]

SECRET_CHARACTERS_LEAST = 32
BACKUP_AGE_MOST = timedelta(hours=48)
_ENCRYPTED = ("require", "verify-ca", "verify-full")


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a site in production has. `advice` says what to do, whether or not it is there."""

    name: str
    is_met: bool
    advice: str
    is_optional: bool = False


def needs_of_settings(environment: Environment, now: datetime) -> Iterator[Need]:
    """Everything that the settings and files lack, in the order in which one sets a site up.

    The settings must be readable; otherwise ValueError is raised, as when the site starts.
    """
    yield from _reached(environment)
    yield from _database(environment)
    yield from _email(environment)
    yield from _keys(environment)
    yield from _payments(environment)
    yield _backups(environment, now)
    yield Need(
        "CONNECTS_METRICS_TOKEN",
        bool(environment.get("CONNECTS_METRICS_TOKEN")),
        "a long random text opens /metrics to your monitoring",
        is_optional=True,
    )


def _reached(environment: Environment) -> Iterator[Need]:
    hosts = {host.strip() for host in environment.get("CONNECTS_HOSTS", "").split(",")} - {""}
    named = {host for host in hosts if not is_this_machine(host)}
    yield Need(
        "CONNECTS_HOSTS",
        bool(named) and "*" not in hosts,
        "name the hosts that the site answers to, as connects.example; never *",
    )
    yield Need(
        "CONNECTS_HTTPS",
        environment.get("CONNECTS_HTTPS") == "1",
        "put a proxy with a certificate in front (deploy/ has examples), then set it to 1",
    )
    said = urlsplit(site_address(environment))
    # Where no host is named, that is what is missing.
    is_ours = not named or any(_is_host(said.hostname or "", name) for name in named)
    yield Need(
        "CONNECTS_ADDRESS",
        said.scheme == "https" and is_ours and not is_this_machine(said.hostname or ""),
        "set the address that members type, as https://connects.example, on one of CONNECTS_HOSTS:"
        " links in e-mails lead there",
    )
    yield Need(
        "CONNECTS_PROXIES",
        environment.get("CONNECTS_PROXIES", "") not in ("", "0"),
        "say how many proxies stand in front, as 1: without it all visitors share one address's limits",
    )


def _is_host(host: str, name: str) -> bool:
    """Whether a name of CONNECTS_HOSTS stands for the host; `.example` does for all within."""
    return f".{host}".endswith(name) if name.startswith(".") else host == name.lower()


def _database(environment: Environment) -> Iterator[Need]:
    parts = urlsplit(environment.get("DATABASE_URL", ""))
    if not parts.scheme.startswith("postgres"):
        return  # a file: it is where the site is, and nothing travels
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    host = query.get("host") or parts.hostname or ""
    is_near = not host or host.startswith(("/", "%2F", "%2f")) or is_this_machine(host)
    yield Need(
        "DATABASE_URL",
        is_near or query.get("sslmode") in _ENCRYPTED,
        "end it with ?sslmode=verify-full (or require): what travels to another machine is encrypted",
    )


def _email(environment: Environment) -> Iterator[Need]:
    server = urlsplit(environment.get("CONNECTS_SMTP", ""))
    yield Need(
        "CONNECTS_SMTP",
        bool(server.hostname) and _is_private(server),
        "name the mail server, with TLS: smtp://user:password@host:587?tls=1, or smtps://…",
    )
    yield Need(
        "CONNECTS_MAIL_FROM",
        "@" in environment.get("CONNECTS_MAIL_FROM", ""),
        "set the sender of e-mails, as Connects <connects@connects.example>",
    )
    yield Need(
        "CONNECTS_CONTACT",
        bool(environment.get("CONNECTS_CONTACT")),
        "an e-mail address or a page, to which people who are stuck can write",
        is_optional=True,
    )


def _is_private(server: SplitResult) -> bool:
    encrypted = server.scheme == "smtps" or parse_qs(server.query).get("tls") == ["1"]
    return encrypted or is_this_machine(server.hostname or "")


def _keys(environment: Environment) -> Iterator[Need]:
    yield Need(
        "CONNECTS_SECRET_KEY",
        len(environment.get("CONNECTS_SECRET_KEY", "")) >= SECRET_CHARACTERS_LEAST,
        f"set a random text of at least {SECRET_CHARACTERS_LEAST} characters, the same on every machine,"
        " and keep a copy: openssl rand -base64 48",
    )
    key = environment.get("CONNECTS_ROOT_KEY", "")
    yield Need(
        "CONNECTS_ROOT_KEY",
        "PRIVATE KEY" in key or (bool(key) and Path(key).is_file()),
        "name the key that signs each day's root, and keep a copy:"
        " openssl genpkey -algorithm ed25519 -out root.pem",
    )


def _payments(environment: Environment) -> Iterator[Need]:
    stripe, paypal = (
        environment.get(f"CONNECTS_{name}", "") for name in ("STRIPE_KEY", "PAYPAL_CLIENT")
    )
    yield Need(
        "CONNECTS_STRIPE_KEY or CONNECTS_PAYPAL_CLIENT",
        bool(stripe or paypal),
        "set the keys of a payment provider (docs/payments.md): nothing can be paid without",
    )
    if stripe:
        is_real = "_test_" not in stripe
        yield Need(
            "CONNECTS_STRIPE_KEY", is_real, "this one is Stripe's for tests: set the live one"
        )
    yield Need(
        "CONNECTS_SANDBOX",
        environment.get("CONNECTS_SANDBOX", "") != "1",
        "remove it: anyone with a key could move the clock",
    )
    yield Need(
        "CONNECTS_TEST_PAYMENTS",
        environment.get("CONNECTS_TEST_PAYMENTS", "") in ("", "0"),
        "take it away: with 1 and without a provider, Connects are given away",
    )
    yield Need(
        "CONNECTS_SELLER",
        all(environment.get(name) for name in ("CONNECTS_SELLER", "CONNECTS_SELLER_ADDRESS")),
        "say who sells, and in CONNECTS_SELLER_ADDRESS where they are: receipts must name both",
    )


def _backups(environment: Environment, now: datetime) -> Need:
    folder = environment.get("CONNECTS_BACKUPS", "")
    files = [file for file in Path(folder).glob("*") if file.is_file()] if folder else []
    made = (datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in files)
    return Need(
        "CONNECTS_BACKUPS",
        any(now - at <= BACKUP_AGE_MOST for at in made),
        "name the folder that backups are put into, and put one there every day:"
        " the newest may be 48 hours old",
    )
