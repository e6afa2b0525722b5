"""Feeds nonsense to every field of every page, as one person, and collects what broke.

The walker knows no page by name. Addresses come from the URL table, with every part of an address filled
by what there is (`samples`); fields come from the forms on a page and from what its function asks for.
Each request is undone, so that what comes after it finds the same marketplace.
"""

import re
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice, product
from random import Random
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.nonsense.forms import Form, fields_asked_for, forms_on
from tests.nonsense.values import BODIES, CONTENT_TYPES, VALUES, encoded, spoilt

PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
FORM = "application/x-www-form-urlencoded"
NOT_FIELDS = {"csrfmiddlewaretoken"}
NO_ENTRY = 401
NOT_FOR_THEM = {NO_ENTRY, 403, 404, 405}


@dataclass(frozen=True, slots=True)
class Broken:
    """A request that was an error of the program."""

    who: str
    request: str
    said: str


@dataclass
class Walk:
    """What one walk did and found."""

    requests: int = 0
    fields: set[tuple[str, str]] = field(default_factory=set)
    statuses: set[int] = field(default_factory=set)
    broken: list[Broken] = field(default_factory=list)


def routes() -> Iterator[tuple[str, str]]:
    """Every address of the site as the table has it (`work/<public:public_id>/`), and its name."""
    yield from _routes("", get_resolver().url_patterns)


def _routes(before: str, patterns: Sequence[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    for each in patterns:
        route = getattr(each.pattern, "_route", None)
        if route is None:
            continue  # a regular expression: whatever is no address at all
        if isinstance(each, URLResolver):
            yield from _routes(before + route, each.url_patterns)
        else:
            yield before + route, each.name or before + route


def addresses(
    route: str, samples: Mapping[str, Sequence[str]], chance: Random, most: int = 2
) -> list[str]:
    """Some real addresses of a route, and one with nonsense in one of its parts."""
    names = [match["name"] for match in PART.finditer(route)]
    if not names:
        return [f"/{route}"]
    real = [dict(zip(names, row, strict=True)) for row in product(*(samples[n] for n in names))]
    rows = chance.sample(real, min(most, len(real)))
    odd = [value for value in VALUES if value and len(value) < 6_000]
    name = chance.choice(names)
    rows.append({**chance.choice(real), name: chance.choice(odd)})
    return [f"/{_filled(route, row)}" for row in rows]


def _filled(route: str, row: Mapping[str, str]) -> str:
    return PART.sub(lambda match: encoded([("", row[match["name"]])])[1:], route)


@contextmanager
def undone() -> Iterator[None]:
    """Undo all that is done in the database meanwhile."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # what wants to be outermost may be inside
    with block:
        yield
        transaction.set_rollback(True)


class Walker:
    """One person who walks; `sign_in` makes a client who is signed in as that person."""

    def __init__(self, who: str, sign_in: Callable[[], Client], chance: Random) -> None:
        self.who, self.chance = who, chance
        self.walk = Walk()
        self._sign_in = sign_in

    def visit(self, address: str, rounds: int = 1) -> None:
        """Look at a page, then spoil each of its fields, so many times.

        A page that is not for this person is left alone once it has said so.
        """
        with fields_asked_for() as queried:
            status, page = self._asked("GET", address)
        with fields_asked_for() as posted:
            post_status, _ = self._asked("POST", address)
        if {status, post_status} <= NOT_FOR_THEM:
            return
        forms = forms_on(page, address)
        forms.append(Form(address, "GET", dict.fromkeys(queried, "")))
        forms.append(Form(address, "POST", dict.fromkeys(posted - queried, "Hello")))
        for _ in range(rounds):
            for form in forms:
                self._spoil(form)
            self._send_anything(address)

    def _spoil(self, form: Form) -> None:
        for name in sorted(form.fields.keys() - NOT_FIELDS):
            self.walk.fields.add((form.address.partition("?")[0], name))
            pairs = spoilt(form.fields, name, self.chance)
            if form.method == "GET":
                self._asked("GET", f"{form.address.partition('?')[0]}?{encoded(pairs)}")
            else:
                self._asked(form.method, form.address, encoded(pairs).encode())

    def _send_anything(self, address: str) -> None:
        """A body of no form, and a file where a text is expected."""
        content = self.chance.choice(CONTENT_TYPES)
        self._asked("POST", address, self.chance.choice(BODIES), content)
        part = (
            b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a"\r\n\r\n\0\r\n--x--\r\n'
        )
        name = self.chance.choice((b"text", b"name", b"key", b"act", b"accounts", b"a\0"))
        self._asked("POST", address, part % name, "multipart/form-data; boundary=x")

    def _asked(
        self, method: str, address: str, body: bytes = b"", content: str = FORM
    ) -> tuple[int, str]:
        self.walk.requests += 1
        shown = f"{method} {address[:300]} {body[:300]!r} {content}"
        try:
            with undone():
                return self._answer(method, address, body, content, shown)
        except Exception:  # noqa: BLE001 whatever it is, it is what the walk is for
            self._note(shown, traceback.format_exc())
            connection.close_if_unusable_or_obsolete()
            return 500, ""

    def _answer(
        self, method: str, address: str, body: bytes, content: str, shown: str
    ) -> tuple[int, str]:
        client = self._sign_in()
        answer = client.generic(method, address, body, content)
        said = _read(answer)
        self.walk.statuses.add(answer.status_code)
        if answer.status_code >= 500 or b"Traceback (most recent call last)" in said:
            trouble = getattr(answer, "exc_info", None)
            words = "".join(traceback.format_exception(*trouble)) if trouble else "no exception"
            self._note(shown, f"{answer.status_code}: {words}")
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        is_sent_away = answer.headers.get("Location", "").startswith("/sign-in")
        status = NO_ENTRY if is_sent_away else answer.status_code
        return status, said.decode(errors="replace") if is_page else ""

    def _note(self, request: str, said: str) -> None:
        self.walk.broken.append(Broken(self.who, request, said[-1_500:]))


def _read(answer: Any) -> bytes:
    return b"".join(islice(answer, 10_000)) if answer.streaming else answer.content


def walk_all(
    people: Mapping[str, Callable[[], Client]],
    samples: Mapping[str, Sequence[str]],
    seed: int,
    seconds: float,
    rounds: int = 1,
    only: str = "",
) -> dict[str, Walk]:
    """Walk through every route as everyone, in a seeded order, until it is done or the time is over.

    `only` names one route.
    """
    chance = Random(seed)
    walkers = [Walker(who, sign_in, chance) for who, sign_in in people.items()]
    visits = [
        (walker, address)
        for route, name in routes()
        if only in ("", name)
        for address in addresses(route, samples, chance)
        for walker in walkers
    ]
    chance.shuffle(visits)
    end = monotonic() + seconds
    for walker, address in visits:
        if monotonic() > end:
            break
        walker.visit(address, rounds)
    return {walker.who: walker.walk for walker in walkers}
