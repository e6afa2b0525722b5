"""Finding endpoints and their deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from connects.market.events.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from connects.market.pages import Page, page_of

DELIVERIES_KEPT = timedelta(days=30)


def endpoint_called(name: str) -> WebhookEndpoint | None:
    """The endpoint of that name."""
    return WebhookEndpoint.objects.filter(name=name).first()


def endpoint_numbered(number: int) -> WebhookEndpoint | None:
    """The endpoint of that number."""
    return WebhookEndpoint.objects.filter(pk=number).first()


def delivery_page(endpoint: WebhookEndpoint, number: int, state: str) -> Page[WebhookDelivery]:
    """A page of the deliveries to an endpoint, newest first; of one state, if it is named."""
    return page_of(deliveries_of(endpoint, state=state), number)


def endpoints() -> QuerySet[WebhookEndpoint]:
    """Every endpoint, by name."""
    return WebhookEndpoint.objects.order_by("name")


def endpoints_with_counts() -> QuerySet[WebhookEndpoint]:
    """The same, with how many deliveries wait (`waiting`) and are dead (`dead`)."""
    return endpoints().annotate(
        waiting=_number(DeliveryState.WAITING), dead=_number(DeliveryState.DEAD)
    )


def _number(state: DeliveryState) -> Coalesce:
    """How many deliveries of an endpoint are in a state, by that state's own index.

    Those that have arrived are by far the most, and a join would read them all.
    """
    found = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), state=state).order_by()
    number = found.values("endpoint").annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def deliveries_of(
    endpoint: WebhookEndpoint, before: int | None = None, state: str = ""
) -> QuerySet[WebhookDelivery]:
    """The deliveries to an endpoint, newest first, those that were made before one."""
    rows = endpoint.deliveries.order_by("-id")
    rows = rows if before is None else rows.filter(pk__lt=before)
    return rows.filter(state=state) if state in DeliveryState.values else rows


def clear_deliveries(now: datetime) -> None:
    """Forget deliveries that are old, unless they still wait."""
    old = WebhookDelivery.objects.filter(enqueued__lt=now - DELIVERIES_KEPT)
    old.exclude(state=DeliveryState.WAITING).delete()
