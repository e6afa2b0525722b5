"""Write `docs/third-party-licences.md`: whose work a running site uses, and under which licence.

    python requirements/licences.py

It is made from `run.lock` and from what the installed packages say of themselves. A licence that
a package tells only in prose, or a package that this system does not install, stands in `KNOWN`.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "third-party-licences.md"
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)", re.MULTILINE)
CLASSIFIER = "License :: OSI Approved :: "
PROSE = 60  # a `License` field longer than this is the licence's text, not its name

KNOWN = {
    "colorama": "BSD-3-Clause",  # Windows only
    "tzdata": "Apache-2.0",  # Windows only
}

HEAD = (
    "# Third-party licences\n\n"
    "A running site uses the packages below, as `requirements/run.lock` pins them. None of them"
    " is copied into this repository. This page is made by `python requirements/licences.py`;"
    " a test holds it to the lock.\n\n"
    "The LGPL's packages are used unchanged, as libraries that anyone can replace: install"
    " another version beside the site.\n\n"
    "| package | version | licence |\n"
    "| --- | --- | --- |\n"
)


FONTS = (
    "\n## Typefaces\n\n"
    "These files are copied into this repository, each with its licence beside it.\n\n"
    "| typeface | where it is used | licence |\n"
    "| --- | --- | --- |\n"
    "| Figtree, the Latin part | on every page"
    " (`src/connects/web/static/web/figtree-latin.woff2`) |"
    " [SIL Open Font License 1.1](../src/connects/web/static/web/figtree-OFL.txt) |\n"
    "| DejaVu Sans | on documents (`src/connects/web/fonts/`) |"
    " [Bitstream Vera and Arev licences](../src/connects/web/fonts/LICENSE.txt) |\n"
)


def page() -> str:
    """The whole page, in Markdown."""
    pinned = sorted(set(PINNED.findall((ROOT / "requirements" / "run.lock").read_text())))
    rows = (f"| {name} | {version} | {licence_of(name)} |\n" for name, version in pinned)
    return HEAD + "".join(rows) + FONTS


def licence_of(name: str) -> str:
    """What a package says its licence is: an SPDX expression, else its field, else classifiers."""
    if name in KNOWN:
        return KNOWN[name]
    said = metadata.metadata(name).json
    field = str(said.get("license_expression") or said.get("license", ""))
    if 0 < len(field) <= PROSE and "\n" not in field:
        return field
    classifiers = [
        text.removeprefix(CLASSIFIER)
        for text in said.get("classifier", [])
        if text.startswith(CLASSIFIER)
    ]
    if not classifiers:
        raise SystemExit(f"{name} does not say its licence: look it up and add it to KNOWN.")
    return ", ".join(classifiers)


if __name__ == "__main__":
    PAGE.write_text(page())
