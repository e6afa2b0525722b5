"""Making API clients, and making and revoking their server keys.

A server key acts for every account within its scopes, so only operators make one: in the console, or
with `connects client`. Two keys of a client may work at a time, so that one can take over from the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network

from django.db import IntegrityError, transaction

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import (
    CALLS_A_SECOND,
    NAME_CHARACTERS,
    ApiClient,
    ApiClientKey,
    Scope,
)
from connects.market.key_digest import digest_of
from connects.market.people.models import User
from connects.market.people.permissions import Act, denied
from connects.market.upkeep.sandbox import is_sandbox
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import name_refused

KEYS_MOST = 2
CALLS_MOST = 100_000


@dataclass(frozen=True, slots=True)
class MadeServerKey:
    """A new server key: its row, and the whole of it, which is shown once and kept nowhere."""

    row: ApiClientKey
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientForm:
    """What an operator says of a new client; no `networks` stands for all addresses."""

    name: str
    scopes: Sequence[str]
    networks: Sequence[str] = ()
    calls_a_second: int = CALLS_A_SECOND


def make_client(form: ClientForm, staff: User | None) -> MadeServerKey | Refused:
    """Make a client and its first key. `staff` is None at the command line.

    Refused with `not_allowed`, or `invalid`: a name that is taken or none, an unknown scope, no address.
    """
    refused = denied(staff, Act.MANAGE_API_CLIENTS) or _problem(form)
    if refused is not None:
        return refused
    now = clock_now()
    try:
        with transaction.atomic():
            client = ApiClient.objects.create(
                name=form.name.strip(),
                scopes=[scope.value for scope in Scope if scope.value in form.scopes],
                networks=[str(ip_network(text, strict=False)) for text in form.networks],
                calls_a_second=form.calls_a_second,
                made=now,
            )
            note_act(staff, "make-api-client", f"api-client:{client.pk}", client.name, now)
            return _new_key(client)
    except IntegrityError:
        return invalid(Problem.TAKEN, field="name")


def _problem(form: ClientForm) -> Refused | None:
    refused = name_refused("name", form.name.strip(), NAME_CHARACTERS)
    if refused is not None:
        return refused
    unknown = [scope for scope in form.scopes if scope not in set(Scope)]
    if unknown or not form.scopes:
        return invalid(Problem.UNKNOWN_SCOPE, field="scopes")
    if not all(_is_network(text) for text in form.networks):
        return invalid(Problem.NOT_A_NETWORK, field="addresses")
    if not 1 <= form.calls_a_second <= CALLS_MOST:
        return invalid(Problem.NOT_A_NUMBER, field="rate", least=1, most=CALLS_MOST)
    return None


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def add_server_key(client: ApiClient, staff: User | None) -> MadeServerKey | Refused:
    """Make a further key, to rotate. Refused with `not_allowed`, or `invalid` where two work already."""
    refused = denied(staff, Act.MANAGE_API_CLIENTS)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        locked = ApiClient.objects.select_for_update().get(pk=client.pk)
        if locked.revoked is not None:
            return invalid(Problem.CLIENT_REVOKED, field="client")
        if locked.keys.filter(revoked=None).count() >= KEYS_MOST:
            return invalid(Problem.TOO_MANY_SERVER_KEYS, field="client", most=KEYS_MOST)
        made = _new_key(locked)
        note_act(staff, "make-server-key", f"api-client:{client.pk}", made.row.prefix, now)
        return made


def _new_key(client: ApiClient) -> MadeServerKey:
    kind = "test" if is_sandbox() else "live"
    prefix = f"csk_{kind}_{secrets.token_hex(4)}"
    secret = f"{prefix}_{secrets.token_hex(32)}"
    row = ApiClientKey.objects.create(
        client=client, prefix=prefix, digest=digest_of(secret), made=clock_now()
    )
    return MadeServerKey(row, secret)
