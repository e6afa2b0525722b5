"""Nobody in the dark: a page that does what a form asks, and leads on, says what was done."""

import ast
from collections.abc import Iterator
from pathlib import Path

import connects

ROOT = Path(connects.__file__).parent
FOLDERS = ("web/views", "console/views")
LEAD_ON_ALONE = {
    "web/views/billing.py:back": "comes back from a provider, whose page has answered",
    "web/views/checkout.py:buy": "leads to the bundle that was asked for",
    "web/views/checkout.py:checkout": "leads to the payment, whose page says what became of it",
    "web/views/checkout.py:back": "leads to the payment, whose page says what became of it",
    "web/views/checkout.py:give_up": "leads to the payment, whose page says what became of it",
    "web/views/entry.py:home": "leads to where the reader begins",
    "web/views/notices.py:notices": "asks `_mark`, which says it",
    "web/views/plans.py:move_read": "puts a message away, and nothing else",
    "web/views/proposal.py:proposal": "asks `_say_done`",
    "web/views/plans.py:change": "leads to the payment, or asks a function that says it",
    "web/views/searches.py:saved": "leads to the jobs that were searched for",
    "console/views/payments.py:payment": "asks a function that says it",
    "console/views/search.py:everything": "leads to the one thing that was found",
}


def leads_on(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Call) and getattr(each.func, "id", "") == "redirect"
        for each in ast.walk(node)
    )


def says(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(each, ast.Attribute) and getattr(each.value, "id", "") == "messages"
        for each in ast.walk(node)
    )


def pages() -> Iterator[tuple[str, ast.FunctionDef]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.decorator_list and leads_on(node):
                    yield f"{folder}/{path.name}:{node.name}", node


def test_a_page_that_leads_on_after_an_act_says_what_was_done() -> None:
    silent = [name for name, node in pages() if not says(node)]

    assert [name for name in silent if name not in LEAD_ON_ALONE] == []


def test_every_exception_is_still_one() -> None:
    silent = {name for name, node in pages() if not says(node)}

    assert LEAD_ON_ALONE.keys() <= silent
