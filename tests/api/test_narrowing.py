"""The API's document is a promise: it is kept as a file, and nothing in it may become narrower."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tests.api.document import committed, document, written
from tests.api.narrowing import narrowed

Spoil = Callable[[dict[str, Any]], object]


def test_nothing_that_was_promised_has_become_narrower() -> None:
    assert narrowed(committed(), document()) == []


def test_the_file_is_the_document_as_it_is_now() -> None:
    assert written(committed()) == written(document()), "run: python -m tests.api.document"


SMALL: dict[str, Any] = {
    "paths": {
        "/jobs/{id}": {
            "put": {
                "security": [{"ServerKey": []}],
                "x-connects-scope": "sync",
                "parameters": [
                    {"in": "path", "name": "id", "required": True, "schema": {"type": "string"}},
                    {"in": "query", "name": "expand", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Job"}}
                    }
                },
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Told"}}
                        }
                    },
                    "201": {"description": "made"},
                },
            }
        },
        "/jobs": {"get": {"responses": {"200": {}}}},
    },
    "components": {
        "schemas": {
            "Job": {
                "type": "object",
                "required": ["kind"],
                "properties": {
                    "kind": {"type": "string", "enum": ["fixed", "hourly"]},
                    "title": {"anyOf": [{"type": "string", "maxLength": 120}, {"type": "null"}]},
                    "cents": {"type": "integer", "minimum": 1},
                    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
                    "skills": {"type": "array", "items": {"type": "string"}, "maxItems": 10},
                    "parent": {"$ref": "#/components/schemas/Job"},
                },
            },
            "Told": {
                "type": "object",
                "required": ["id", "status"],
                "properties": {
                    "id": {"type": "string"},
                    "status": {"type": "string", "enum": ["open"]},
                    "price": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    "lots": {"type": "array", "items": {"$ref": "#/components/schemas/Lot"}},
                },
            },
            "Lot": {"type": "object", "properties": {"kind": {"type": "string"}}},
        }
    },
}
PUT = "PUT /jobs/{id}"


def put(told: dict[str, Any]) -> Any:
    return told["paths"]["/jobs/{id}"]["put"]


def shape(told: dict[str, Any], name: str) -> Any:
    return told["components"]["schemas"][name]


def field(told: dict[str, Any], name: str, property_name: str) -> Any:
    return shape(told, name)["properties"][property_name]


NARROWINGS: dict[str, Spoil] = {
    "GET /jobs: the operation is gone": lambda t: t["paths"].pop("/jobs"),
    f"{PUT}: the operation is gone": lambda t: t["paths"]["/jobs/{id}"].pop("put"),
    f"{PUT}: the answer 201 is gone": lambda t: put(t)["responses"].pop("201"),
    f"{PUT}: the answer 200 is no application/json any more": lambda t: put(t)["responses"][
        "200"
    ].update(content={"text/plain": {}}),
    f"{PUT}: it cannot be called with ServerKey any more": lambda t: put(t).update(security=[]),
    f"{PUT}: it needs another scope": lambda t: put(t).update({"x-connects-scope": "charge"}),
    f"{PUT}: the parameter expand is gone": lambda t: put(t)["parameters"].pop(),
    f"{PUT}: the parameter expand is required now": lambda t: put(t)["parameters"][1].update(
        required=True
    ),
    f"{PUT}: parameter expand: it takes some words alone now": lambda t: put(t)["parameters"][1][
        "schema"
    ].update(enum=["wallet"]),
    f"{PUT}: a body is required now": lambda t: put(t)["requestBody"].update(required=True),
    f"{PUT}: it takes no body any more": lambda t: put(t).pop("requestBody"),
    f"{PUT}: it takes no application/json any more": lambda t: put(t)["requestBody"].update(
        content={"text/csv": {}}
    ),
    f"{PUT}: body.cents is gone": lambda t: shape(t, "Job")["properties"].pop("cents"),
    f"{PUT}: body.cents is required now": lambda t: shape(t, "Job")["required"].append("cents"),
    f"{PUT}: body.size is required now": lambda t: (
        shape(t, "Job")["properties"].update(size={"type": "integer"}),
        shape(t, "Job")["required"].append("size"),
    ),
    f"{PUT}: body.kind: it takes no hourly any more": lambda t: field(t, "Job", "kind").update(
        enum=["fixed", "other"]
    ),
    f"{PUT}: body.title: it takes no null any more": lambda t: shape(t, "Job")["properties"].update(
        title={"type": "string"}
    ),
    f"{PUT}: body.title: its maxLength is tighter": lambda t: field(t, "Job", "title")["anyOf"][
        0
    ].update(maxLength=80),
    f"{PUT}: body.cents: its minimum is tighter": lambda t: field(t, "Job", "cents").update(
        minimum=2
    ),
    f"{PUT}: body.cents: it takes no integer any more": lambda t: field(t, "Job", "cents").update(
        type="string"
    ),
    f"{PUT}: body.country: its pattern is another": lambda t: field(t, "Job", "country").update(
        pattern="^[A-Y]{2}$"
    ),
    f"{PUT}: body.skills[]: its minLength is tighter": lambda t: field(t, "Job", "skills")[
        "items"
    ].update(minLength=2),
    f"{PUT}: body.skills: its maxItems is tighter": lambda t: field(t, "Job", "skills").update(
        maxItems=5
    ),
    f"{PUT}: body: it takes no further fields any more": lambda t: shape(t, "Job").update(
        additionalProperties=False
    ),
    f"{PUT}: answer 200.id is gone": lambda t: shape(t, "Told")["properties"].pop("id"),
    f"{PUT}: answer 200.id may be missing now": lambda t: shape(t, "Told")["required"].remove("id"),
    f"{PUT}: answer 200.id: it may be null now": lambda t: shape(t, "Told")["properties"].update(
        id={"anyOf": [{"type": "string"}, {"type": "null"}]}
    ),
    f"{PUT}: answer 200.id: it may be integer now": lambda t: field(t, "Told", "id").update(
        type="integer"
    ),
    f"{PUT}: answer 200.lots[].kind is gone": lambda t: shape(t, "Lot")["properties"].pop("kind"),
}


@pytest.mark.parametrize("says", NARROWINGS)
def test_a_planted_narrowing_is_seen(says: str) -> None:
    after = deepcopy(SMALL)
    NARROWINGS[says](after)

    assert says in narrowed(SMALL, after)


WIDENINGS: dict[str, Spoil] = {
    "an operation more": lambda t: t["paths"].update({"/quotes": {}}),
    "an answer more": lambda t: put(t)["responses"].update({"404": {}}),
    "a field more that may be sent": lambda t: shape(t, "Job")["properties"].update(
        size={"type": "integer"}
    ),
    "a field less that must be sent": lambda t: shape(t, "Job").update(required=[]),
    "a word more": lambda t: field(t, "Job", "kind")["enum"].append("contest"),
    "a word more in an answer": lambda t: field(t, "Told", "status")["enum"].append("closed"),
    "a looser bound": lambda t: field(t, "Job", "cents").update(minimum=0),
    "any number": lambda t: field(t, "Job", "cents").update(type="number"),
    "a field more in an answer": lambda t: field(t, "Told", "id").update(examples=["9"]),
    "never null any more": lambda t: shape(t, "Told")["properties"].update(
        price={"type": "integer"}
    ),
}


@pytest.mark.parametrize("what", WIDENINGS)
def test_what_only_adds_is_no_narrowing(what: str) -> None:
    after = deepcopy(SMALL)
    WIDENINGS[what](after)

    assert narrowed(SMALL, after) == []


def test_a_document_is_not_narrower_than_itself() -> None:
    assert narrowed(SMALL, SMALL) == []
    assert narrowed(document(), document()) == []
