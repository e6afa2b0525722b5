"""The statements that reach the database, whichever cursor or library sends them."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from django.db import connection
from psycopg.pq import Trace

# What PostgreSQL's client sends to have a statement done: as text, or one that was prepared.
_DONE = re.compile(r"^F\t\d+\t(?:Query|Execute)\b.*$", re.MULTILINE)


@contextmanager
def sent_statements() -> Iterator[list[str]]:
    """What was sent on this connection, a line for each statement, once the context has ended.

    Begin and commit are among them. PostgreSQL's library tells of all that it sends, where Django knows
    only of its own cursors; SQLite calls back for each statement that it runs.
    """
    connection.ensure_connection()
    sent: list[str] = []
    if connection.vendor == "sqlite":
        connection.connection.set_trace_callback(sent.append)
        yield sent
        connection.connection.set_trace_callback(None)
        return
    with _messages() as messages:
        yield sent
    sent += _DONE.findall("".join(messages))


@contextmanager
def round_trips() -> Iterator[list[str]]:
    """The first message of each round trip to PostgreSQL, once the context has ended."""
    connection.ensure_connection()
    begun: list[str] = []
    with _messages() as messages:
        yield begun
    for sender, told in groupby(messages, key=lambda message: message[0]):
        if sender == "F":
            begun.append(next(told))


@contextmanager
def _messages() -> Iterator[list[str]]:
    """A line for each message between PostgreSQL and its client, whichever sent it (B, F)."""
    messages: list[str] = []
    libpq = connection.connection.pgconn
    with tempfile.NamedTemporaryFile("r") as told:
        descriptor = os.open(told.name, os.O_WRONLY)
        libpq.trace(descriptor)
        libpq.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        yield messages
        libpq.untrace()
        os.close(descriptor)
        messages += [line for line in told.readlines() if line[:2] in ("B\t", "F\t")]
