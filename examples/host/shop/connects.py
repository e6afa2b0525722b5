"""Calls to Connects: one function, and the one error that it raises."""

import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

ADDRESS = os.environ.get("CONNECTS_URL", "http://127.0.0.1:8000")
TRIES = 5


class Refused(Exception):
    """Connects says no: with a stable code for programs, and words for people."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["message"])
        self.code = problem["code"]

    @classmethod
    def because(cls, code: str, message: str) -> "Refused":
        return cls({"code": code, "message": message})


def call(method: str, path: str, body: Any = None) -> Any:
    """Call until there is an answer. To send the same again is safe: the ids are the keys."""
    for tried in range(TRIES):
        try:
            with urllib.request.urlopen(_request(method, path, body), timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code not in (429, 503) or tried == TRIES - 1:
                raise Refused(json.load(error)) from None
        except OSError:
            if tried == TRIES - 1:
                raise
        time.sleep(0.2 * 2**tried)
    raise AssertionError("unreachable")


def _request(method: str, path: str, body: Any) -> urllib.request.Request:
    return urllib.request.Request(
        f"{ADDRESS}/api/v1/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {os.environ['CONNECTS_KEY']}",
            "Content-Type": "application/json",
        },
    )
