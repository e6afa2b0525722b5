"""`connects check --production` names all that is missing, and never with a traceback."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.mail import EmailMessage

from connects.bootstrap.clock import held_at
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.production_needs import needs_of_settings
from connects.cli.main import main

WHOLE = {
    "CONNECTS_HOSTS": "connects.example",
    "CONNECTS_HTTPS": "1",
    "CONNECTS_ADDRESS": "https://connects.example",
    "CONNECTS_PROXIES": "1",
    "DATABASE_URL": "postgresql://connects:pw@db.example/connects?sslmode=verify-full",
    "CONNECTS_SMTP": "smtp://user:pw@mail.example:587?tls=1",
    "CONNECTS_MAIL_FROM": "Connects <connects@connects.example>",
    "CONNECTS_SECRET_KEY": "k" * 64,
    "CONNECTS_ROOT_KEY": "-----BEGIN PRIVATE KEY-----\n…",
    "CONNECTS_STRIPE_KEY": "sk_live_x",
    "CONNECTS_STRIPE_WEBHOOK_SECRET": "whsec_x",
    "CONNECTS_SELLER": "Connects Ltd",
    "CONNECTS_SELLER_ADDRESS": "1 High Street",
}
SPOILT = [
    ("CONNECTS_HOSTS", ""),
    ("CONNECTS_HOSTS", "127.0.0.1,localhost"),
    ("CONNECTS_HOSTS", "connects.example,*"),
    ("CONNECTS_HTTPS", "0"),
    ("CONNECTS_ADDRESS", ""),
    ("CONNECTS_ADDRESS", "http://connects.example"),
    ("CONNECTS_ADDRESS", "https://elsewhere.example"),
    ("CONNECTS_PROXIES", ""),
    ("DATABASE_URL", "postgresql://connects:pw@db.example/connects"),
    ("CONNECTS_SMTP", ""),
    ("CONNECTS_SMTP", "smtp://user:pw@mail.example:25"),
    ("CONNECTS_MAIL_FROM", ""),
    ("CONNECTS_SECRET_KEY", ""),
    ("CONNECTS_SECRET_KEY", "short"),
    ("CONNECTS_ROOT_KEY", ""),
    ("CONNECTS_ROOT_KEY", "no/such/file.pem"),
    ("CONNECTS_STRIPE_KEY", "sk_test_x"),
    ("CONNECTS_SANDBOX", "1"),
    ("CONNECTS_TEST_PAYMENTS", "1"),
    ("CONNECTS_SELLER_ADDRESS", ""),
    ("CONNECTS_BACKUPS", ""),
]


def missing(environment: dict[str, str]) -> list[str]:
    needs = needs_of_settings(environment, clock_now())
    return [need.name for need in needs if not (need.is_met or need.is_optional)]


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "today").touch()
    return {**WHOLE, "CONNECTS_BACKUPS": str(tmp_path)}


def test_a_site_that_is_set_up_lacks_nothing(whole: dict[str, str]) -> None:
    assert missing(whole) == []


@pytest.mark.parametrize(("name", "value"), SPOILT, ids=map(str, SPOILT))
def test_each_thing_that_is_missing_is_named(whole: dict[str, str], name: str, value: str) -> None:
    (named,) = missing({**whole, name: value})

    assert named == name or (name, named) == ("CONNECTS_SELLER_ADDRESS", "CONNECTS_SELLER")


def test_a_site_without_a_provider_lacks_one(whole: dict[str, str]) -> None:
    del whole["CONNECTS_STRIPE_KEY"], whole["CONNECTS_STRIPE_WEBHOOK_SECRET"]

    assert missing(whole) == ["CONNECTS_STRIPE_KEY or CONNECTS_PAYPAL_CLIENT"]


def test_a_backup_of_last_week_is_none(whole: dict[str, str]) -> None:
    with held_at(clock_now()):
        os.utime(Path(whole["CONNECTS_BACKUPS"]) / "today", (0, 0))
        assert missing(whole) == ["CONNECTS_BACKUPS"]


def checked(folder: Path, *options: str, **settings: str) -> tuple[int, str]:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    told = kept | {"CONNECTS_VAR": str(folder / "var")} | settings
    finished = subprocess.run(
        [sys.executable, "-m", "connects.cli", "check", *options],
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout + finished.stderr


def test_an_installation_as_it_comes_is_told_all_that_it_lacks(tmp_path: Path) -> None:
    status, said = checked(tmp_path, "--production")

    assert status == 1
    for name in ("CONNECTS_HOSTS", "CONNECTS_SMTP", "CONNECTS_BACKUPS", "migrations"):
        assert f"missing   {name}: " in said
    assert "optional  CONNECTS_METRICS_TOKEN: " in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "postgresql://[broken"),
        ("DATABASE_URL", "postgresql://u:p@127.0.0.1:port/x"),
        ("DATABASE_URL", "postgresql://u:p@127.0.0.1:1/x"),
        ("CONNECTS_SMTP", "smtp://[broken"),
        ("CONNECTS_ADDRESS", "nowhere"),
        ("CONNECTS_LISTEN", "nowhere"),
        ("CONNECTS_PROXIES", "many"),
        ("CONNECTS_LOG", "LOUD"),
        ("CONNECTS_LOG_FORMAT", "xml"),
        ("CONNECTS_TEST_PAYMENTS", "maybe"),
        ("CONNECTS_STRIPE_KEY", "sk_live_alone"),
        ("CONNECTS_VAR", "/dev/null/var"),
        ("CONNECTS_HTTPS", "yes"),
        ("CONNECTS_SANDBOX", "maybe"),
    ],
)
def test_bad_settings_are_told_in_words(tmp_path: Path, name: str, value: str) -> None:
    status, said = checked(tmp_path, **{name: value})

    assert status == 1
    assert "Traceback" not in said
    (missing,) = [line for line in said.splitlines() if line.startswith("missing")]
    named = name.removesuffix("_KEY")  # a key without its secret is told by the secret
    assert named in missing or "it does not answer" in missing


@pytest.mark.parametrize(("name", "status"), [("fair-2026", 0), ("fair-2062", 1)])
@pytest.mark.django_db
def test_rules_for_newcomers_that_nobody_knows_are_told(
    settings: Any, name: str, status: int
) -> None:
    settings.DEFAULT_RULE_BOOK = name

    answer = CliRunner().invoke(main, ["check"])

    assert answer.exit_code == status
    assert ("there are no rules named 'fair-2062'" in answer.output) == bool(status)


def mailed() -> str:
    answer = CliRunner().invoke(main, ["check", "--mail", "olga@connects.example"])
    (line,) = [line for line in answer.output.splitlines() if "e-mail to olga@" in line]
    assert answer.exit_code == (0 if line.startswith("ok") else 1)
    return line


@pytest.mark.django_db
def test_a_test_e_mail_is_sent_where_it_was_asked_for(
    settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    settings.SENDS_LETTERS = True

    assert mailed().startswith("ok ")
    (sent,) = mailoutbox
    assert sent.to == ["olga@connects.example"]
    assert settings.ADDRESS in sent.body


@pytest.mark.django_db
def test_a_mail_server_that_is_not_named_or_does_not_answer_is_told(
    settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    settings.SENDS_LETTERS = False
    assert "CONNECTS_SMTP names no mail server" in mailed()

    settings.SENDS_LETTERS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "the mail server did not take it: " in mailed()
    assert mailoutbox == []
