"""Make an empty installation a sandbox, with one client that may do everything."""

from __future__ import annotations

from django.db import transaction

from connects.acts.accounts.make_api_client import ClientForm, MadeServerKey, make_client
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.models import ApiClient, Scope
from connects.market.people.models import Account, User
from connects.market.upkeep.sandbox import begin_sandbox

CLIENT = "sandbox"


def open_sandbox() -> MadeServerKey | None:
    """Make this database a sandbox's, and its client's key; None where it has a marketplace in it."""
    with transaction.atomic():
        if any(model.objects.exists() for model in (Account, User, ApiClient)):
            return None
        begin_sandbox(clock_now())
        made = make_client(ClientForm(name=CLIENT, scopes=[scope.value for scope in Scope]), None)
        assert isinstance(made, MadeServerKey), made
        return made
