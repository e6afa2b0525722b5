"""Calling the API in tests: with a key, or signed in."""

from __future__ import annotations

from typing import Any

from django.test import Client

from connects.acts.accounts.make_api_key import MadeKey, make_key
from connects.market.keys.scopes import KeyScope
from connects.market.people.models import Account, User
from tests.api.hosts import Host

BACKEND = "django.contrib.auth.backends.ModelBackend"
DRAFT: dict[str, Any] = {"title": "Write a handbook", "kind": "fixed", "budget_cents": 900_00}


def person_of(account: Account) -> User:
    return User.objects.get(memberships__account=account)


def key_for(account: Account, name: str = "a program") -> MadeKey:
    made = make_key(person_of(account), account, name)
    assert isinstance(made, MadeKey), made
    return made


def with_key(secret: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}"})


def program_of(account: Account) -> Client:
    return with_key(key_for(account).secret)


def program_with(
    account: Account, *scopes: KeyScope, user: User | None = None, days: int | None = None
) -> Host:
    """A program of a member's, with a key of these scopes; all of them where none is named."""
    made = make_key(
        user or person_of(account), account, "a program", scopes or tuple(KeyScope), days
    )
    assert isinstance(made, MadeKey), made
    return Host(made.secret)


def signed_in(user: User, *, checks_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_csrf)
    client.force_login(user, backend=BACKEND)
    return client


def price_of(client: Client, public_id: str) -> Any:
    return client.get(f"/api/v1/posts/{public_id}/price")


def draft_price(client: Client, body: Any, **headers: str) -> Any:
    return client.post("/api/v1/prices", body, content_type="application/json", headers=headers)


def problem(response: Any, status: int) -> dict[str, Any]:
    """What the API has against a call: its one shape, whatever the status."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert set(told) == {
        *("type", "title", "status", "detail", "instance"),
        *("code", "message", "parameters"),
    }
    assert (told["status"], told["detail"]) == (status, told["message"])
    assert told["instance"] == response.headers["Connects-Request-Id"]
    assert told["message"].endswith(".")
    return told
