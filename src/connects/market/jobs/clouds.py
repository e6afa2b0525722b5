"""A client's clouds, and who is in them."""

from __future__ import annotations

from django.db.models import Prefetch

from connects.market.jobs.models import Cloud
from connects.market.people.models import Account


def members_of(cloud: Cloud) -> list[int]:
    """The ids of a cloud's members."""
    return list(cloud.members.values_list("pk", flat=True))


def clouds_of(client: Account) -> list[Cloud]:
    """A client's clouds with their members (`in_it`), by name, with two queries."""
    members = Prefetch("members", to_attr="in_it")
    return list(Cloud.objects.filter(client=client).prefetch_related(members).order_by("name"))


def own_cloud(client: Account, name: str) -> Cloud | None:
    """The client's own cloud of that name."""
    return Cloud.objects.filter(client=client, name=name).first()
