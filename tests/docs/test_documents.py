"""The documents fit the project: links lead somewhere, commands exist, no path is a machine's."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SOMEBODYS_HOME = re.compile(r"(?<![\w.])/(?:home|Users)/[\w.-]+|(?<![\w.])/root/")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
MAKE_COMMAND = re.compile(r"\bmake ([a-z]+(?:-[a-z]+)*)\b")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)


def machine_paths(text: str) -> list[str]:
    here = [str(ROOT)] if len(ROOT.parts) > 2 and str(ROOT) in text else []
    return here + SOMEBODYS_HOME.findall(text)


def broken_links(text: str, folder: Path) -> list[str]:
    targets = [target for target in LINK.findall(text) if "://" not in target]
    return [target for target in targets if not (folder / target).exists()]


def code_in(text: str) -> str:
    """Return what the document sets as code: indented or fenced lines, and between backticks."""
    fenced = re.findall(r"^```.*?^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}.*$", text, re.MULTILINE)
    return "\n".join([*fenced, *indented, *re.findall(r"`([^`\n]+)`", text)])


def unknown_make_targets(text: str) -> list[str]:
    known = TARGET.findall((ROOT / "Makefile").read_text())
    return [name for name in MAKE_COMMAND.findall(code_in(text)) if name not in known]


def files_that_are_gone(text: str) -> list[str]:
    """Return the paths of modules that the text names and that are neither here nor in the package."""
    named_files = re.findall(r"`((?:[\w.-]+/)+[\w-]+\.py)(?:::\w+)?`", text)
    return [
        name
        for name in named_files
        if not any((base / name).exists() for base in (ROOT, ROOT / "src/connects"))
    ]


def named(document: Path) -> str:
    return str(document.relative_to(ROOT))


def test_the_documents_are_found() -> None:
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= {path.name for path in DOCUMENTS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_names_no_machines_paths(document: Path) -> None:
    assert machine_paths(document.read_text()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_documents_links_lead_somewhere(document: Path) -> None:
    assert broken_links(document.read_text(), document.parent) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_document_names_modules_that_exist(document: Path) -> None:
    assert files_that_are_gone(document.read_text()) == []


def test_a_module_that_moved_is_seen() -> None:
    assert files_that_are_gone("In `cli/main.py` and `cli/gone.py`.") == ["cli/gone.py"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_a_documents_make_commands_exist(document: Path) -> None:
    assert unknown_make_targets(document.read_text()) == []


@pytest.mark.parametrize("path", ["/home/ana/connects", "/Users/ana", "/root/connects", str(ROOT)])
def test_a_machines_path_is_seen(path: str) -> None:
    assert machine_paths(f"Look into {path} for it") != []


def test_a_broken_link_is_seen(tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()

    text = "[a](there.md) [b](gone.md) [c](gone.md#part) [d](https://connects.example/)"
    assert broken_links(text, tmp_path) == ["gone.md", "gone.md"]


def test_an_unknown_make_command_is_seen() -> None:
    assert unknown_make_targets("    make nothing\n\nTo make sense, `make test`.") == ["nothing"]


def test_the_files_of_the_tour_exist() -> None:
    paths = re.findall(r"`((?!src/)(?:\w+/)+(?:\w+\.py)?)`", (ROOT / "docs/tour.md").read_text())

    assert len(paths) > 20
    assert [path for path in paths if not (ROOT / "src/connects" / path).exists()] == []


def test_what_the_tour_names_in_a_file_is_defined_there() -> None:
    named = re.findall(r"`([\w/]+\.py)` \(`(\w+)`\)", (ROOT / "docs/tour.md").read_text())

    assert len(named) > 5
    sources = {path: (ROOT / "src/connects" / path).read_text() for path, _ in named}
    assert [pair for pair in named if f"def {pair[1]}(" not in sources[pair[0]]] == []
