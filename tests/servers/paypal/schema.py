"""A value checked against a published schema, as far as PayPal's schemas go, and stricter: what a schema
does not name is refused, which PayPal often overlooks.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from tests.servers.paypal.published import SCHEMAS


class Problem(NamedTuple):
    """What is wrong: the field, as PayPal writes it, and PayPal's word for what is wrong."""

    field: str
    issue: str


class Operation(NamedTuple):
    """What is asked (`query`, `request`) and answered; `schemas` are those of the same file."""

    query: list[str]
    request: Any
    reply: Any
    schemas: dict[str, Any]


@cache
def operations() -> dict[str, Operation]:
    """All published operations, as `POST /v2/checkout/orders`."""
    files = json.loads(SCHEMAS.read_text())
    return {
        name: Operation(said["query"], said["request"], said["reply"], file["schemas"])
        for file in files.values()
        for name, said in file["operations"].items()
    }


TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def problems(
    value: Any, schema: Any, schemas: dict[str, Any], field: str = ""
) -> Iterator[Problem]:
    """All that is wrong with a value."""
    parts = list(flat(schema, schemas))
    kind = next((part["type"] for part in parts if "type" in part), None)
    if kind is not None and not isinstance(value, TYPES[kind]):
        yield Problem(field or "/", "INVALID_PARAMETER_SYNTAX")
        return
    if isinstance(value, dict):
        yield from problems_of_object(value, parts, schemas, field)
    elif isinstance(value, list):
        yield from problems_of_list(value, parts, schemas, field)
    elif isinstance(value, str):
        yield from problems_of_text(value, parts, field)


def flat(schema: Any, schemas: dict[str, Any]) -> Iterator[Any]:
    """The schema and all that it refers to and consists of."""
    if "$ref" in schema:
        yield from flat(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for each in schema.get("allOf", []):
        yield from flat(each, schemas)
    yield schema


def problems_of_object(
    value: dict[str, Any], parts: list[Any], schemas: dict[str, Any], field: str
) -> Iterator[Problem]:
    known = {name: each for part in parts for name, each in part.get("properties", {}).items()}
    for name in {name for part in parts for name in part.get("required", [])} - value.keys():
        yield Problem(f"{field}/{name}", "MISSING_REQUIRED_PARAMETER")
    for name, each in value.items():
        if name in known:
            yield from problems(each, known[name], schemas, f"{field}/{name}")
        elif known and not any(part.get("additionalProperties") for part in parts):
            yield Problem(f"{field}/{name}", "UNKNOWN_PARAMETER")


def problems_of_list(
    values: list[Any], parts: list[Any], schemas: dict[str, Any], field: str
) -> Iterator[Problem]:
    for part in parts:
        if not part.get("minItems", 0) <= len(values) <= part.get("maxItems", len(values)):
            yield Problem(field, "INVALID_ARRAY_LENGTH")
        for number, each in enumerate(values if "items" in part else []):
            yield from problems(each, part["items"], schemas, f"{field}/{number}")


def problems_of_text(value: str, parts: list[Any], field: str) -> Iterator[Problem]:
    for part in parts:
        if not part.get("minLength", 0) <= len(value) <= part.get("maxLength", len(value)):
            yield Problem(field, "INVALID_STRING_LENGTH")
        if "pattern" in part and not re.search(part["pattern"].replace("-_.,", r"\-_.,"), value):
            yield Problem(field, "INVALID_PARAMETER_SYNTAX")
        if "enum" in part and value not in part["enum"]:
            yield Problem(field, "INVALID_PARAMETER_VALUE")
