"""Lines of the log: one for each event, of one shape, and without secrets."""

import json
import logging
import sys

import pytest

from connects.bootstrap.logs import formatter, log_format, log_level, secrets_of

SECRETS = {
    "DATABASE_URL": "postgresql://connects:p%40ss-word@db/connects",
    "CONNECTS_SMTP": "smtps://u:mail-secret@mail",
    "CONNECTS_SECRET_KEY": "a key that signs",
    "CONNECTS_SECRET_KEY_FALLBACKS": "the key of spring, the key of winter",
    "CONNECTS_STRIPE_KEY": "sk_live_123",
}
KNOWN = [
    "p%40ss-word",
    "p@ss-word",
    "mail-secret",
    "a key that signs",
    "the key of spring",
    "the key of winter",
    "sk_live_123",
]


def fail(message: str) -> None:
    value = "nobody may " + "see"  # what a traceback with values would show
    raise ValueError(message or value)


def line(message: str, environment: dict[str, str], *, failed: bool = False) -> str:
    exc_info = None
    if failed:
        try:
            fail(message)
        except ValueError:
            exc_info = sys.exc_info()
    record = logging.LogRecord("django.x", logging.ERROR, "x.py", 1, message, (), exc_info)
    return formatter(environment).format(record)


@pytest.mark.parametrize("kind", ["logfmt", "json"])
@pytest.mark.parametrize("secret", KNOWN)
def test_secrets_are_taken_out_of_messages_and_tracebacks(kind: str, secret: str) -> None:
    told = line(f"tried {secret!r} here", {**SECRETS, "CONNECTS_LOG_FORMAT": kind}, failed=True)

    assert secret not in told
    assert "[hidden]" in told
    assert "ValueError" in told
    assert "nobody may see" not in told


@pytest.mark.parametrize("kind", ["logfmt", "json"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x0b", "\x1c"])
def test_an_event_is_one_line_whatever_is_in_it(kind: str, end: str) -> None:
    told = line(f"one{end}level=info event=forged", {"CONNECTS_LOG_FORMAT": kind}, failed=True)

    assert len(told.splitlines()) == 1


def test_a_line_of_any_logger_has_the_same_facts() -> None:
    told = json.loads(line("Not Found: /x/", {"CONNECTS_LOG_FORMAT": "json"}))

    assert told["event"] == "Not Found: /x/"
    assert (told["level"], told["logger"]) == ("error", "django.x")
    assert told["timestamp"].endswith("Z")


def test_a_name_that_is_its_own_password_is_no_secret() -> None:
    assert secrets_of({"DATABASE_URL": "postgresql://connects:connects@db/connects"}) == ()


def test_wrong_settings_are_told_in_words() -> None:
    with pytest.raises(ValueError, match="CONNECTS_LOG is 'LOUD'"):
        log_level({"CONNECTS_LOG": "loud"})
    with pytest.raises(ValueError, match="CONNECTS_LOG_FORMAT is 'xml'"):
        log_format({"CONNECTS_LOG_FORMAT": "xml"})
