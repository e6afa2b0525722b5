"""An endpoint's numbers cost what waits and what is dead, not all that ever arrived."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from connects.market.events.endpoints import endpoints, endpoints_with_counts
from connects.market.events.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from tests.acts.events.test_delivering import endpoint
from tests.acts.events.test_turns import plan_of
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


def deliveries(of: WebhookEndpoint, state: DeliveryState, positions: range) -> None:
    for position in positions:
        WebhookDelivery.objects.create(
            endpoint=of,
            event=f"evt_{position}",
            type="wallet.entry",
            position=position,
            row=position,
            account=1,
            state=state,
            enqueued=NOON,
            next_try=NOON,
        )


def test_what_waits_and_what_is_dead_is_counted_for_each_endpoint() -> None:
    busy = endpoint()
    quiet = WebhookEndpoint.objects.create(name="quiet", url=busy.url, made=NOON, position=0)
    deliveries(busy, DeliveryState.WAITING, range(1, 4))
    deliveries(busy, DeliveryState.DEAD, range(4, 6))
    deliveries(busy, DeliveryState.SENT, range(6, 16))

    found = {each.pk: (each.waiting, each.dead) for each in endpoints_with_counts()}  # type: ignore[attr-defined]

    assert found == {busy.pk: (3, 2), quiet.pk: (0, 0)}
    assert set(endpoints()) == {busy, quiet}


def test_the_numbers_come_from_the_states_own_indexes() -> None:
    endpoint()

    with CaptureQueriesContext(connection) as asked:
        list(endpoints_with_counts())

    plan = plan_of(asked[0]["sql"])
    assert "delivery_dead" in plan
    assert "delivery_waiting" in plan or "delivery_in_order" in plan
