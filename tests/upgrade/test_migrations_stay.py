"""A migration never changes once it is on the main branch: somebody's database has applied it."""

from pathlib import Path

import pytest

from tests.upgrade.digests import LIST, digests, line, listed, taken_from_the_schema

NEW = """
{count} new. Add what is new to {list}:

    python -m tests.upgrade.digests

which adds:
{lines}
"""
CHANGED = """
Changed after databases may have applied them:
{lines}
Put them back as they were (`git diff main -- FILE`) and write a further migration that does the rest:
an applied migration is never applied again, so existing databases would silently lack the change.
Only where a migration is on your own branch alone and nobody has applied it, remove its lines from
{list} and run `python -m tests.upgrade.digests` again.
"""


def told_of_changes(found: dict[str, str], known: dict[str, set[str]]) -> str:
    """Words on what was changed or removed; empty where nothing was."""
    lines = [f"    {name}" for name in sorted(known) if found.get(name) not in known[name]]
    return CHANGED.format(lines="\n".join(lines), list=LIST.name) if lines else ""


def told_of_news(found: dict[str, str], known: dict[str, set[str]]) -> str:
    """Words on what is not listed yet; empty where all is."""
    lines = [line(name, found[name]) for name in sorted(found.keys() - known.keys())]
    return NEW.format(count=len(lines), lines="\n".join(lines), list=LIST) if lines else ""


def listed_in(package: Path) -> dict[str, set[str]]:
    """The list that would be made of a package."""
    return listed("".join(f"{line(name, digest)}\n" for name, digest in digests(package).items()))


def test_no_migration_changes_after_it_was_applied() -> None:
    words = told_of_changes(digests(), listed(LIST.read_text()))

    assert not words, words


def test_every_new_migration_is_listed() -> None:
    words = told_of_news(digests(), listed(LIST.read_text()))

    assert not words, words


def test_a_changed_and_a_removed_migration_are_seen(tmp_path: Path) -> None:
    folder = tmp_path / "market" / "plans" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("operations = []\n")
    (folder / "0002_more.py").write_text("operations = []\n")
    known = listed_in(tmp_path)
    (folder / "0001_initial.py").write_text("operations = [1]\n")
    (folder / "0002_more.py").rename(folder / "0003_more.py")

    changes = told_of_changes(digests(tmp_path), known)
    assert "market/plans/migrations/0001_initial.py\n" in changes
    assert "market/plans/migrations/0002_more.py\n" in changes
    assert "write a further migration" in changes
    assert "market/plans/migrations/0003_more.py" in told_of_news(digests(tmp_path), known)


def test_a_migration_may_be_formatted_anew(tmp_path: Path) -> None:
    file = tmp_path / "market" / "plans" / "migrations" / "0001_initial.py"
    file.parent.mkdir(parents=True)
    file.write_text("operations = ['kind', 2]\n")
    known = listed_in(tmp_path)
    file.write_text('# Why.\noperations = [\n    "kind",\n    2,\n]\n')

    assert told_of_changes(digests(tmp_path), known) == ""


@pytest.mark.parametrize("vendor", ["postgresql", "sqlite"])
def test_what_a_migration_takes_from_the_schema_counts_as_a_part_of_it(vendor: str) -> None:
    source = "from connects.journal import schema\nmade = schema.first_creation('sqlite')\n"

    assert (
        "CREATE TABLE journal_wallet" in taken_from_the_schema(source)[f"first_creation({vendor})"]
    )
