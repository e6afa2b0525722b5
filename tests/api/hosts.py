"""A host's server in tests: it calls with a server key."""

from __future__ import annotations

from typing import Any

from django.test import Client

from connects.acts.accounts.make_api_client import ClientForm, MadeServerKey, make_client
from connects.market.api_clients.models import Scope

EVERY_SCOPE = tuple(scope.value for scope in Scope)


def server_key(name: str = "shop", scopes: tuple[str, ...] = EVERY_SCOPE, **more: Any) -> str:
    made = make_client(ClientForm(name=name, scopes=scopes, **more), None)
    assert isinstance(made, MadeServerKey), made
    return made.secret


class Host:
    """Calls by method and address under `/api/v1/`, as JSON."""

    def __init__(self, secret: str | None = None, **headers: str) -> None:
        bearer = {"authorization": f"Bearer {secret or server_key()}", **headers}
        self.client = Client(headers=bearer, raise_request_exception=False)

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.put(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        if body is None:
            return self.client.generic("POST", f"/api/v1/{path}", headers=headers)
        return self.client.post(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )

    def delete(self, path: str) -> Any:
        return self.client.delete(f"/api/v1/{path}")

    def freelancer(self, called: str = "u-7", **more: Any) -> Any:
        made = self.put(f"accounts/{called}", {"kind": "freelancer", **more})
        assert made.status_code == 201, made.content
        return made.json()

    def job(self, called: str = "9", client: str = "c-1", **more: Any) -> Any:
        self.put(f"accounts/{client}", {"kind": "client"})
        facts = {"client": client, "kind": "fixed", "budget_cents": 900_00, **more}
        made = self.put(f"jobs/{called}", facts)
        assert made.status_code == 201, made.content
        return made.json()
