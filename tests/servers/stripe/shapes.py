"""What is answered, made in the shape of the resources that Stripe's library declares.

An attribute that may be null is null where nothing is said about it; one that may not must be said. What
the library does not declare is a mistake of the stand-in, and so is a value of another type.
"""

from collections.abc import Iterator
from decimal import Decimal
from types import UnionType
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

import stripe
from stripe._list_object import ListObject
from stripe._stripe_object import StripeObject, UntypedStripeObject

from tests.servers.stripe.annotations import annotations

Resource = dict[str, Any]

RESOURCES: dict[str, type[StripeObject]] = {
    "balance_transaction": stripe.BalanceTransaction,
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "customer": stripe.Customer,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "refund": stripe.Refund,
    "setup_intent": stripe.SetupIntent,
}


def filled(declared: type[StripeObject], **said: Any) -> Resource:
    """A resource, or a part of one, with all of its attributes."""
    known: dict[str, Any] = annotations(declared)
    defaults: Resource = {name: None for name, type_ in known.items() if may_be_null(type_)}
    if "livemode" in known:
        defaults["livemode"] = False
    if "object" in known:
        defaults["object"] = declared.OBJECT_NAME  # type: ignore[attr-defined]
    return {**defaults, **said}


def require_shape(resource: Resource) -> Resource:
    """The resource, whose type it names itself. Raises AssertionError with all that is wrong."""
    problems = list(misfits(resource, RESOURCES[resource["object"]], resource["object"]))
    assert not problems, "; ".join(problems)
    return resource


def may_be_null(declared: Any) -> bool:
    return get_origin(declared) in (Union, UnionType) and type(None) in get_args(declared)


def misfits(value: Any, declared: Any, name: str) -> Iterator[str]:
    """What is wrong with a value, by the name of the attribute."""
    origin, inner = get_origin(declared), get_args(declared)
    if declared is Any:
        return
    if origin in (Union, UnionType):
        yield from misfits_of_all(value, inner, name)
    elif origin is Literal:
        yield from wrong(value in inner, value, name)
    elif origin is list:
        yield from misfits_of_each(value, inner[0], name)
    elif origin is ListObject:
        listed = value.get("data") if isinstance(value, dict) else None
        yield from misfits_of_each(listed, inner[0], name)
    elif origin in (dict, UntypedStripeObject) or declared is UntypedStripeObject:
        yield from wrong(isinstance(value, dict), value, name)
    elif isinstance(declared, type) and issubclass(declared, StripeObject):
        yield from misfits_of_object(value, declared, name)
    else:
        yield from wrong(is_plain(value, declared), value, name)


def wrong(fits: bool, value: Any, name: str) -> Iterator[str]:
    if not fits:
        yield f"{name} may not be {value!r}"


def misfits_of_all(value: Any, choices: tuple[Any, ...], name: str) -> Iterator[str]:
    if value is None and type(None) in choices:
        return
    has_words = any(get_origin(choice) is Literal for choice in choices)
    real = [each for each in choices if each is not type(None) and not (has_words and each is str)]
    found = [list(misfits(value, choice, name)) for choice in real]
    if all(found):
        yield from max(found, key=lambda each: len(each[0]))


def misfits_of_each(values: Any, declared: Any, name: str) -> Iterator[str]:
    if not isinstance(values, list):
        yield f"{name} is no list"
        return
    for number, value in enumerate(values):
        yield from misfits(value, declared, f"{name}[{number}]")


def misfits_of_object(value: Any, declared: type[StripeObject], name: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{name} is no object"
        return
    if value.get("object", "") != getattr(declared, "OBJECT_NAME", value.get("object", "")):
        yield f"{name} is another resource"
        return
    known = {
        key: type_
        for key, type_ in annotations(declared).items()
        if get_origin(type_) is not ClassVar
    }
    yield from (f"{name}.{key} is unknown" for key in value if key not in known)
    for key, type_ in known.items():
        if key in value:
            yield from misfits(value[key], type_, f"{name}.{key}")
        elif not may_be_null(type_):
            yield f"{name}.{key} is missing"


def is_plain(value: Any, declared: Any) -> bool:
    if declared is Decimal:
        return isinstance(value, str)
    if declared in (int, float):
        return isinstance(value, declared) and not isinstance(value, bool)
    return isinstance(value, declared)
