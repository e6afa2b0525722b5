"""Posts of a file as estimates learn from them and answer for them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from connects.estimate.posts import Post, duration_word, rate_of, workload_word
from connects.posts.mapping import ColumnMap
from connects.posts.names import TEXTS
from connects.posts.reading import PostsFile
from connects.posts.rows import JobRow
from connects.posts.table import open_table
from connects.posts.unreadable import TableUnreadable
from connects.vocabulary.typed_input import whole_number

_CHUNK = 1 << 20
PROBLEMS_LISTED = 5


@dataclass(frozen=True, slots=True)
class PostTable:
    """A file's readable posts; its digest, and which rows could not be read."""

    posts: tuple[Post, ...]
    digest: str
    unreadable: int
    file: PostsFile
    problems: list[str] = field(default_factory=list)


def read_posts(name: str, mapping: ColumnMap | None = None) -> PostTable:
    """All posts of a file. Raises TableUnreadable where it is no table of posts."""
    digest = _digest(name)
    posts: list[Post] = []
    problems: list[str] = []
    unreadable = 0
    with open_table(name, mapping) as file:
        for read in file.rows_to_hold():
            if read.row is not None:
                posts.append(post_of(read.row, read.cells))
                continue
            unreadable += 1
            if len(problems) < PROBLEMS_LISTED:
                problems.append(f"{file.raw.unit} {read.line}: {read.problem}")
    return PostTable(tuple(posts), digest, unreadable, file, problems)


def _digest(name: str) -> str:
    digest = hashlib.sha256()
    try:
        file = Path(name)
        if name == "-" or (file.exists() and not (file.is_file() or file.is_dir())):
            raise TableUnreadable(
                f"{name}: this is read twice, so it has to be a file; save it as one"
            )
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise TableUnreadable(f"{name}: {error.strerror or error}") from error
    except ValueError as error:  # a name with a NUL
        raise (
            error if isinstance(error, TableUnreadable) else TableUnreadable(str(error))
        ) from error
    return digest.hexdigest()


def post_of(row: JobRow, cells: Mapping[str, str]) -> Post:
    """One row. A number that is none is not known: estimates do without anything but the kind."""
    facts = row.facts
    posted = cells.get("posted_at", "").strip()
    title, description = (cells.get(name, "").strip() for name in TEXTS)
    return Post(
        kind=facts.kind,
        job_id=row.job_id,
        source=row.source,
        budget_cents=facts.budget_cents,
        rate_cents=rate_of(facts),
        level=facts.level.value if facts.level else "",
        duration=duration_word(facts.duration_days),
        workload=workload_word(facts.hours_per_week),
        category=facts.category or "",
        subcategory=cells.get("subcategory", "").strip(),
        skills=tuple(skill for skill in cells.get("skills", "").split("|") if skill),
        country=cells.get("country", "").strip(),
        client=cells.get("client_key", "").strip(),
        client_verified=facts.client_payment_verified,
        client_spend=_number(cells, "client_spend_usd"),
        client_reviews=_number(cells, "client_reviews"),
        client_rating=_number(cells, "client_rating"),
        client_hires=_number(cells, "client_hires"),
        title_characters=_length(cells, "title_chars", title),
        description_characters=_length(cells, "description_chars", description),
        freelancers_to_hire=_whole(cells, "freelancers_to_hire"),
        posted=posted,
        hour=whole_number(posted[11:13], most=23),
        title=title,
        description=description,
    )


def _length(cells: Mapping[str, str], name: str, text: str) -> int | None:
    """The length that the row states, or that of the text itself."""
    stated = _whole(cells, name)
    return len(text) if stated is None and text else stated


def _number(cells: Mapping[str, str], name: str) -> float | None:
    try:
        number = float(cells.get(name, ""))
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) < 1e12 else None


def _whole(cells: Mapping[str, str], name: str) -> int | None:
    number = _number(cells, name)
    return None if number is None else round(number)
