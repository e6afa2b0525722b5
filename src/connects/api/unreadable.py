"""Translate the schema's complaints about a body into our own codes for fields."""

from __future__ import annotations

import re
from typing import Any

from connects.api.patterns import PROBLEMS
from connects.api.problems import FIELD_CHARACTERS
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Parameter

CODES = {
    "missing": Problem.REQUIRED,
    "extra_forbidden": Problem.UNKNOWN_FIELD,
    "string_type": Problem.NOT_TEXT,
    "string_unicode": Problem.NOT_TEXT,
    "int_type": Problem.NOT_WHOLE,
    "int_from_float": Problem.NOT_WHOLE,
    "int_parsing": Problem.NOT_WHOLE,
    "int_parsing_size": Problem.NOT_WHOLE,
    "enum": Problem.UNKNOWN,
    "string_pattern_mismatch": Problem.UNKNOWN,
    "unknown": Problem.UNKNOWN,
    "model_type": Problem.NOT_AN_OBJECT,
    "model_attributes_type": Problem.NOT_AN_OBJECT,
    "dict_type": Problem.NOT_AN_OBJECT,
    "greater_than_equal": Problem.OUT_OF_RANGE,
    "less_than_equal": Problem.OUT_OF_RANGE,
    "string_too_long": Problem.TOO_LONG,
    "string_too_short": Problem.REQUIRED,
    "bool_type": Problem.NOT_A_TRUTH,
    "bool_parsing": Problem.NOT_A_TRUTH,
    "timezone_aware": Problem.NOT_A_MOMENT,
    "datetime_type": Problem.NOT_A_MOMENT,
    "datetime_parsing": Problem.NOT_A_MOMENT,
    "datetime_from_date_parsing": Problem.NOT_A_MOMENT,
    "datetime_object_invalid": Problem.NOT_A_MOMENT,
    "too_long": Problem.TOO_MANY,
    "too_short": Problem.REQUIRED,
    "literal_error": Problem.UNKNOWN,
    "list_type": Problem.NOT_A_LIST,
}


def problem_of(error: dict[str, Any]) -> dict[str, Parameter]:
    """One of the schema's errors: which field, and what is wrong with it."""
    if error["loc"][0] != "body":
        return {"field": str(error["loc"][1]), "problem": _code(error), **_limits(error)}
    # The place is ("body", the argument's name, the field, ...); without a field it is the whole body.
    path = [part for part in error["loc"][2:] if isinstance(part, str)]
    field = ".".join(path)[:FIELD_CHARACTERS] if path else "body"
    if error["type"] == "missing" and not path:
        return {"field": "body", "problem": Problem.REQUIRED}
    return {"field": field, "problem": _code(error), **_limits(error)}


def _limits(error: dict[str, Any]) -> dict[str, Parameter]:
    """What would have been taken, as far as the schema says it."""
    told = error.get("ctx", {})
    words = re.findall("'([^']*)'", told["expected"]) if error["type"] in _OF_WORDS else []
    found: dict[str, Parameter] = {"known": ", ".join(words)} if words else {}
    for name, key in (("least", "ge"), ("most", "le"), ("most", "max_length")):
        if isinstance(told.get(key), int):
            found[name] = told[key]
    return found


_OF_WORDS = ("enum", "literal_error", "unknown")


def _code(error: dict[str, Any]) -> Problem:
    pattern = error.get("ctx", {}).get("pattern")
    return PROBLEMS.get(pattern) or CODES.get(error["type"], Problem.UNREADABLE)
