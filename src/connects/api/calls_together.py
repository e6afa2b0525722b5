"""Calls of hosts that are answered together where they wait together: wallets, quotes and charges.

A thread takes up all wallets that are asked for at a moment, or all quotes, reads for them with the
statements that one would need, and answers one after another (`project/work_threads.py`). Charges share
a transaction (`journal/rounds.py`). Each call passes all that it would pass alone, its key and its rate
among it. What will likely be refused for either makes us read nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any, Generic, TypeVar

from connects.acts.proposals.gather import together
from connects.api.named import WITH_WALLETS
from connects.api.quotes import JOBS_MOST, QUOTES
from connects.api.server_keys import is_expected
from connects.market.external_ids import is_id
from connects.market.shared_reads import SharedReads

Environ = Mapping[str, Any]
Q = TypeVar("Q")
A = TypeVar("A")

_NOTHING = nullcontext()
_ACCOUNTS, _WALLET, _QUOTES = "/api/v1/accounts/", "/wallet", "/api/v1/quotes"
_PROPOSAL = "/api/v1/proposals/"


@dataclass(frozen=True, slots=True)
class CallsTogether(Generic[Q, A]):
    """The calls of one operation.

    `is_one` says of any call whether it is one, and `question_of` what it asks of `reads`; None where
    it will be refused, or asks something else.
    """

    is_one: Callable[[Environ], bool]
    question_of: Callable[[Environ], Q | None]
    reads: SharedReads[Q, A]
    most: int = 32
    linger: float = 0.0

    def takes(self, environ: Environ) -> bool:
        """Whether a call may wait for others of its kind."""
        return self.is_one(environ) and is_expected(environ.get("HTTP_AUTHORIZATION", ""))

    def answer(
        self, environs: Sequence[Environ], answer_one: Callable[[int], None]
    ) -> Iterator[int]:
        """Read for all calls, where there are several, and answer one after another."""
        if len(environs) == 1:
            answer_one(0)
            yield 0
            return
        for place, block in enumerate(self.read_ahead(environs)):
            with block:
                answer_one(place)
            yield place

    def read_ahead(self, environs: Sequence[Environ]) -> list[AbstractContextManager[None]]:
        """For each of the calls the block in which it is answered, with what was read for all."""
        asked = [self.question_of(environ) for environ in environs]
        questions = list(dict.fromkeys(each for each in asked if each is not None))
        found = dict(zip(questions, self.reads.read(questions), strict=True)) if questions else {}
        return [_NOTHING if each is None else self.reads.ahead(each, found[each]) for each in asked]


def _asks_for_wallet(environ: Environ) -> bool:
    path: str = environ["PATH_INFO"]
    return path.endswith(_WALLET) and path.startswith(_ACCOUNTS) and _is("GET", environ)


def _wallets_name(environ: Environ) -> str | None:
    name = environ["PATH_INFO"][len(_ACCOUNTS) : -len(_WALLET)]
    is_past = "at=" in environ.get("QUERY_STRING", "")
    return name if is_id(name) and not is_past else None


def _asks_for_quotes(environ: Environ) -> bool:
    return environ["PATH_INFO"] == _QUOTES and _is("POST", environ)


def _quoted(environ: Environ) -> tuple[str, tuple[str, ...]] | None:
    try:
        match json.loads(environ["wsgi.input"].getvalue()):
            case {"account": str(account), "jobs": [*jobs]} if 0 < len(jobs) <= JOBS_MOST:
                names = [account, *jobs]
                are_ids = all(isinstance(name, str) and is_id(name) for name in names)
                return (account, tuple(jobs)) if are_ids else None
    except (AttributeError, ValueError, RecursionError):
        pass  # a body that the view refuses
    return None


def _is(method: str, environ: Environ) -> bool:
    return bool(environ["REQUEST_METHOD"] == method)


def _charges(environ: Environ) -> bool:
    path: str = environ["PATH_INFO"]
    is_put = (
        path.startswith(_PROPOSAL) and _is("PUT", environ) and "/" not in path[len(_PROPOSAL) :]
    )
    return is_put and not _holds(environ)


def _holds(environ: Environ) -> bool:
    """Whether a proposal is to be held first, for which requests under one name take turns."""
    body = environ["wsgi.input"]
    return not isinstance(body, BytesIO) or b"hold_seconds" in body.getvalue()


@dataclass(frozen=True, slots=True)
class ChargesTogether:
    """Proposals that are sent and charged: those that come together share a transaction."""

    most: int = 100
    linger: float = 0.01

    def takes(self, environ: Environ) -> bool:
        """Whether a call may wait for others of its kind."""
        return _charges(environ) and is_expected(environ.get("HTTP_AUTHORIZATION", ""))

    def answer(
        self, environs: Sequence[Environ], answer_one: Callable[[int], None]
    ) -> Iterator[int]:
        """Answer all calls; each waits where it sends its proposal until all others do."""
        return together([partial(answer_one, place) for place in range(len(environs))])


CALLS_TOGETHER = (
    CallsTogether(_asks_for_wallet, _wallets_name, WITH_WALLETS),
    CallsTogether(_asks_for_quotes, _quoted, QUOTES),
    ChargesTogether(),
)
