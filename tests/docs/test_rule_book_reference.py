"""The reference names every key that a rule book can have."""

from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel

from connects.policy.terms import RuleBook
from tests.architecture.sources import ROOT


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for field in model.model_fields.values():
        for part in (field.annotation, *parts(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from models(part)


def parts(annotation: object) -> Iterator[object]:
    for part in get_args(annotation):
        yield part
        yield from parts(part)


def test_every_key_of_a_rule_book_is_documented() -> None:
    text = (ROOT / "docs" / "rule-books.md").read_text()
    keys = {key for model in models(RuleBook) for key in model.model_fields}

    assert len(keys) > 50
    tables = {f"[{key}]" for key in keys} | {f"[[{key}]]" for key in keys}
    missing = [
        key
        for key in sorted(keys - {"digest"})
        if f"`{key}`" not in text and not any(t in text and key in t for t in tables)
    ]
    assert missing == []
