"""The statements that reach the database, whichever cursor or library sends them."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

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
    libpq = connection.connection.pgconn
    with tempfile.NamedTemporaryFile("r") as told:
        descriptor = os.open(told.name, os.O_WRONLY)
        libpq.trace(descriptor)
        libpq.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        yield sent
        libpq.untrace()
        os.close(descriptor)
        sent += _DONE.findall(told.read())
