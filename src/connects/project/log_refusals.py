"""A request that is refused for what it says is one short line, and not a traceback.

Who sends nonsense would else fill the log with it, and hide in it what matters.
"""

from __future__ import annotations

import logging

from typing_extensions import override

OUR_FAULT = 500


class ShortRefusals(logging.Filter):
    """Takes the traceback off a record about an answer below 500."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", OUR_FAULT)
        if isinstance(status, int) and status < OUR_FAULT:
            record.exc_info, record.exc_text = None, None
        return True
