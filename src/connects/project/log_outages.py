"""A database that is away is one short line for each request, and not a traceback.

Who asks every second whether the site is ready hears that it is not, and the log need not hear it, too.
"""

from __future__ import annotations

import logging

from typing_extensions import override

from connects.bootstrap.outages import is_outage

READY = "/readyz"


class ShortOutages(logging.Filter):
    """Takes the traceback off a record about an outage, and says what it was in its place."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(getattr(record, "request", None), "path_info", "") == READY:
            return False
        if isinstance(record.msg, dict):  # structlog's own, which says what it has to say
            return True
        error = record.exc_info[1] if record.exc_info else None
        if is_outage(error):
            said = " ".join(str(error).split())
            record.msg = f"{record.getMessage()} (the database is away: {said})"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True
