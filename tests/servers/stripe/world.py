"""All that the stand-in knows: resources by their ids, what happened, and what was asked under a key."""

import copy
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import stripe

from tests.servers.stripe.cards import TestCard
from tests.servers.stripe.shapes import Resource, filled, require_shape
from tests.servers.web_server import Reply


class Refused(Exception):
    """An error as Stripe answers it."""

    def __init__(self, status: int, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"type": kind, "message": message, **more}


def invalid(message: str, code: str = "", parameter: str = "", status: int = 400) -> Refused:
    said = {"code": code, "param": parameter}
    return Refused(status, "invalid_request_error", message, **{k: v for k, v in said.items() if v})


@dataclass
class World:
    """`cards` says what stands behind each method, `asked` with what each
    checkout session was asked for, `keys` what was answered to what was asked.
    """

    address: str = ""
    resources: dict[str, Resource] = field(default_factory=dict)
    cards: dict[str, TestCard] = field(default_factory=dict)
    saved: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, tuple[str, Reply]] = field(default_factory=dict)
    events: list[Resource] = field(default_factory=list)
    delivered: set[str] = field(default_factory=set)
    held_at: int | None = None

    def now(self) -> int:
        return int(time.time()) if self.held_at is None else self.held_at

    def name(self, prefix: str) -> str:
        return f"{prefix}_{secrets.token_hex(12)}"

    def add(self, prefix: str, declared: type[Any], **said: Any) -> Resource:
        """A new resource of the class, with an id and the time."""
        resource = filled(declared, id=self.name(prefix), created=self.now(), **said)
        self.resources[resource["id"]] = require_shape(resource)
        return resource

    def get(self, kind: str, name: str) -> Resource:
        found = self.resources.get(name)
        if found is None or found["object"] != kind:
            raise invalid(f"No such {kind}: '{name}'", "resource_missing", "id", 404)
        return found

    def of_kind(self, kind: str) -> list[Resource]:
        return [each for each in self.resources.values() if each["object"] == kind]

    def happened(self, kind: str, resource: Resource) -> None:
        """Note an event: what it is about, as it is now."""
        event = self.add(
            "evt",
            stripe.Event,
            type=kind,
            api_version=stripe.api_version,
            data={"object": copy.deepcopy(require_shape(resource))},
            pending_webhooks=1,
        )
        self.events.append(event)
