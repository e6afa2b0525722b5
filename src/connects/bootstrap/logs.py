"""The log: one line for each thing that happened, on the standard error, with time in UTC.

`CONNECTS_LOG_FORMAT` is `logfmt` (key=value, the default) or `json`; `CONNECTS_LOG` the level. Lines of
Django and of the web server are brought into the same shape. Tracebacks show no values of variables,
and what the environment says is secret is taken out of every line, wherever it came from.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from structlog.processors import JSONRenderer, LogfmtRenderer
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
FORMATS: Mapping[str, Callable[[], Processor]] = {
    "logfmt": lambda: LogfmtRenderer(
        key_order=["timestamp", "level", "logger", "event"], bool_as_flag=False
    ),
    "json": lambda: JSONRenderer(default=str),
}
SECRET_NAMES = (
    "CONNECTS_SECRET_KEY",
    "CONNECTS_STRIPE_KEY",
    "CONNECTS_STRIPE_WEBHOOK_SECRET",
    "CONNECTS_PAYPAL_SECRET",
    "CONNECTS_METRICS_TOKEN",
    "CONNECTS_BACKUP_PASSPHRASE",
    "CONNECTS_ROOT_KEY",
)
SECRET_LIST = "CONNECTS_SECRET_KEY_FALLBACKS"  # noqa: S105 a name
ADDRESSES_WITH_SECRETS = ("DATABASE_URL", "CONNECTS_SMTP")
SECRET_CHARACTERS_LEAST = 4
HIDDEN = "[hidden]"
# What else some programs take for the end of a line; the formats see to the line feed themselves.
LINE_ENDS = {ord(sign): repr(sign)[1:-1] for sign in "\r\v\f\x1b\x1c\x1d\x1e\x85\u2028\u2029"}


def log_level(environment: Mapping[str, str]) -> str:
    """`CONNECTS_LOG`. Raises ValueError where it is no level."""
    level = (environment.get("CONNECTS_LOG") or "WARNING").upper()
    if level not in LEVELS:
        raise ValueError(f"CONNECTS_LOG is {level!r}; expected one of {', '.join(LEVELS)}")
    return level


def log_format(environment: Mapping[str, str]) -> str:
    """`CONNECTS_LOG_FORMAT`. Raises ValueError where it is no format."""
    name = environment.get("CONNECTS_LOG_FORMAT") or "logfmt"
    if name not in FORMATS:
        raise ValueError(f"CONNECTS_LOG_FORMAT is {name!r}; expected one of {', '.join(FORMATS)}")
    return name


def secrets_of(environment: Mapping[str, str]) -> tuple[str, ...]:
    """What must not be in any line: keys, tokens and passwords, longest first."""
    found = {environment.get(name, "") for name in SECRET_NAMES}
    found |= {key.strip() for key in environment.get(SECRET_LIST, "").split(",")}
    for name in ADDRESSES_WITH_SECRETS:
        found |= _passwords_in(environment.get(name, ""))
    kept = (secret for secret in found if len(secret) >= SECRET_CHARACTERS_LEAST)
    return tuple(sorted(kept, key=len, reverse=True))


def _passwords_in(address: str) -> set[str]:
    try:
        parts = urlsplit(address)
        secret = parts.password or ""
    except ValueError:
        return {address}  # whatever is in it, it is nobody's business
    plain = unquote(secret)
    # Some set the name for the password, too. It is no secret then, and stands in every line.
    return set() if plain in {parts.username, parts.path.strip("/")} else {secret, plain}


class Hidden:
    """A processor that takes secrets out of a line."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self.secrets = secrets

    def __call__(self, _logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {key: self._clean(value) for key, value in event.items()}

    def _clean(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        text = (value if isinstance(value, str) else str(value)).translate(LINE_ENDS)
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return text


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def formatter(environment: Mapping[str, str]) -> logging.Formatter:
    """What makes lines of the records of any logger."""
    return ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.ExceptionRenderer(),
            Hidden(secrets_of(environment)),
            FORMATS[log_format(environment)](),
        ],
    )


def configure_structlog() -> None:
    """Let structlog's loggers speak through Python's, where all lines meet."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's setting LOGGING, which the web server understands as well.

    The formatter is made later, where what is wrong with the format would not be said.
    """
    log_format(environment)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "environment": dict(environment)}},
        "handlers": {"line": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["line"], "level": log_level(environment)},
        "loggers": {},
    }
