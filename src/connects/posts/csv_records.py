"""CSV as whole records: a quoted cell may hold line breaks, and none of its lines is ever a row.

The hard case is a quote that is opened and never closed. It would swallow the rest of the file, so the
record is given up where it breaks the format, grows too large or meets the file's end. Then its first
line alone is spoilt, if the lines after it look like rows; where they do not, they are text, and belong
to the spoilt row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, takewhile

from connects.posts.encodings import (
    LINE_BYTES_MOST,
    OVERLONG,
    Encoding,
    codec_named,
    encoding_of,
    spoilt,
    text_lines,
)
from connects.posts.header_row import (
    ROWS_ABOVE_MOST,
    header_place,
    is_header,
    left_out_above,
    names_at,
)
from connects.posts.opened import SAMPLE_BYTES
from connects.posts.tables import ROWS_AT_ONCE, Batch, FileSettings, RawTable
from connects.posts.unreadable import TableUnreadable

RECORD_CHARACTERS_MOST = 1_000_000
RECORD_LINES_MOST = 20_000
COLUMNS_MOST = 2_000
DELIMITERS = ",;\t|^~"
NAMES_OF_DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    "^": "carets",
    "~": "tildes",
}
_LINES_LOOKED_AT = 60
_LINES_AFTER = 20


@dataclass(frozen=True, slots=True)
class Record:
    """A record's first line, its cells, and what is wrong with it."""

    line: int
    cells: list[str]
    problem: str = ""


def csv_table(stream: io.BufferedReader, name: str, settings: FileSettings) -> RawTable:
    """A CSV file by its beginning. Raises TableUnreadable where it is empty or no text."""
    csv.field_size_limit(2 * RECORD_CHARACTERS_MOST)
    sample = stream.peek(SAMPLE_BYTES)[:SAMPLE_BYTES]
    encoding = _encoding(sample, settings, name)
    lines = text_lines(stream, encoding)
    first_line = next(lines, "")
    delimiter, skipped = _stated_delimiter(first_line), 0
    if delimiter:
        skipped = 1
    else:
        lines = chain([first_line], lines)
    look = list(islice(lines, _LINES_LOOKED_AT))
    if not any(line.strip() for line in look):
        raise TableUnreadable(f"{name}: the file is empty")
    _refuse_what_is_no_text(look, name)
    delimiter = settings.delimiter or delimiter or delimiter_of(look)
    found = records(chain(look, lines), delimiter, skipped)
    return _table(found, name, delimiter, encoding, settings)


def _encoding(sample: bytes, settings: FileSettings, name: str) -> Encoding:
    found = encoding_of(sample)
    if not settings.encoding:
        return found
    codec = codec_named(settings.encoding)
    if not codec:
        raise TableUnreadable(f"{name}: there is no encoding {settings.encoding!r} of tables")
    ends = found.name if found.name.startswith(codec) else f"{codec}-le"
    return Encoding(ends if codec in ("utf-16", "utf-32") else codec, found.mark_bytes)


def _stated_delimiter(line: str) -> str:
    """The delimiter in the line `sep=;` that spreadsheets write and read."""
    stated = line.rstrip("\r\n").strip('"')
    is_stated = len(stated) == 5 and stated.lower().startswith("sep=")
    return stated[4] if is_stated else ""


def _refuse_what_is_no_text(look: Sequence[str], name: str) -> None:
    text = "".join(look)[:20_000]
    odd = sum(c < " " and c not in "\t\r\n\f\x1a" for c in text)
    if odd > len(text) / 20 + 2:
        raise TableUnreadable(f"{name}: this is binary data, not a table of posts")
    begins = text.lstrip()[:200].lower()
    if begins.startswith(("<!doctype html", "<html")):
        raise TableUnreadable(f"{name}: this is a web page, not a table of posts")
    if begins.startswith("<"):
        raise TableUnreadable(f"{name}: this is XML, not a table of posts")


def delimiter_of(look: Sequence[str]) -> str:
    """The delimiter by which most lines fall into as many cells as the first; a comma if none does.

    Lines of one cell at the top may be titles above the table.
    """

    def fit(delimiter: str) -> tuple[float, int]:
        widths = [len(record.cells) for record in records(look, delimiter) if not record.problem]
        titles = sum(1 for _ in takewhile(lambda width: width < 2, widths[:ROWS_ABOVE_MOST]))
        widths = widths[titles:]
        if not widths or widths[0] < 2:
            return (0.0, 0)
        width, often = Counter(widths).most_common(1)[0]
        return (often / len(widths) if width > 1 else 0.0, width)

    best = max(DELIMITERS, key=fit)
    return best if fit(best)[0] else ","


def _table(
    found: Iterator[Record], name: str, delimiter: str, encoding: Encoding, settings: FileSettings
) -> RawTable:
    top = next(found, None)
    wrong = "there is none" if top is None else top.problem
    if top is not None and any(OVERLONG in cell for cell in top.cells):
        wrong = f"longer than {LINE_BYTES_MOST:,} bytes"
    if top is None or wrong:
        raise TableUnreadable(f"{name}: the first row: {wrong}")
    ahead = [top, *islice(found, ROWS_AT_ONCE + ROWS_ABOVE_MOST)]
    place = 0 if settings.header is False else _place_of_header(ahead)
    over, ahead = ahead[: place + 1], ahead[place + 1 :]
    top = over[-1]
    if len(top.cells) > COLUMNS_MOST:
        raise TableUnreadable(f"{name}: more than {COLUMNS_MOST:,} columns")
    # A spreadsheet may end every row by the same delimiter; a column without name or cells is none.
    rows = [record.cells for record in ahead[:100] if not record.problem]
    has_header = is_header(top.cells, rows) if settings.header is None else settings.header
    names = names_at([record.cells for record in over], place)
    columns = tuple(name.strip("\ufeff") for name in names)
    if not has_header:
        columns = tuple(f"#{place}" for place in range(1, len(top.cells) + 1))
        ahead.insert(0, top)
    width, codec = len(columns), encoding.name
    first = _batch(ahead, width, codec)
    known = f"{codec.upper()}{' (a guess)' if encoding.is_guess else ''}"
    separated = NAMES_OF_DELIMITERS.get(delimiter, repr(delimiter))

    def batches(_used: Sequence[int]) -> Iterator[Batch]:
        yield first
        while some := list(islice(found, ROWS_AT_ONCE)):
            yield _batch(some, width, codec)

    kept: dict[str, str | bool] = {"encoding": codec, "delimiter": delimiter, "header": has_header}
    shape = f"CSV in {known}, cells separated by {separated}"
    remarks = left_out_above([record.line for record in over[:-1]], "line")
    return RawTable(columns, first, batches, "line", shape, kept, has_header, remarks)


def _place_of_header(ahead: Sequence[Record]) -> int:
    """A row that is no record names nothing, and what stands below it is none of its titles."""
    first = takewhile(lambda record: not record.problem, ahead[: ROWS_ABOVE_MOST + 1])
    return header_place([[cell.strip("\ufeff") for cell in record.cells] for record in first])


def _batch(some: Sequence[Record], width: int, codec: str) -> Batch:
    rows, problems = [], {}
    for place, record in enumerate(some):
        cells, problem = record.cells, record.problem
        if len(cells) != width:
            said = spoilt("".join(cells), codec)
            problem = problem or said or f"expected {width} cells, found {len(cells)}"
            cells = (cells + [""] * width)[:width]
        if problem:
            problems[place] = problem
        rows.append(cells)
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    for column in columns:
        text = "".join(column)
        if not text.isascii() or "\0" in text:
            _mark_spoilt(column, problems, codec)
    return Batch([record.line for record in some], columns, problems)


def _mark_spoilt(column: Sequence[str], problems: dict[int, str], codec: str) -> None:
    for place, cell in enumerate(column):
        problem = "" if cell.isascii() else spoilt(cell, codec)
        problem = problem or ("holds a NUL character" if "\0" in cell else "")
        if problem:
            problems.setdefault(place, problem)


class _Source:
    """The lines under a CSV reader, with those that the present record has taken."""

    def __init__(self, lines: Iterable[str], skipped: int) -> None:
        self._lines, self._again = iter(lines), deque[str]()
        self.line = skipped  # of the last line that was handed out
        self.taken: list[str] = []
        self._characters = 0

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        if self._characters > RECORD_CHARACTERS_MOST or len(self.taken) > RECORD_LINES_MOST:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._lines)
        self.line += 1
        self.taken.append(line)
        self._characters += len(line)
        return line

    def begin(self) -> None:
        self.taken.clear()
        self._characters = 0

    def part_again(self) -> None:
        """Read the present line again as the lines that carriage returns make of it."""
        (line,) = self.taken
        self._again.extendleft(f"{part}\n" for part in reversed(line.rstrip("\r\n").split("\r")))
        self.line -= 1
        self.begin()

    def give_back(self) -> None:
        """Read the lines after the first of the present record again."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.line -= len(self.taken) - 1
        self.begin()


def records(lines: Iterable[str], delimiter: str, skipped: int = 0) -> Iterator[Record]:
    """The records of CSV, whole; blank lines are none."""
    source, width = _Source(lines, skipped), 0
    while True:
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                if cells:
                    width = width or len(cells)
                    yield Record(source.line - len(source.taken) + 1, cells)
                source.begin()
        except csv.Error as error:
            spoilt_one = _given_up(source, delimiter, width, error)
            if spoilt_one is not None:
                yield spoilt_one
        else:
            return


def _given_up(source: _Source, delimiter: str, width: int, error: csv.Error) -> Record | None:
    """The spoilt record at the present place; reading goes on behind it.

    None where it was several, whose lines end by a lone carriage return: they are read again, one by one.
    """
    taken = list(source.taken)
    number = source.line - len(taken) + 1
    if len(taken) == 1 and "new-line" in str(error) and "\r" in taken[0].rstrip("\r\n"):
        source.part_again()
        return None
    begins = taken[0].rstrip("\r\n")
    after = taken[1 : 1 + _LINES_AFTER]
    if len(taken) > 1 and _look_like_rows(after, delimiter, width):
        source.give_back()
    else:
        source.begin()
    problem = f"not a record of CSV: {_words(error, len(taken))}"
    return Record(number, begins[:200].split(delimiter), problem)


def _words(error: csv.Error, lines: int) -> str:
    text = str(error)
    if "end of data" in text:
        return (
            f"a quote is opened and not closed ({lines:,} lines on)"
            if lines > 1
            else ("a quote is opened and not closed")
        )
    return "text after a closing quote" if "expected after" in text else text


def _look_like_rows(lines: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether at least half of the lines are rows of the table, each by itself."""
    fitting = sum(
        len(line.rstrip("\r\n").split(delimiter)) == width or line.startswith(OVERLONG)
        for line in lines
    )
    return fitting * 2 >= len(lines)
