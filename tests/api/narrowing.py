"""What a later document of the API takes away from those who rely on an earlier one.

What a client sends must go on being taken: no new required field, no field less, no bound tighter, no
word fewer. What it reads must go on being there: no field less, none that may now be missing or null.
Words that are added to an answer are no narrowing: clients take words that they do not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Schema = Mapping[str, Any]

LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems"}
UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems"}
METHODS = {"get", "put", "post", "delete", "patch"}


def narrowed(before: Schema, after: Schema) -> list[str]:
    """Every narrowing, with its place, in the order of the earlier document."""
    found = []
    for path, methods in before["paths"].items():
        for method, operation in methods.items():
            if method not in METHODS:
                continue
            place = f"{method.upper()} {path}"
            now = after["paths"].get(path, {}).get(method)
            if now is None:
                found.append(f"{place}: the operation is gone")
                continue
            found += [f"{place}: {each}" for each in _Pair(before, after).operation(operation, now)]
    return found


@dataclass
class _Pair:
    """Two documents, whose references are followed."""

    before: Schema
    after: Schema
    _met: set[tuple[str, str, bool]] = field(default_factory=set)

    def operation(self, old: Schema, new: Schema) -> Iterator[str]:
        yield from self._security(old, new)
        yield from self._parameters(old, new)
        yield from self._body(old.get("requestBody"), new.get("requestBody"))
        for status, answer in old["responses"].items():
            there = new["responses"].get(status)
            if there is None:
                yield f"the answer {status} is gone"
                continue
            for kind, content in answer.get("content", {}).items():
                if kind not in there.get("content", {}):
                    yield f"the answer {status} is no {kind} any more"
                    continue
                new_schema = there["content"][kind].get("schema", {})
                yield from self.compare(
                    content.get("schema", {}), new_schema, f"answer {status}", sent=False
                )

    def _security(self, old: Schema, new: Schema) -> Iterator[str]:
        for way in old.get("security", []):
            if way not in new.get("security", []):
                yield f"it cannot be called with {', '.join(way)} any more"
        if old.get("x-connects-scope") != new.get("x-connects-scope"):
            yield "it needs another scope"

    def _parameters(self, old: Schema, new: Schema) -> Iterator[str]:
        had = {(p["in"], p["name"]): p for p in old.get("parameters", [])}
        has = {(p["in"], p["name"]): p for p in new.get("parameters", [])}
        for key, parameter in had.items():
            if key not in has:
                yield f"the parameter {key[1]} is gone"
                continue
            yield from self.compare(
                parameter["schema"], has[key]["schema"], f"parameter {key[1]}", sent=True
            )
        for key, parameter in has.items():
            was_required = key in had and had[key].get("required")
            if parameter.get("required") and not was_required:
                yield f"the parameter {key[1]} is required now"

    def _body(self, old: Schema | None, new: Schema | None) -> Iterator[str]:
        if new is not None and new.get("required") and not (old and old.get("required")):
            yield "a body is required now"
        if old is None:
            return
        if new is None:
            yield "it takes no body any more"
            return
        for kind, content in old["content"].items():
            if kind not in new["content"]:
                yield f"it takes no {kind} any more"
                continue
            yield from self.compare(
                content.get("schema", {}), new["content"][kind].get("schema", {}), "body", sent=True
            )

    def compare(self, old: Schema, new: Schema, place: str, *, sent: bool) -> Iterator[str]:
        """What of a schema is narrower for who sends it, or for who reads it."""
        key = (old.get("$ref", ""), new.get("$ref", ""), sent)
        if all(key[:2]):
            if key in self._met:
                return
            self._met.add(key)
        old_ways, new_ways = _ways(self.before, old), _ways(self.after, new)
        if sent:
            yield from self._taken(old_ways, new_ways, place)
        else:
            yield from self._given(old_ways, new_ways, place)

    def _taken(self, old: dict[str, Schema], new: dict[str, Schema], place: str) -> Iterator[str]:
        for kind, schema in old.items():
            if "any" in new:
                continue
            if kind not in new and not (kind == "integer" and "number" in new):
                yield f"{place}: it takes no {kind} any more"
                continue
            now = new.get(kind) or new["number"]
            yield from self._bounds(schema, now, place)
            yield from self._words(schema, now, place)
            yield from self._fields(schema, now, place, sent=True)

    def _given(self, old: dict[str, Schema], new: dict[str, Schema], place: str) -> Iterator[str]:
        for kind, schema in new.items():
            if "any" in old:
                continue
            if kind not in old:
                yield f"{place}: it may be {kind} now"
                continue
            yield from self._fields(old[kind], schema, place, sent=False)

    def _bounds(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        for name in sorted(LOWER | UPPER):
            was, now = old.get(name), new.get(name)
            if now is None:
                continue
            if was is None or (now > was if name in LOWER else now < was):
                yield f"{place}: its {name} is tighter"
        if new.get("pattern") not in (None, old.get("pattern")):
            yield f"{place}: its pattern is another"
        if new.get("format") not in (None, old.get("format")):
            yield f"{place}: its format is another"

    def _words(self, old: Schema, new: Schema, place: str) -> Iterator[str]:
        was = old.get("enum", [old["const"]] if "const" in old else None)
        now = new.get("enum", [new["const"]] if "const" in new else None)
        if now is None:
            return
        if was is None:
            yield f"{place}: it takes some words alone now"
            return
        for word in was:
            if word not in now:
                yield f"{place}: it takes no {word} any more"

    def _fields(self, old: Schema, new: Schema, place: str, *, sent: bool) -> Iterator[str]:
        had, has = old.get("properties", {}), new.get("properties", {})
        was, now = set(old.get("required", [])), set(new.get("required", []))
        for name, schema in had.items():
            at = f"{place}.{name}"
            if name not in has:
                yield f"{at} is gone"
                continue
            yield from self.compare(schema, has[name], at, sent=sent)
        changed = (now - was) if sent else (was - now) & has.keys()
        for name in sorted(changed):
            yield f"{place}.{name} {'is required now' if sent else 'may be missing now'}"
        if "items" in old and "items" in new:
            yield from self.compare(old["items"], new["items"], f"{place}[]", sent=sent)
        if (
            sent
            and old.get("additionalProperties", True)
            and not new.get("additionalProperties", True)
        ):
            yield f"{place}: it takes no further fields any more"


def _ways(document: Schema, schema: Schema) -> dict[str, Schema]:
    """The kinds of value that a schema allows, each with what it says of them."""
    while "$ref" in schema:
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            ways: dict[str, Schema] = {}
            for each in schema[several]:
                for kind, found in _ways(document, each).items():
                    ways[kind] = _either(ways[kind], found) if kind in ways else found
            return ways
    told: Any = schema.get("type")
    if told is None:
        words = schema.get("enum", [schema.get("const")])
        return {"string" if isinstance(words[0], str) else "any": schema}
    return {told: schema} if isinstance(told, str) else dict.fromkeys(told, schema)


def _either(one: Schema, other: Schema) -> Schema:
    """Two schemas of one kind as one that takes either: the fields of both, the words of both."""
    return {
        **one,
        "properties": {**one.get("properties", {}), **other.get("properties", {})},
        "required": [n for n in one.get("required", []) if n in other.get("required", [])],
        **({"enum": [*one["enum"], *other["enum"]]} if "enum" in one and "enum" in other else {}),
    }
