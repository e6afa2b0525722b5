"""What a workbook holds that reading its cells does not see: said, so that nobody takes it for read.

Formulas that no program has computed, cells that are merged, and currencies that only a cell's format
shows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from connects.posts.workbook_formats import currencies_shown

SHEETS_MOST = 20
_FORMULA_ALONE = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]*><f[^>]*>[^<]*</f>(?:<v\s*/>|<v></v>)?</c>'
)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')


def workbook_remarks(content: bytes) -> Iterator[str]:
    """Sentences about a workbook of the usual kind; none about others."""
    if not content.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.namelist()
        sheets = [name for name in members if name.startswith("xl/worksheets/sheet")][:SHEETS_MOST]
        texts = [archive.read(name) for name in sheets]
        styles = archive.read("xl/styles.xml") if "xl/styles.xml" in members else b""
    alone = [cell.decode() for text in texts for cell in _FORMULA_ALONE.findall(text)]
    if alone:
        yield (
            f"Formulas without a value, read as empty: {len(alone):,} ({_listed(alone)}). Open the"
            " workbook in a spreadsheet program and save it, so that they are computed."
        )
    merged = [
        f"{c.decode()}{r.decode()}"
        for text in texts
        for c, r, end in _MERGED.findall(text)
        if r != end
    ]
    if merged:
        yield (
            f"Cells merged over several rows, of which only the first row has the value:"
            f" {len(merged):,} ({_listed(merged)})."
        )
    shown = currencies_shown(styles.decode("utf-8", "replace"))
    if shown:
        yield (
            f"Some cells are shown as amounts in {', '.join(shown)} by their format, which is not read:"
            f' if posts are paid in it, say so in a mapping, such as currency = "{shown[0]}".'
        )


def _listed(cells: list[str]) -> str:
    return ", ".join(cells[:5]) + (" …" if len(cells) > 5 else "")
