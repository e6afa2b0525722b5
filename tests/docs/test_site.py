"""The documentation becomes a site: every link is checked, and nothing is loaded from elsewhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docs_site.api_reference import anchor_of, reference
from docs_site.links import PAGES, for_the_site, targets
from tests.architecture.sources import ROOT

LOADED = re.compile(
    r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=[\"']?((?:https?:)?//\S+)"
)
DOCUMENT = json.loads((ROOT / "docs/openapi.json").read_text())


def built(root: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = built(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_every_document_has_its_page_and_is_found_by_its_words(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text())
    found: dict[str, Any] = {each["location"].partition("#")[0]: each for each in index["docs"]}

    documents = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    pages = {path.with_suffix(".html").as_posix() for path in documents}
    pages.discard("decisions/README.html")
    assert pages | {"api-reference.html", "index.html", "decisions/index.html"} <= found.keys()
    assert any("idempotency key" in each["text"].lower() for each in index["docs"])


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    assert len(pages) > 80
    found = {page.name: LOADED.findall(page.read_text()) for page in pages}
    assert {name: loaded for name, loaded in found.items() if loaded} == {}
    assert not any("@import" in page.read_text() for page in site.rglob("*.css"))


def test_what_documents_link_to_outside_of_the_docs_is_in_the_site(site: Path) -> None:
    for page in PAGES.values():
        assert (site / page).with_suffix(".html").is_file()
    assert (site / "repository/src/connects/web/fonts/LICENSE.txt").is_file()


def test_the_reference_has_every_operation_and_every_schema() -> None:
    text = reference(DOCUMENT)

    operations = [each for methods in DOCUMENT["paths"].values() for each in methods.values()]
    schemas = DOCUMENT["components"]["schemas"]
    assert len(operations) > 40
    for operation in operations:
        assert f"{{ #{operation['operationId']} }}" in text
        assert operation["summary"] in text
    assert set(re.findall(r"\(#(schema-\w+)\)", text)) <= {anchor_of(name) for name in schemas}
    for name, schema in schemas.items():
        section = text.partition(f"{{ #{anchor_of(name)} }}")[2].partition("\n### ")[0]
        assert section
        assert all(f"| `{field}` |" in section for field in schema.get("properties", {}))


def test_a_link_that_leads_nowhere_fails_the_build(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "mkdocs.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "docs_site", tmp_path / "docs_site")
    planted = "# Planted\n\n[a](gone.md) [b](rules.md#gone) [c](../gone.txt)\n"
    (tmp_path / "docs/planted.md").write_text(planted)

    done = built(tmp_path, tmp_path / "site")

    assert done.returncode != 0
    assert "gone.md" in done.stderr
    assert "#gone" in done.stderr
    assert "gone.txt" in done.stderr


def test_links_are_moved_to_where_things_stand_in_the_site() -> None:
    text = "[a](../tour.md#1-x) [b](../../README.md) [c](0001-a.md) [d](https://x.example/a.md)"
    source = "docs/decisions/README.md"

    assert for_the_site(text, source) == text.replace("../../README.md", "../index.md")
    assert list(targets(text, source)) == ["docs/tour.md", "README.md", "docs/decisions/0001-a.md"]
    assert for_the_site("[p](docs/api.md)", "README.md") == "[p](api.md)"
    assert for_the_site("[l](../src/a.txt)", "docs/x.md") == "[l](repository/src/a.txt)"


def test_code_of_a_lists_item_stays_code() -> None:
    text = "- item:\n\n      connects verify\n      connects run\n\ntext\n\n      not an item's"

    assert for_the_site(text, "README.md") == text.replace("\n      connects", "\n        connects")
