"""The API's reference as one page, from the committed OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

Schema: TypeAlias = Mapping[str, Any]

_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minimum": "{} or more",
    "maximum": "{} or less",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "pattern": "matches `{}`",
    "default": "default {}",
}
_KEYS = {"ServerKey": "a server key", "PersonalKey": "a personal key"}


def reference(document: Schema) -> str:
    """The page, in Markdown."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Schema) -> Iterator[str]:
    yield from ("# API reference", "", document["info"]["description"], "")
    yield "How to begin, and what every call has in common: [the HTTP API](api.md). For programs: the"
    yield "[OpenAPI document](openapi.json), from which this page is made."
    by_tag: dict[str, list[tuple[str, str, Schema]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            by_tag.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    for tag, operations in by_tag.items():
        yield from ("", f"## {tag.capitalize()}")
        for method, path, operation in operations:
            yield from _operation(method, path, operation)
    yield from ("", "## Schemas")
    for name, schema in document["components"]["schemas"].items():
        yield from _schema(name, schema)


def _operation(method: str, path: str, operation: Schema) -> Iterator[str]:
    yield from ("", f"### `{method} {path}` {{ #{operation['operationId']} }}", "")
    yield from (f"**{operation['summary']}.**", "")
    if "description" in operation:
        yield from (operation["description"], "")
    yield from (_needs(operation), "")
    parameters = operation.get("parameters", [])
    if parameters:
        yield from ("| parameter | in | type | |", "| --- | --- | --- | --- |")
        for each in parameters:
            told = _sentence(_must(each), each.get("description"), *_limits(each["schema"]))
            yield f"| `{each['name']}` | {each['in']} | {_type(each['schema'])} | {told} |"
        yield ""
    if "requestBody" in operation:
        yield from (f"Body: {_contents(operation['requestBody'])}.", "")
    answers = operation["responses"]
    for status, answer in answers.items():
        if status < "400":
            yield f"- **{status}** {answer['description']}: {_contents(answer) or 'nothing'}"
    failures = [f"{status} {_phrase(status)}" for status in answers if status >= "400"]
    if failures:
        yield f"- Problems: {', '.join(failures)}"


def _needs(operation: Schema) -> str:
    keys = [name for each in operation.get("security", []) for name in each]
    if not keys:
        return "Needs no key."
    needs = " or ".join(_KEYS.get(key, f"`{key}`") for key in keys)
    scope = operation.get("x-connects-scope")
    return f"Needs {needs}" + (f" with the scope `{scope}`." if scope else ".")


def _contents(part: Schema) -> str:
    found = part.get("content", {})
    return " or ".join(f"{_type(each['schema'])} (`{media}`)" for media, each in found.items())


def _schema(name: str, schema: Schema) -> Iterator[str]:
    yield from ("", f"### {name} {{ #{anchor_of(name)} }}", "")
    if "description" in schema:
        yield from (schema["description"], "")
    fields = schema.get("properties", {})
    if not fields:
        yield _type(schema)
        return
    required = schema.get("required", [])
    yield from ("| field | type | |", "| --- | --- | --- |")
    for field, each in fields.items():
        must = "required" if field in required else None
        told = _sentence(must, each.get("description"), *_limits(each))
        yield f"| `{field}` | {_type(each)} | {told} |"


def anchor_of(schema: str) -> str:
    """The anchor of a schema's section; operations have theirs by their ids."""
    return f"schema-{schema.lower()}"


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{anchor_of(name)})"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(each) for each in schema[several]))
    if "const" in schema:
        return f"`{_plain(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{_plain(each)}`" for each in schema["enum"])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"object of {_type(schema['additionalProperties'])}"
    form = schema.get("format")
    return f"{kind} ({form})" if form else str(kind)


def _limits(schema: Schema) -> Iterator[str]:
    for each in (schema, *schema.get("anyOf", [])):
        for name, words in _LIMITS.items():
            if each.get(name) is not None:
                yield words.format(_plain(each[name]))


def _must(parameter: Schema) -> str | None:
    return "required" if parameter.get("required") else None


def _sentence(*parts: str | None) -> str:
    """Parts of a table's cell, one after another."""
    told = "; ".join(part.strip().rstrip(".") for part in parts if part)
    return told.replace("\n", " ").replace("|", "\\|")


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _phrase(status: str) -> str:
    return HTTPStatus(int(status)).phrase.lower()
