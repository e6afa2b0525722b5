"""Operators see what was delivered, and let an endpoint go on."""

from collections.abc import Iterator

import pytest

from connects.acts.events.lanes import Deliverer
from connects.acts.events.manage_endpoints import EndpointForm, put_endpoint
from connects.acts.events.publish import publish_events
from connects.acts.events.send import Answer
from connects.acts.events.sign import secrets_of
from connects.bootstrap.clock import held_at
from connects.market.events.feed import event_id
from connects.market.events.models import WebhookEndpoint
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import Role
from tests.acts.events.consumers import Receiver
from tests.console.test_permissions import person, signed_in
from tests.market.people import NOON, Town, town

URL = "https://93.184.216.34/hooks"


@pytest.fixture
def here(db: None) -> Iterator[Town]:
    with held_at(NOON):
        found = town()
        while publish_events():
            pass
        yield found


def endpoint_with(answer: Answer) -> WebhookEndpoint:
    """An endpoint that a price was sent to, with what it answered."""
    made = put_endpoint(EndpointForm(name="shop", url=URL), NOON)
    assert isinstance(made, tuple), made
    row = made[0]
    WebhookEndpoint.objects.filter(pk=row.pk).update(position=0)
    receiver = Receiver(secret=secrets_of(row, NOON)[0], moods=lambda: answer)
    Deliverer(receiver, threads=1).settle(NOON)
    row.refresh_from_db()
    return row


def test_the_page_shows_what_came_back(here: Town) -> None:
    row = endpoint_with(Answer(500, "out of <order>", took_ms=7))
    operator = signed_in(here.operator)

    overview = operator.get("/console/webhooks/").content.decode()
    page = operator.get(f"/console/webhooks/{row.pk}/?state=waiting").content.decode()

    assert "shop" in overview
    assert "failing" in overview.lower()
    assert "out of &lt;order&gt;" in page
    assert "500 after 7 ms" in page
    assert operator.get("/console/webhooks/999/").status_code == 404
    for strange in ("?page=0", "?page=x", "?state=none", "?page=99999999999999999999"):
        assert operator.get(f"/console/webhooks/{row.pk}/{strange}").status_code == 200


def test_a_disabled_endpoint_goes_on_by_a_form(here: Town) -> None:
    row = endpoint_with(Answer(410))
    assert row.disabled is not None
    operator, address = signed_in(here.operator), f"/console/webhooks/{row.pk}/"
    assert "Nothing has been delivered" in operator.get(address).content.decode()

    answer = operator.post(address, {"act": "enable"}, follow=True)

    assert "go on where they were" in answer.content.decode()
    assert WebhookEndpoint.objects.get().disabled is None
    assert StaffAct.objects.filter(act="enable-endpoint", subject="endpoint:shop").exists()
    operator.post(address, {"act": "disable"})
    assert WebhookEndpoint.objects.get().disabled_because == "by hand"
    assert operator.post(address, {"act": "nonsense"}).status_code == 404


def test_a_new_secret_is_shown_and_the_one_before_is_good_for_a_day(here: Town) -> None:
    row = endpoint_with(Answer(200))
    operator, address = signed_in(here.operator), f"/console/webhooks/{row.pk}/"
    (before,) = secrets_of(row, NOON)

    page = operator.post(address, {"act": "rotate"}, follow=True).content.decode()

    row.refresh_from_db()
    new, old = secrets_of(row, NOON)
    assert old == before != new
    assert "There is a new secret" in page
    assert f"<code>{new}</code>" in page
    assert StaffAct.objects.filter(act="rotate-endpoint", subject="endpoint:shop").exists()


def test_events_are_delivered_again_from_one_on(here: Town) -> None:
    row = endpoint_with(Answer(200))
    operator, address = signed_in(here.operator), f"/console/webhooks/{row.pk}/"
    end = row.position
    told = []
    for event in (event_id(end - 1), "", "evt_of_mine", event_id(end + 1)):
        page = operator.post(address, {"act": "replay", "event": event}, follow=True)
        row.refresh_from_db()
        told.append((row.position, f"{end - row.position} events" in page.content.decode()))

    assert told == [(end - 2, True), (0, True), (0, False), (0, False)]
    assert StaffAct.objects.filter(act="replay-endpoint", subject="endpoint:shop").count() == 2


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.FINANCE, Role.MODERATOR])
def test_it_is_for_operators_alone(here: Town, role: Role) -> None:
    row = endpoint_with(Answer(200))

    client = signed_in(person(role))

    for address in ("/console/webhooks/", f"/console/webhooks/{row.pk}/"):
        assert client.get(address).status_code == 404


def test_an_operator_adds_an_endpoint_once_and_sees_its_secret(here: Town) -> None:
    operator = signed_in(here.operator)
    typed = {"name": "till", "url": URL, "types": "wallet.entry, job.ended", "ordering": "none"}

    added = operator.post("/console/webhooks/", typed, follow=True)
    again = operator.post("/console/webhooks/", typed)

    row = WebhookEndpoint.objects.get()
    assert (row.name, row.url, row.types) == ("till", URL, ["job.ended", "wallet.entry"])
    assert (row.ordering, row.signature) == ("none", "hmac")
    assert added.redirect_chain == [(f"/console/webhooks/{row.pk}/", 302)]
    assert secrets_of(row, NOON)[0] in added.content.decode()
    assert again.status_code == 409
    assert "this one is taken" in again.content.decode()
    assert StaffAct.objects.filter(act="put-endpoint", subject="endpoint:till").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "nowhere"}, "enter a whole address"),
        ({"url": "https://10.0.0.5/"}, "enter a public address"),
        ({"name": "a/b"}, "use 1 to 100 of"),
        ({"types": "wallet.enrty"}, "enter types of events"),
        ({"ordering": "strict"}, "choose one of those offered"),
    ],
)
def test_what_cannot_be_an_endpoint_is_told_beside_what_was_typed(
    here: Town, wrong: dict[str, str], words: str
) -> None:
    operator = signed_in(here.operator)

    answer = operator.post("/console/webhooks/", {"name": "till", "url": URL, **wrong})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert words in page
    assert next(iter(wrong.values())) in page or "ordering" in wrong
    assert not WebhookEndpoint.objects.exists()
