"""Where the repository's files stand in the site, and what becomes of links between them.

Documents link to each other as they lie in the repository, so that they can be read there. Some lie
outside of `docs/`, or link to a file that does: such a page gets a place in the site, such a file is
copied.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

DOCS = "docs"
COPIES = "repository"
"""The site's folder of files that documents link to, and that are no documents."""

PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "SECURITY.md": "SECURITY.md",
    "docs/decisions/README.md": "decisions/index.md",
}
"""Documents that stand elsewhere in the site, by where they lie in the repository."""

_LINK = re.compile(
    r"(?P<before>\]\(|\b(?:src|srcset)=\")(?!\w+:)(?P<path>[^)#\s\"]+)(?P<after>[^)\"]*[)\"])"
)
"""A link to a file: it has no scheme, such as `https:`, and is no anchor alone."""

_ITEM = re.compile(r"- |\d+\. ")
_SOURCES = {site: source for source, site in PAGES.items()}


def source_of(page: str) -> str:
    """Where in the repository the site's page lies."""
    return _SOURCES.get(page, f"{DOCS}/{page}")


def site_path(source: str) -> str:
    """Where in the site a file of the repository stands."""
    if source in PAGES:
        return PAGES[source]
    if source.startswith(f"{DOCS}/"):
        return source.removeprefix(f"{DOCS}/")
    return f"{COPIES}/{source}"


def targets(text: str, source: str) -> Iterator[str]:
    """The files of the repository that a document links to."""
    for link in _LINK.finditer(text):
        yield _resolved(link["path"], source)


def for_the_site(text: str, source: str) -> str:
    """A document's text, with its links as they are in the site, and code of list items as code."""
    here = posixpath.dirname(site_path(source))

    def moved(link: re.Match[str]) -> str:
        to = posixpath.relpath(site_path(_resolved(link["path"], source)), here or ".")
        return f"{link['before']}{to}{link['after']}"

    return _LINK.sub(moved, _with_items_code(text))


def _with_items_code(text: str) -> str:
    """Code of a list's item stands two spaces further in, where this Markdown looks for it."""
    lines: list[str] = []
    in_item = is_code = False
    for line in text.split("\n"):
        if line and not line.startswith(" "):
            in_item = _ITEM.match(line) is not None
        is_code = in_item and line.startswith(" " * 6) and (is_code or not lines[-1])
        lines.append(f"  {line}" if is_code else line)
    return "\n".join(lines)


def _resolved(path: str, source: str) -> str:
    found = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
    return f"{found}/README.md" if path.endswith("/") else found
