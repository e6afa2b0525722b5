"""Why a delivery got no answer is told in words, whatever went wrong."""

import errno
import ssl
from http.client import BadStatusLine, RemoteDisconnected

import pytest

from connects.acts.events.failures import WORDS_MOST, failure_words


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError("timed out"), "nothing came back within 10 seconds"),
        (ConnectionRefusedError(111, "Connection refused"), "the connection was refused"),
        (ConnectionResetError(104, "reset"), "the connection was closed before an answer came"),
        (RemoteDisconnected("ended"), "the connection was closed before an answer came"),
        (BadStatusLine("?"), "what came back cannot be read as HTTP (BadStatusLine)"),
        (
            OSError(errno.ENETUNREACH, "unreachable"),
            "its address cannot be reached from here",
        ),
        (ssl.SSLError(1, "broken"), "no secure connection: it was broken off"),
        (ValueError("odd"), "it cannot be sent to (ValueError: odd)"),
    ],
)
def test_each_failure_has_its_words(error: Exception, words: str) -> None:
    assert failure_words(error, 10.0) == words


def test_words_are_no_longer_than_their_column() -> None:
    assert len(failure_words(ValueError("x" * 500), 10.0)) == WORDS_MOST
