"""Calls to Connects: one function, and the one error that it raises."""

import json
import os
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote

ADDRESS = os.environ.get("CONNECTS_URL", "http://127.0.0.1:8000")
TRIES = 5


class Refused(Exception):
    """Connects says no, or nothing: with a stable code for programs, and words for people."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem["message"])
        self.code = problem["code"]

    @classmethod
    def because(cls, code: str, message: str) -> "Refused":
        return cls({"code": code, "message": message})


def call(method: str, path: str, body: Any = None) -> Any:
    """Call until there is an answer. To send the same again is safe: the ids are the keys."""
    refused = Refused.because("no_answer", f"Nobody answers at {ADDRESS}.")
    for tried in range(TRIES):
        try:
            with urllib.request.urlopen(_request(method, path, body), timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            refused = _refused(error)
            if error.code not in (429, 502, 503, 504) and refused.code != "in_progress":
                raise refused from None
        except OSError as error:
            refused = Refused.because("no_answer", f"Nobody answers at {ADDRESS}: {error}")
        if tried < TRIES - 1:
            time.sleep(0.2 * 2**tried)
    raise refused


def _refused(error: urllib.error.HTTPError) -> Refused:
    try:
        return Refused(json.load(error))
    except (ValueError, KeyError):  # a proxy's own page, say
        return Refused.because("no_answer", f"{ADDRESS} answers {error.code}, and is not Connects.")


def _request(method: str, path: str, body: Any) -> urllib.request.Request:
    return urllib.request.Request(
        f"{ADDRESS}/api/v1/{quote(path)}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            "Authorization": f"Bearer {os.environ.get('CONNECTS_KEY', '')}",
            "Content-Type": "application/json",
        },
    )
