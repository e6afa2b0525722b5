"""Which fields a page has: those of the forms on it, and those that its function asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict


@dataclass
class Form:
    """A form as it is shown: where it goes, and what it would send as it is."""

    address: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._address = address
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = told.get("action") or self._address
            self.forms.append(Form(action, told.get("method", "get").upper()))
        if not self.forms:
            return
        fields = self.forms[-1].fields
        match tag:
            case "input" | "textarea" if told.get("name"):
                fields.setdefault(told["name"], told.get("value") or _typed(told))
            case "button" if told.get("name"):
                fields.setdefault(told["name"], told.get("value", ""))
            case "select" if told.get("name"):
                self._select = told["name"]
                fields.setdefault(told["name"], "")
            case "option" if self._select and not fields.get(self._select):
                fields[self._select] = told.get("value", "")


def _typed(told: dict[str, str]) -> str:
    """Something that fits a field that is empty as it is shown."""
    match told.get("type", told.get("inputmode", "text")):
        case "number" | "numeric" | "decimal":
            return "3"
        case "date":
            return "2019-06-01"
        case "email":
            return "new@test.example"
        case "password":
            return "a long test password"
        case _:
            return "Hello"


def forms_on(page: str, address: str) -> list[Form]:
    """The forms on a page."""
    parser = _Forms(address)
    parser.feed(page)
    return parser.forms


@contextmanager
def fields_asked_for() -> Iterator[set[str]]:
    """The names that are asked for in any form or address meanwhile."""
    asked: set[str] = set()

    def noting(name: str) -> Any:
        plain = getattr(MultiValueDict, name, None) or getattr(dict, name)

        def method(self: Any, key: Any, *rest: Any, **named: Any) -> Any:
            if isinstance(self, QueryDict) and isinstance(key, str):
                asked.add(key)
            return plain(self, key, *rest, **named)

        return method

    with (
        patch.object(MultiValueDict, "get", noting("get")),
        patch.object(MultiValueDict, "getlist", noting("getlist")),
        patch.object(MultiValueDict, "__getitem__", noting("__getitem__")),
        patch.object(MultiValueDict, "__contains__", noting("__contains__"), create=True),
    ):
        yield asked
