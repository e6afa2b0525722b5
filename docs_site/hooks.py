"""What MkDocs calls while it builds: pages from outside of `docs/`, their links, and the order of all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docs_site.api_reference import reference
from docs_site.links import COPIES, PAGES, for_the_site, site_path, source_of, targets

REFERENCE = "api-reference.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the decisions into their order, and what has no place yet at the end."""
    assert config.nav is not None
    folder = Path(config.docs_dir)
    decisions = sorted(path.name for path in (folder / "decisions").glob("[0-9]*.md"))
    pages = ["decisions/index.md", *(f"decisions/{name}" for name in decisions)]
    placed = {page for section in config.nav for part in section.values() for page in part}
    others = sorted({path.name for path in folder.glob("*.md")} - placed)
    more = [{"More": others}] if others else []
    config.nav = [*config.nav, {"Decisions": pages}, *more]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie elsewhere, the files that documents link to, and the API's reference."""
    docs = Path(config.docs_dir)
    root = docs.parent
    for source, page in PAGES.items():
        files.append(File.generated(config, page, abs_src_path=str(root / source)))
    described = json.loads((docs / "openapi.json").read_text())
    files.append(File.generated(config, REFERENCE, content=reference(described)))
    linked = {
        target
        for file in files.documentation_pages()
        if file.src_uri != REFERENCE
        for target in targets(file.content_string, source_of(file.src_uri))
    }
    for target in sorted(linked):
        if site_path(target).startswith(f"{COPIES}/") and (root / target).is_file():
            files.append(File.generated(config, site_path(target), abs_src_path=str(root / target)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Link to where things stand in the site."""
    if page.file.src_uri == REFERENCE:
        return markdown
    return for_the_site(markdown, source_of(page.file.src_uri))


def on_post_build(config: MkDocsConfig, **_: Any) -> None:
    """The theme's own source maps are nothing that a reader of pages needs."""
    for path in Path(config.site_dir).rglob("*.map"):
        path.unlink()
