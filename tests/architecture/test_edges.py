"""Edges reach through selectors and acts: no page, command or console view asks the database itself.

What the database is asked for stands beside its models, where the next edge finds it; and only the
journal's own parts, and who puts them together, see past its face to the store.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, modules

EDGES = ("web", "api", "cli", "console")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
QUERIES = {
    *("aggregate", "all", "annotate", "bulk_create", "bulk_update", "create", "delete", "exclude"),
    *("filter", "get_or_create", "in_bulk", "iterator", "order_by", "prefetch_related"),
    *("refresh_from_db", "save", "select_for_update", "select_related", "update_or_create"),
    *("values_list",),
}
# How a template asks a row for others: `cloud.members.all`, `job.proposal_set`.
IN_TEMPLATES = re.compile(r"{[{%][^}]*\.(?:all|exists|\w+_set)\b[^}]*}")
SHORTCUTS = {"transaction", "get_object_or_404", "get_list_or_404"}
# `register.filter` makes a filter of templates.
NO_QUERY = {"register"}
# Who makes journals, and what they are made of.
KNOW_THE_STORE = ("journal", "bootstrap")


def asks_the_database(source: str) -> list[str]:
    """What in the source asks the ORM, or the journal's store, with its lines."""
    return sorted({f"{node.lineno}: {name}" for node, name in _asked(ast.parse(source))})


def _asked(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name) if name in MANAGERS:
                yield node, name
            case ast.Call(func=ast.Attribute(attr=name, value=ast.Name(id=owner))):
                if name in QUERIES and owner not in NO_QUERY:
                    yield node, name
            case ast.Call(func=ast.Attribute(attr=name)) if name in QUERIES:
                yield node, name
            case ast.ImportFrom(names=names):
                yield from ((node, each.name) for each in names if each.name in SHORTCUTS)
    yield from _past_the_face(tree)


def templates_that_ask(folder: Path) -> set[str]:
    """The templates that ask the database for more than they were handed."""
    return {path.name for path in folder.rglob("*.html") if IN_TEMPLATES.search(path.read_text())}


def past_the_face(source: str) -> list[str]:
    """Where the source reaches for a journal's store."""
    if ".store" not in source:
        return []
    return [f"{node.lineno}: {name}" for node, name in _past_the_face(ast.parse(source))]


def _past_the_face(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "store":
            yield node, "store"


def test_no_edge_asks_the_database_itself() -> None:
    found = {
        str(path.relative_to(PACKAGE)): lines
        for edge in EDGES
        for path in modules(PACKAGE / edge)
        if (lines := asks_the_database(path.read_text()))
    }

    assert found == {}, (
        "ask a selector in connects.market for it, or let an act in connects.acts do it"
    )


def test_no_template_asks_the_database_itself() -> None:
    found = {name for edge in EDGES for name in templates_that_ask(PACKAGE / edge)}

    assert found == set(), "let a selector read it along, as with `Prefetch(…, to_attr=…)`"


def test_a_template_that_asks_is_seen(tmp_path: Path) -> None:
    for name, text in (
        ("asks", "{% for member in cloud.members.all %}{{ member }}{% endfor %}"),
        ("asks_too", "{{ job.proposal_set|length }}"),
        ("is_handed_it", "{{ counts.all_of_it }} all. {{ cloud.in_it|length }} {# x.all #}"),
    ):
        (tmp_path / f"{name}.html").write_text(text)

    assert templates_that_ask(tmp_path) == {"asks.html", "asks_too.html"}


def test_only_the_journal_sees_its_store() -> None:
    found = {
        str(path.relative_to(PACKAGE)): lines
        for path in modules()
        if path.relative_to(PACKAGE).parts[0] not in KNOW_THE_STORE
        if (lines := past_the_face(path.read_text()))
    }

    assert found == {}, "ask the journal, in connects.journal.post"


@pytest.mark.parametrize(
    "planted",
    [
        "Job.objects.get(pk=1)",
        "first = Job._default_manager.first()",
        "count = job.proposals.filter(opened=None).count()",
        "job.save()",
        "jobs = rows.select_related('client')",
        "for member in cloud.members.all(): pass",
        "newest = endpoints().order_by('-made')",
        "from django.db import transaction",
        "from django.shortcuts import get_object_or_404",
        "wallets = journal().store.read((1,))",
    ],
)
def test_the_check_finds_what_is_planted_in_a_page(planted: str) -> None:
    assert asks_the_database(planted)


def test_the_check_finds_who_sees_past_the_journals_face() -> None:
    assert past_the_face("own = journal()\nown.store.lock((1,))")
    assert not past_the_face("own = journal()\nown.lock((1,))")


def test_filters_of_templates_are_no_queries() -> None:
    assert not asks_the_database('register.filter("words", words)\nform.cleaned_data.get("a")')
