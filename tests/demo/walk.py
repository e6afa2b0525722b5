"""A walk over every page that a role's pages lead to: what each asks of the database, and weighs."""

from __future__ import annotations

import gzip
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BEGIN = ("/", "/work/", "/console/")
LEFT_OUT = ("/api/", "/static/")
_LINK = re.compile(r'href="(/[^"#]*)')
_ROW = re.compile(r"/(?:[0-9a-f]{16}|\d+|(?<=accounts/)[a-z0-9-]+|(?<=people/)[a-z0-9-]+)(?=/)")
_OF_TEMPLATES = re.compile(r"\{\{|\}\}|\{%|%\}")
_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Visit:
    """One page as it was answered: `weight` is what is sent of it, with the style sheet.

    `spills` says whether a template's own signs stand in it, as they do after a slip in one.
    """

    address: str
    status: int
    is_page: bool
    queries: int
    weight: int
    spills: bool


def walk(client: Client) -> Iterator[Visit]:
    """Visit one page of each kind, from link to link."""
    style = finders.find("web/style.css")
    assert isinstance(style, str)
    sheet = len(gzip.compress(Path(style).read_bytes()))
    ahead, known = deque(BEGIN), {_kind(address) for address in BEGIN}
    while ahead:
        address = ahead.popleft()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            body = b"".join(answer)  # what is streamed does its asking here
        queries = [q for q in asked.captured_queries if not q["sql"].startswith(_OF_TRANSACTIONS)]
        is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
        weight = sheet + len(gzip.compress(body))
        text = body.decode() if is_page else ""
        spills = _OF_TEMPLATES.search(text) is not None
        yield Visit(address, answer.status_code, is_page, len(queries), weight, spills)
        for found in sorted(_LINK.findall(text)):
            if not found.startswith(LEFT_OUT) and _kind(found) not in known:
                known.add(_kind(found))
                ahead.append(found.replace("&amp;", "&"))


def _kind(address: str) -> str:
    """The address without what tells one row from another."""
    return _ROW.sub("/x", address.partition("?")[0])
