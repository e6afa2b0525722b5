"""The feed, as a host's server reads it."""

from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from connects.acts.events.publish import publish_events
from connects.bootstrap.clock import held_at
from tests.api.calling import problem
from tests.api.hosts import Host, server_key
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def give(host: Host, named: str, account: str = "u-7", credits: int = 10) -> None:
    body = {"account": account, "credits": credits, "reason": "a test"}
    assert host.put(f"grants/{named}", body).status_code == 201


@pytest.fixture
def host() -> Any:
    with held_at(NOON):
        host = Host()
        host.freelancer("u-7", grants="none")
        host.freelancer("u-8", grants="none")
        for number in range(3):
            give(host, f"g-{number}")
        give(host, "g-other", "u-8")
        while publish_events():
            pass
        yield host


def test_a_line_is_told_whole(host: Host) -> None:
    first = host.get("events", types="wallet.entry").json()["items"][0]
    entry = host.get("accounts/u-7/wallet/entries", order="oldest").json()["items"][0]

    assert first["type"] == "wallet.entry"
    assert first["id"].startswith("evt_")
    assert first["timestamp"] == entry["recorded"]
    assert first["data"] == {**entry, "account": "u-7", "debt": 0}
    assert (first["data"]["sequence"], first["data"]["credits"]) == (1, 10)


def test_pages_follow_each_other_without_gap_and_go_on_where_nothing_is_left(host: Host) -> None:
    whole = host.get("events").json()
    told: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = host.get("events", **query).json()
        told += page["items"]
        query["after"] = page["next"]
        if not page["has_more"]:
            break

    assert told == whole["items"]
    assert host.get("events", **query).json()["items"] == []
    give(host, "g-later")
    publish_events()
    later = host.get("events", **query).json()["items"]
    assert [each["data"]["credits"] for each in later] == [10]


def test_the_feed_can_be_of_one_account_or_of_some_types(host: Host) -> None:
    host.job("9")
    publish_events()

    of_one = host.get("events", account="u-8").json()["items"]
    priced = host.get("events", types="job.priced,job.ended").json()["items"]

    assert [each["data"]["account"] for each in of_one] == ["u-8"]
    assert [each["type"] for each in priced] == ["job.priced"]
    assert priced[0]["data"]["job"] == "9"


def test_a_filtered_feed_moves_on_past_what_it_does_not_tell(host: Host) -> None:
    empty = host.get("events", types="job.ended").json()

    assert empty["items"] == []
    assert host.get("events", after=empty["next"]).json()["items"] == []


def test_a_page_takes_as_many_queries_as_it_likes_but_not_for_each_event(
    host: Host, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9):
        host.get("events")


def test_what_the_feed_cannot_take_has_its_own_code(host: Host) -> None:
    cursor = host.get("events").json()["next"]
    entries = host.get("accounts/u-7/wallet/entries", limit=1).json()["next"]
    spoilt = cursor[:-3] + "abc"

    with override_settings(SECRET_KEY="another installation's key, which is as long as it must be"):
        elsewhere = host.get("events").json()["next"]

    assert problem(host.get("events", after=elsewhere), 422)["code"] == (
        "cursor_of_another_installation"
    )
    for wrong in (spoilt, entries, "nonsense", "0"):
        assert problem(host.get("events", after=wrong), 422)["code"] == "cursor_unknown"
    assert problem(host.get("events", types="wallet.enrty"), 422)["code"] == "invalid"
    assert problem(host.get("events", limit=501), 422)["code"] == "invalid"
    assert problem(host.get("events", account="u-9"), 404)["code"] == "account_unknown"
    reader = Host(server_key("reader", ("read",)))
    assert problem(reader.get("events"), 403)["code"] == "scope_missing"


def test_a_cursor_survives_a_new_secret_key_while_the_old_one_is_believed(host: Host) -> None:
    cursor = host.get("events").json()["next"]

    with override_settings(
        SECRET_KEY="the next key of this installation, long enough",
        SECRET_KEY_FALLBACKS=[settings.SECRET_KEY],
    ):
        assert host.get("events", after=cursor).status_code == 200
