"""Endpoints, as a host's server makes and changes them."""

from collections.abc import Iterator
from typing import Any

import pytest

from connects.acts.events import manage_endpoints
from connects.acts.events.lanes import Deliverer
from connects.acts.events.publish import publish_events
from connects.acts.events.send import Answer
from connects.bootstrap.clock import held_at
from connects.market.events.models import WebhookEndpoint
from connects.market.trust.models import StaffAct
from tests.acts.events.consumers import Receiver
from tests.api.calling import problem
from tests.api.hosts import Host, server_key
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

URL = "https://93.184.216.34/hooks"


@pytest.fixture
def host() -> Iterator[Host]:
    with held_at(NOON):
        yield Host()


def made(host: Host, called: str = "shop", **more: Any) -> Any:
    answer = host.put(f"webhook_endpoints/{called}", {"url": URL, **more})
    assert answer.status_code == 201, answer.content
    return answer.json()


def published(host: Host) -> None:
    host.freelancer("u-7", grants="none")
    for number in range(3):
        body = {"account": "u-7", "credits": 10, "reason": "a test"}
        host.put(f"grants/g-{number}", body)
    while publish_events():
        pass


def test_an_endpoint_is_made_changed_and_removed_under_its_own_name(host: Host) -> None:
    first = made(host)
    assert first == host.get("webhook_endpoints/shop").json()
    assert first["secrets"][0].startswith("whsec_")
    assert (first["enabled"], first["ordering"], first["types"]) == (True, "account", [])

    body = {"url": URL, "types": ["wallet.entry"], "ordering": "none", "enabled": False}
    changed = host.put("webhook_endpoints/shop", body)

    assert changed.status_code == 200
    assert changed.json()["secrets"] == first["secrets"]
    assert changed.json()["disabled_because"] == "by hand"
    assert [each["id"] for each in host.get("webhook_endpoints").json()["items"]] == ["shop"]
    assert host.delete("webhook_endpoints/shop").status_code == 204
    assert problem(host.get("webhook_endpoints/shop"), 404)["code"] == "endpoint_unknown"
    acts = StaffAct.objects.filter(subject="endpoint:shop").values_list("act", flat=True)
    assert sorted(acts) == ["put-endpoint", "put-endpoint", "remove-endpoint"]


def test_what_was_delivered_is_told_with_what_came_back(host: Host) -> None:
    secret = made(host)["secrets"][0]
    published(host)
    receiver = Receiver(secret=secret, moods=lambda: Answer(500, "out of order", took_ms=7))
    Deliverer(receiver, threads=1).settle(NOON)

    page = host.get("webhook_endpoints/shop/deliveries", limit=2).json()
    rest = host.get("webhook_endpoints/shop/deliveries", cursor=page["next"]).json()

    tried = [each for each in page["items"] + rest["items"] if each["tries"]]
    assert rest["next"] is None
    assert (tried[0]["status"], tried[0]["answer"], tried[0]["took_ms"]) == (500, "out of order", 7)
    assert (tried[0]["state"], tried[0]["type"]) == ("waiting", "wallet.entry")
    assert tried[0]["next_try"] > tried[0]["tried"]
    behind = [each for each in page["items"] + rest["items"] if not each["tries"]]
    assert [each["next_try"] for each in behind] == [None, None]
    assert len(page["items"] + rest["items"]) == 3


def test_a_replay_begins_after_a_cursor_of_the_feed(host: Host) -> None:
    secret = made(host)["secrets"][0]
    published(host)
    receiver = Receiver(secret=secret)
    Deliverer(receiver).settle(NOON)
    cursor = host.get("events", limit=1).json()["next"]

    assert host.post("webhook_endpoints/shop/replay", {"after": cursor}).status_code == 202
    Deliverer(receiver).settle(NOON)
    assert len(receiver.calls) == 3 + 2

    assert host.post("webhook_endpoints/shop/replay", {"after": None}).status_code == 202
    Deliverer(receiver).settle(NOON)
    assert len(receiver.calls) == 3 + 2 + 3
    wrong = host.post("webhook_endpoints/shop/replay", {"after": "nonsense"})
    assert problem(wrong, 422)["code"] == "cursor_unknown"


def test_a_test_tells_at_once_what_came_back(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver = Receiver(secret=made(host)["secrets"][0], moods=lambda: Answer(202, "thank you"))
    send = manage_endpoints.send_test
    monkeypatch.setattr(
        "connects.api.webhook_endpoints.send_test", lambda row, now: send(row, now, receiver)
    )

    told = host.post("webhook_endpoints/shop/test").json()

    assert (told["state"], told["status"], told["answer"]) == ("sent", 202, "thank you")
    assert told["type"] == "endpoint.test"


def test_a_new_secret_stands_before_the_one_that_still_works(host: Host) -> None:
    before = made(host)["secrets"]

    after = host.post("webhook_endpoints/shop/rotate").json()["secrets"]

    assert after[1:] == before
    assert after[0] != before[0]
    assert host.get("webhook_endpoints/shop").json()["secrets"] == after


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"url": "https://127.0.0.1/hooks"}, "url", "private_address"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "url", "private_address"),
        ({"url": "https://169.254.169.254/latest"}, "url", "private_address"),
        ({"url": "https://localhost/hooks"}, "url", "private_address"),
        ({"url": "http://93.184.216.34/hooks"}, "url", "not_https"),
        ({"url": "nonsense"}, "url", "not_a_url"),
        ({"url": URL, "types": ["wallet.enrty"]}, "types", "unknown_event_type"),
        ({"url": URL, "ordering": "strict"}, "ordering", "unknown"),
        ({"url": URL, "secret": "mine"}, "secret", "unknown_field"),
        ({}, "url", "required"),
    ],
)
def test_what_cannot_be_an_endpoint_is_refused_and_none_is_made(
    host: Host, body: dict[str, Any], field: str, code: str
) -> None:
    told = problem(host.put("webhook_endpoints/shop", body), 422)

    assert told["code"] == "invalid"
    (wrong,) = told["parameters"]["problems"]
    assert (wrong["field"], wrong["problem"]) == (field, code)
    assert not WebhookEndpoint.objects.exists()


def test_endpoints_need_their_scope_and_an_id(host: Host) -> None:
    reader = Host(server_key("reader", ("read",)))

    assert problem(reader.get("webhook_endpoints"), 403)["code"] == "scope_missing"
    assert problem(host.put("webhook_endpoints/..%20", {"url": URL}), 422)["code"] == "invalid"
    for path in ("test", "rotate"):
        gone = host.post(f"webhook_endpoints/none/{path}")
        assert problem(gone, 404)["code"] == "endpoint_unknown"
