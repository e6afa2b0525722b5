"""What is asked, checked against the parameters that Stripe's library declares.

Stripe is sent forms: `line_items[0][price_data][unit_amount]=150`. They are read into nested values, and
each value is read as what the library declares. Where the library declares a list of words or any text,
only the words are taken: the text is there for words that are still to come.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin
from urllib.parse import parse_qsl

from stripe._stripe_object import UntypedStripeObject
from typing_extensions import is_typeddict

from tests.servers.stripe.annotations import annotations

Form = dict[str, Any]


class Unfit(Exception):
    """A parameter that Stripe would refuse: its code, the parameter's name, and what is wrong."""

    def __init__(self, code: str, parameter: str, problem: str) -> None:
        super().__init__(problem)
        self.code = code
        self.parameter = parameter


def nested(text: str) -> Form:
    """Read a form with brackets as nested values."""
    form: Form = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        *outer, last = name.replace("]", "").split("[")
        place = form
        for key in outer:
            place = place.setdefault(key, {})
        place[last or str(len(place))] = value
    return form


def read(text: str, declared: type) -> Form:
    """The parameters of a form. Raises `Unfit`."""
    return read_object(nested(text), declared, "")


def read_object(value: Any, declared: type, name: str) -> Form:
    if not isinstance(value, dict):
        raise Unfit("parameter_invalid_object", name, f"Invalid object: {name}")
    known = annotations(declared)
    for key in value:
        if key not in known:
            raise Unfit("parameter_unknown", inside(name, key), "Received unknown parameter")
    for key in sorted(declared.__required_keys__ & set(known)):  # type: ignore[attr-defined]
        if key not in value:
            raise Unfit("parameter_missing", inside(name, key), "Missing required param")
    return {key: read_value(item, known[key], inside(name, key)) for key, item in value.items()}


def inside(name: str, key: str) -> str:
    return f"{name}[{key}]" if name else key


def read_value(value: Any, declared: Any, name: str) -> Any:
    origin = get_origin(declared)
    if origin in (NotRequired, Required):
        return read_value(value, get_args(declared)[0], name)
    if origin in (Union, UnionType):
        return read_any(value, choices(declared), name)
    if origin is Literal:
        return read_word(value, get_args(declared), name)
    if origin is list:
        return [read_value(each, get_args(declared)[0], name) for each in items(value, name)]
    if origin in (dict, UntypedStripeObject):
        return read_texts(value, name)
    if is_typeddict(declared):
        return read_object(value, declared, name)
    return read_plain(value, declared, name)


def choices(declared: Any) -> list[Any]:
    """What a union allows, without "or any text" beside a list of words."""
    found = [each for each in get_args(declared) if each is not type(None)]
    has_words = any(get_origin(each) is Literal and get_args(each) != ("",) for each in found)
    return [each for each in found if not (has_words and each is str)]


def read_any(value: Any, declared: list[Any], name: str) -> Any:
    problems = []
    for each in declared:
        try:
            return read_value(value, each, name)
        except Unfit as problem:
            problems.append(problem)
    # The problem deepest inside says most: the others are of choices that were not meant.
    raise max(problems, key=lambda problem: len(problem.parameter))


def read_word(value: Any, words: tuple[str, ...], name: str) -> str:
    if not isinstance(value, str) or value not in words:
        raise Unfit("parameter_invalid_enum", name, f"must be one of {', '.join(words[:5])}…")
    return value


def items(value: Any, name: str) -> Iterator[Any]:
    if not isinstance(value, dict) or list(value) != [str(n) for n in range(len(value))]:
        raise Unfit("parameter_invalid_array", name, "Invalid array")
    yield from value.values()


def read_texts(value: Any, name: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise Unfit("parameter_invalid_object", name, "Invalid object")
    for key, item in value.items():
        if not isinstance(item, str) or len(key) > 40 or len(item) > 500:
            raise Unfit("parameter_invalid_string", inside(name, key), "at most 40 and 500 signs")
    return value


def read_plain(value: Any, declared: Any, name: str) -> Any:
    if not isinstance(value, str):
        raise Unfit("parameter_invalid_string", name, "Invalid value: not a single one")
    if declared is str:
        return value
    if declared is int and re.fullmatch(r"-?\d{1,18}", value):
        return int(value)
    if declared is bool and value in ("true", "false"):
        return value == "true"
    if declared in (Decimal, float):
        try:
            return Decimal(value)
        except InvalidOperation:
            pass
    raise Unfit(f"parameter_invalid_{declared.__name__}", name, f"Invalid {declared.__name__}")
