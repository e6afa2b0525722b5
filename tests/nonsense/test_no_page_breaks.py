"""Nonsense in every field of every page, as everyone, is an answer and never an error of the program.

    NONSENSE_SECONDS=600 NONSENSE_ROUNDS=5 NONSENSE_SEED=7 python -m pytest tests/nonsense

walks for longer, and elsewhere. Each run of a seed sends the same requests in the same order.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from connects.bootstrap.clock import held_at
from tests.market.people import NOON
from tests.nonsense.forms import Form, forms_on
from tests.nonsense.people import Marketplace
from tests.nonsense.walker import routes, walk_all

SECONDS = float(os.environ.get("NONSENSE_SECONDS", "45"))
ROUNDS = int(os.environ.get("NONSENSE_ROUNDS", "1"))
SEED = int(os.environ.get("NONSENSE_SEED", "2019"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def marketplace() -> Iterator[Marketplace]:
    with held_at(NOON):
        yield Marketplace()


def test_no_field_of_any_page_breaks_it(marketplace: Marketplace, settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 1_000_000

    walks = walk_all(marketplace.people(), marketplace.samples(), SEED, SECONDS, ROUNDS)

    broken = [broken for walk in walks.values() for broken in walk.broken]
    told = "\n\n".join(f"{each.who}: {each.request}\n{each.said}" for each in broken[:8])
    assert not broken, f"{len(broken)} requests broke:\n{told}"
    assert sum(walk.requests for walk in walks.values()) > 300
    assert {200, 302, 404, 409} <= set().union(*(walk.statuses for walk in walks.values()))
    assert len(set().union(*(walk.fields for walk in walks.values()))) > 40


def test_a_page_that_breaks_is_noticed(marketplace: Marketplace, monkeypatch: Any) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("connects.web.views.posts.listed_for_client", breaks)
    walks = walk_all(
        {"client": marketplace.people()["client"]},
        {**marketplace.samples(), "public_id": [marketplace.town.job.public_id]},
        SEED,
        seconds=SECONDS,
        only="post",
    )

    assert any("planted" in broken.said for broken in walks["client"].broken)


def test_forms_are_read_with_what_they_would_send() -> None:
    page = (
        '<form method="post" action="/a/"><input name="x" value="1"><textarea name="t"></textarea>'
        '<select name="s"><option value="">-</option><option value="b">B</option></select>'
        '<button name="act" value="go">Go</button></form><form><input name="q"></form>'
    )

    assert forms_on(page, "/here/") == [
        Form("/a/", "POST", {"x": "1", "t": "Hello", "s": "b", "act": "go"}),
        Form("/here/", "GET", {"q": "Hello"}),
    ]


def test_the_walk_knows_every_part_of_the_site() -> None:
    known = {route for route, _ in routes()}

    assert {"work/<public:public_id>/propose/", "console/accounts/<slug:handle>/"} <= known
    assert {"api/v1/prices", "api/v1/posts/<id>/price"} <= known
