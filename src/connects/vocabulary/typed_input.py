r"""Read what people and programs type: bounded here, and refused here in words.

Every page, form, command and service reads typed text by these functions, since each has to get the
same hard cases right: a number of 5,000 digits, which Python refuses to read; NUL, which PostgreSQL
refuses to store; half a surrogate pair, which nothing can encode; characters that reverse a line's
direction or cannot be seen, so that one name passes for another; and months at the ends of the
calendar, beyond which there is no next one.

Three kinds are distinguished. Nobody types control characters and halves of characters (`\x00`,
`\ud800`): stored text refuses them, a search drops them. Characters that cannot be seen come along
with pasted text: they are dropped silently. Joiners (as in Persian words, Devanagari conjuncts and many
emoji) and direction marks belong to texts and stay in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol

from connects.vocabulary.amounts import LARGEST_CENTS, Cents, cents_from_decimal
from connects.vocabulary.moments import as_moment
from connects.vocabulary.names import NAME_CHARACTERS, has_hidden_characters, tidied_name
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

HANDLE_CHARACTERS = 60
KEY_CHARACTERS = 100
REASON_CHARACTERS = 500
LINE_CHARACTERS = 100
SEVERAL_MOST = 500
NUMBER_MOST = 10**9 - 1
ROW_NUMBER_MOST = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1970, 2999

_NEVER_TYPED = ("Cc", "Cs")
_LINE_BREAKS = "\n\r\t"
_JOINERS = "\u200c\u200d"
_DIRECTION_MARKS = "\u200e\u200f\u061c"
_TURNS_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# As parts of a regular expression, so that a schema can say them, too.
NOT_TYPED = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
NOT_SEEN = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
_SEEN = re.compile(f"[^{NOT_SEEN}]")
_VARIATION_SELECTORS = "\ufe0e\ufe0f"
_VIRAMA = 9


def has_control_characters(text: str) -> bool:
    """Whether a text holds what no one types, halves of characters, or what turns a line round.

    Line breaks and tabs are fine.
    """
    return any(
        c in _TURNS_DIRECTION or (unicodedata.category(c) in _NEVER_TYPED and c not in _LINE_BREAKS)
        for c in text
    )


def whole_number(text: str, least: int = 0, most: int = NUMBER_MOST) -> int | None:
    """A whole number in plain digits between two bounds; None for anything else."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))):
        return None
    number = int(digits)
    return number if least <= number <= most else None


def line(text: str, most: int = LINE_CHARACTERS) -> str:
    """One line, for a search or a note: without what cannot be seen, cut to `most` characters."""
    seen = (c for c in _as_seen(text[:most]) if unicodedata.category(c) not in _NEVER_TYPED)
    return "".join(seen).strip()


def several_lines(text: str) -> str:
    r"""A longer text as it is kept: line breaks as `\n`, and without what cannot be seen.

    Control characters stay, so that the caller can refuse them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(_as_seen(part)) for part in lines)


def _as_seen(text: str) -> Iterator[str]:
    """The characters of one line: all blanks alike, and no others that cannot be seen."""
    before = ""
    for c in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(c)
        if kind in ("Zs", "Zl", "Zp") or c == "\t":
            c = " "  # noqa: PLW2901 one character becomes another
        elif kind == "Cf" and not (c in _DIRECTION_MARKS or (c in _JOINERS and _joins(before))):
            continue
        yield c
        before = c


def _joins(before: str) -> bool:
    """Whether a joiner after this character has a use: in Arabic and Indic scripts, and in emoji."""
    return before != "" and (
        unicodedata.combining(before) == _VIRAMA
        or unicodedata.bidirectional(before) == "AL"
        or unicodedata.category(before) in ("So", "Sk")
        or before in _VARIATION_SELECTORS
    )


def is_visible(text: str) -> bool:
    """Whether there is anything to see."""
    return _SEEN.search(text) is not None


def month(text: str) -> datetime | None:
    """The first instant of a month typed as `2026-03`; None for anything else.

    A month at the calendar's ends, which has none before or after it, is none.
    """
    year, _, rest = text.strip().partition("-")
    y, m = whole_number(year, FIRST_YEAR, LAST_YEAR), whole_number(rest, 1, 12)
    return None if y is None or m is None else datetime(y, m, 1, tzinfo=UTC)


def moment(text: str) -> datetime | None:
    """An instant typed as ISO 8601 says, in UTC where it says nothing else; None for anything else."""
    try:
        found = as_moment(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def day(text: str) -> date | None:
    """A day typed as `2026-03-31`; None for anything else."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def key_refused(key: str) -> Refused | None:
    """What is wrong with an idempotency key, if anything: it is some 1 to 100 printable characters."""
    is_key = 0 < len(key) <= KEY_CHARACTERS and key.isprintable()
    return None if is_key else invalid(Problem.NOT_A_KEY, field="key")


def key_reused(key: str) -> Refused:
    """The refusal of a key that stands for something else already."""
    return invalid(Problem.IDEMPOTENCY_KEY_REUSED, field="key", key=key)


def text_refused(field: str, text: str, most: int, *, required: bool = False) -> Refused | None:
    """What is wrong with a text that is to be kept, if anything."""
    if required and not is_visible(text):
        return invalid(Problem.REQUIRED, field=field)
    if len(text) > most:
        return invalid(Problem.TOO_LONG, field=field, most=most)
    is_typed = not has_control_characters(text)
    return None if is_typed else invalid(Problem.CONTROL_CHARACTERS, field=field)


def name_refused(field: str, name: str, most: int = NAME_CHARACTERS) -> Refused | None:
    """What is wrong with a name, if anything: one line, something to see, nothing that hides.

    `names.name_problem` asks more of the names of people.
    """
    wrong = text_refused(field, name, most, required=True)
    is_hidden = wrong is None and has_hidden_characters(name)
    return invalid(Problem.HIDDEN_CHARACTERS, field=field) if is_hidden else wrong


class Fields(Protocol):
    """The fields of a form or of an address, such as Django's `QueryDict`; the last of equals counts."""

    def get(self, name: str, default: str, /) -> str: ...

    def __contains__(self, name: object, /) -> bool: ...

    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the fields of a form or an address, each read by what it is meant to be."""

    fields: Fields | Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def names(self) -> tuple[str, ...]:
        """The names of all fields that were sent."""
        return tuple(self.fields)

    def raw(self, name: str) -> str:
        """The text as it was sent, for a caller that reads it further."""
        return str(self.fields.get(name, "") or "")

    def is_set(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.raw(name))

    def line(self, name: str, most: int = LINE_CHARACTERS) -> str:
        """One line, such as a search, a choice or a reason: dropped is what cannot be seen."""
        return line(self.raw(name), most)

    def choice(self, name: str) -> str:
        """The name of one of several options; the caller compares it with those."""
        return self.line(name)

    def several(self, name: str, most: int = SEVERAL_MOST) -> tuple[str, ...]:
        """The names of all boxes of a kind that are ticked, each once; no more than `most`."""
        every = getattr(self.fields, "getlist", None)
        values = every(name) if every is not None else [self.raw(name)]
        lines = (line(str(value)) for value in values[:most])
        return tuple(dict.fromkeys(text for text in lines if text))

    def handle(self, name: str = "handle") -> str:
        """The name of an account in addresses."""
        return self.line(name, HANDLE_CHARACTERS)

    def reason(self, name: str = "reason") -> str:
        """Why something is done, as it is noted."""
        return self.line(name, REASON_CHARACTERS)

    def text(self, name: str) -> str:
        """A longer text as it is kept; the service that keeps it bounds it (`text_refused`)."""
        return several_lines(self.raw(name))

    def name(self, name: str) -> str:
        """A name as it is kept; the service that keeps it bounds it (`name_refused`)."""
        return tidied_name(several_lines(self.raw(name)))

    def key(self) -> str:
        """The form's idempotency key, whole; the service that takes it refuses what is none."""
        return self.raw("key")

    def whole_number(self, name: str, least: int = 0, most: int = NUMBER_MOST) -> int | Refused:
        """A whole number between two bounds; the refusal says which."""
        number = whole_number(self.raw(name), least, most)
        return (
            invalid(Problem.NOT_A_NUMBER, field=name, least=least, most=most)
            if number is None
            else number
        )

    def number_or_none(
        self, name: str, least: int = 0, most: int = NUMBER_MOST
    ) -> int | Refused | None:
        """A whole number between two bounds, None where the field was left empty."""
        return self.whole_number(name, least, most) if self.raw(name).strip() else None

    def limit(self, name: str, most: int, still: str) -> int | Refused | None:
        """A limit that can be taken away: None where its field is there, and empty.

        What cannot be read, and a field that is missing, takes no limit away: the refusal names what
        applies `still`.
        """
        if name in self and not self.raw(name).strip():
            return None
        number = whole_number(self.raw(name), 0, most)
        if number is not None:
            return number
        return invalid(Problem.NOT_A_LIMIT, field=name, most=most, still=still)

    def row(self, name: str) -> int | None:
        """The number of a row, as an address or a button has it; None where it is none."""
        return whole_number(self.raw(name), 1, ROW_NUMBER_MOST)

    def page(self) -> int:
        """The number of the page that is asked for; 1 where that makes no sense."""
        return whole_number(self.raw("page"), 1) or 1

    def cents(self, name: str, currency: str) -> Cents | Refused:
        """An amount of money in that currency, such as 20 or 12.50."""
        try:
            cents = cents_from_decimal(self.raw(name), currency)
        except ValueError:
            return invalid(Problem.NOT_AN_AMOUNT, field=name)
        return invalid(Problem.TOO_LARGE, field=name) if cents > LARGEST_CENTS else cents

    def month(self, name: str, otherwise: datetime) -> datetime:
        """The first instant of a month; of that of `otherwise` where what was typed is none."""
        first = otherwise.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        return month(self.raw(name)) or first

    def moment(self, name: str) -> datetime | None:
        """An instant; None where what was typed is none."""
        return moment(self.raw(name))


def drop_unprintable(values: dict[str, str]) -> None:
    """Take out what holds a character that cannot be printed, as no cookie of ours does."""
    for name in [name for name, value in values.items() if not value.isprintable()]:
        del values[name]
