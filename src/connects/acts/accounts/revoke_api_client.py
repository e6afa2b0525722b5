"""Revoke server keys: one, or all of a client with the client."""

from __future__ import annotations

from django.db import transaction

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import (
    ApiClient,
)
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid


def revoke_server_key(client: ApiClient, prefix: str, staff: User | None) -> ApiClient | Refused:
    """A key works no longer, from now on. Refused with `not_allowed`, or `invalid` for no such key."""
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        if not client.keys.filter(prefix=prefix, revoked=None).update(revoked=now):
            return invalid(Problem.SERVER_KEY_UNKNOWN, field="key")
        note_act(staff, "revoke-server-key", f"api-client:{client.pk}", prefix, now)
    return client


def revoke_client(client: ApiClient, staff: User | None) -> ApiClient | Refused:
    """None of the client's keys works any longer, for good. Refused with `not_allowed`."""
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        locked = ApiClient.objects.select_for_update().get(pk=client.pk)
        if locked.revoked is None:
            locked.revoked = now
            locked.save(update_fields=["revoked"])
            locked.keys.filter(revoked=None).update(revoked=now)
            note_act(staff, "revoke-api-client", f"api-client:{client.pk}", client.name, now)
        return locked
