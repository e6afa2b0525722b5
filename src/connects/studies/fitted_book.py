"""A rule book with another card: the base's own text, with the part about the card exchanged."""

from __future__ import annotations

import re

from connects.studies.card_fit import OPEN, Card
from connects.vocabulary.amounts import decimal_from_cents
from connects.vocabulary.documents import toml_tables

_TABLE = re.compile(r"^\s*\[{1,2}\s*([A-Za-z_]+)")


def with_card(text: str, card: Card, name: str, source: str) -> str:
    """The rule book's text under a new name, version 1, whose card has these steps."""
    currency = str(toml_tables(text).get("currency"))
    kept: list[str] = []
    table, is_put = "", False
    for line in text.splitlines():
        found = _TABLE.match(line)
        table = found[1] if found else table
        if table == "card":
            if not is_put:
                kept += [*_card_lines(card, source, currency), ""]
                is_put = True
            continue
        kept.append(_renamed(line, name) if not table else line)
    return "\n".join(kept).rstrip() + "\n"


def _renamed(line: str, name: str) -> str:
    if re.match(r"name\s*=", line):
        return f'name = "{name}"'
    return "version = 1" if re.match(r"version\s*=", line) else line


def _card_lines(card: Card, source: str, currency: str) -> list[str]:
    lines = ["[card]", f'source = "{source}"']
    over = 0
    for number, step in enumerate(card, start=1):
        bounds = [f'over = "{decimal_from_cents(over, currency)}"'] if over else []
        if step.up_to < OPEN:
            bounds.append(f'up_to = "{decimal_from_cents(step.up_to, currency)}"')
        value = [f"value = {{ {', '.join(bounds)} }}"] if bounds else []
        lines += ["", "[[card.bands]]", f'name = "step {number}"', *value]
        lines.append(f"connects = {step.connects}")
        over = step.up_to
    return lines
