"""Granian's workers, answered by whatever thread has made the answer.

By WSGI a server's thread waits for the answer that it sends, and has to be woken for it: two turns of
the interpreter for each request. Granian's own protocol needs none: it may be answered from any thread,
and later. WSGI has no word for that, so the wrapper that Granian puts around an application, in its
worker, is replaced by this one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from granian.server import mp

_WRAPPER = "_wsgi_call_wrap"


def reply_directly() -> None:
    """Let this worker's application reply by itself, by `take` (`project/work_threads.py`)."""
    assert _WRAPPER in vars(mp), "another version of Granian: see docs/decisions/0059"
    vars(mp)[_WRAPPER] = _wrapped


def _wrapped(
    application: Any, _scope: dict[str, Any], _access_log: str | None
) -> Callable[[Any, dict[str, Any]], None]:
    always = {
        "SCRIPT_NAME": "",
        "wsgi.errors": sys.stderr,
        "wsgi.input_terminated": True,
        "wsgi.multiprocess": False,
        "wsgi.multithread": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }

    def run(protocol: Any, environ: dict[str, Any]) -> None:
        environ.update(always)
        application.take(environ, protocol.response_bytes)

    return run
