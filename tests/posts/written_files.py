"""Files of the kinds in which people have posts, written for a test."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from click.testing import CliRunner, Result

from connects.cli.main import main
from connects.posts.mapping import ColumnMap
from connects.posts.reading import PostsFile
from connects.posts.rows import ReadRow
from connects.posts.table import open_table

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)), input=given)


def read(
    file: Path, mapping: ColumnMap | None = None, currency: str = "USD"
) -> tuple[list[ReadRow], PostsFile]:
    with open_table(str(file), mapping, (), currency) as table:
        return list(table.rows()), table


def posts_in(file: Path, content: bytes | str, currency: str = "USD") -> list[ReadRow]:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read(file, currency=currency)[0]


def workbook(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A workbook of one sheet. A cell that begins with `=` is a formula that was never computed."""
    cells = "".join(
        f'<row r="{r}">' + "".join(_cell(f"{chr(65 + c)}{r}", text) for c, text in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )  # fmt: skip
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{DOCUMENT}"><sheets>'
        '<sheet name="Jobs" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData>'
        "</worksheet>",
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file


def _cell(place: str, text: str) -> str:
    if text.startswith("="):
        return f'<c r="{place}"><f>{escape(text[1:])}</f><v></v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
