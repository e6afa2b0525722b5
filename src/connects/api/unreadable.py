"""From what the schema has against a body to our own codes of what is wrong with a field."""

from __future__ import annotations

from typing import Any

from connects.api.problems import FIELD_CHARACTERS
from connects.vocabulary.refusals import Parameter

CODES = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "string_type": "not_text",
    "string_unicode": "not_text",
    "int_type": "not_whole",
    "int_from_float": "not_whole",
    "int_parsing_size": "not_whole",
    "enum": "unknown",
    "string_pattern_mismatch": "unknown",
    "unknown": "unknown",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dict_type": "not_an_object",
}

UNREADABLE = "unreadable"


def problem_of(error: dict[str, Any]) -> dict[str, Parameter]:
    """One of the schema's errors: which field, and what is wrong with it."""
    # The place is ("body", the argument's name, the field, ...); without a field it is the whole body.
    path = [str(part) for part in error["loc"][2:]]
    field = path[0][:FIELD_CHARACTERS] if path else "body"
    if error["type"] == "missing" and not path:
        return {"field": "body", "problem": "required"}
    return {"field": field, "problem": CODES.get(error["type"], UNREADABLE)}
