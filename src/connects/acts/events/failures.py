"""Why a delivery got no answer, in words: staff and hosts read them beside the delivery."""

from __future__ import annotations

import errno
import ssl
from http.client import HTTPException, RemoteDisconnected

from connects.acts.events.addresses import Barred, NotFound

WORDS_MOST = 200

_OUT_OF_REACH = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN}


def failure_words(error: Exception, seconds_most: float) -> str:
    """What went wrong on the way to an endpoint, or back."""
    if isinstance(error, TimeoutError):
        return f"nothing came back within {seconds_most:g} seconds"
    return (_without_connection(error) or _without_answer(error))[:WORDS_MOST]


def _without_connection(error: Exception) -> str | None:
    if isinstance(error, (Barred, NotFound)):
        return str(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"no secure connection: its certificate is refused, {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        why = getattr(error, "reason", None) or "it was broken off"
        return f"no secure connection: {why}"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    if isinstance(error, OSError) and error.errno in _OUT_OF_REACH:
        return "its address cannot be reached from here"
    return None


def _without_answer(error: Exception) -> str:
    if isinstance(error, (ConnectionError, RemoteDisconnected)):
        return "the connection was closed before an answer came"
    if isinstance(error, HTTPException):
        return f"what came back cannot be read as HTTP ({type(error).__name__})"
    return f"it cannot be sent to ({type(error).__name__}: {error})"
