"""What stands in the fields of a line: read strictly, since a guess here would be somebody's balance.

In JSON a number is a number. In CSV everything is text (`Cell`), so there a number is plain digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from connects.ledger.admission import MOST
from connects.ledger.lots import LotKind
from connects.market.external_ids import ID_CHARACTERS, is_id
from connects.market.intake.differences import Code
from connects.vocabulary.amounts import DECIMALS, LARGEST_CENTS
from connects.vocabulary.names import NAME_CHARACTERS, name_problem
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.typed_input import FIRST_YEAR, LAST_YEAR

_COUNTRY = re.compile(r"[A-Z]{2}")
_DIGITS = re.compile(r"[0-9]{1,18}")
RECORD_MOST = 10**6


class Cell(str):
    """A cell of CSV: text, whatever it stands for."""

    __slots__ = ()


class Unfit(Exception):
    """A value that cannot stand in its field."""

    def __init__(self, code: Code, **parameters: object) -> None:
        super().__init__(code)
        self.code, self.parameters = code, parameters


Reader: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how it is read, whether it must say something, or at least be there."""

    read: Reader
    required: bool = False
    present: bool = False


def an_id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise Unfit(Code.NOT_AN_ID, most=ID_CHARACTERS, characters="A-Z a-z 0-9 . _ ~ : -")
    return str(value)


def a_name(value: object) -> str:
    problem = name_problem(value) if isinstance(value, str) else Problem.NO_LETTER
    if problem is Problem.HIDDEN_CHARACTERS:
        raise Unfit(Code.HIDDEN_CHARACTERS)
    if problem is not None:
        raise Unfit(Code.NOT_A_NAME, most=NAME_CHARACTERS)
    return str(value)


def a_country(value: object) -> str:
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise Unfit(Code.NOT_A_COUNTRY)
    return str(value)


def one_of(known: Iterable[str]) -> Reader:
    """A word out of a list."""
    words = tuple(known)

    def read(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise Unfit(Code.UNKNOWN_KIND, known=", ".join(words))
        return str(value)

    return read


def whole(least: int, most: int) -> Reader:
    """A whole number between two bounds."""

    def read(value: object) -> int:
        number = int(value) if isinstance(value, Cell) and _DIGITS.fullmatch(value) else value
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
            raise Unfit(Code.NOT_A_WHOLE_NUMBER, least=f"{least:,}", most=f"{most:,}")
        return number

    return read


def yes_or_no(value: object) -> bool:
    if isinstance(value, Cell) and value in ("true", "false"):
        return value == "true"
    if not isinstance(value, bool):
        raise Unfit(Code.NOT_YES_OR_NO)
    return value


def an_instant(value: object) -> datetime:
    """An instant with its zone: one without is another instant elsewhere."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        if found is None or len(str(value)) <= len("2026-03-01"):
            raise Unfit(Code.NOT_AN_INSTANT)
        if found.tzinfo is None:
            raise Unfit(Code.NO_ZONE)
        moment = found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit(Code.NOT_AN_INSTANT) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Unfit(Code.NOT_AN_INSTANT)
    return moment


def a_text(value: object) -> str:
    """A name of something that is looked up: of a rule book, say."""
    if not isinstance(value, str) or not 0 < len(value) <= NAME_CHARACTERS:
        raise Unfit(Code.NOT_A_NAME, most=NAME_CHARACTERS)
    return str(value)


SHAPES: Mapping[str, Mapping[str, Field]] = {
    "accounts": {
        "account": Field(an_id, required=True),
        "kind": Field(one_of(AccountKind), required=True),
        "name": Field(a_name),
        "country": Field(a_country),
        "registered_at": Field(an_instant),
        "rule_book": Field(a_text),
        "payment_verified": Field(yes_or_no),
    },
    "lots": {
        "account": Field(an_id, required=True),
        "lot": Field(an_id, required=True),
        "kind": Field(one_of(LotKind), required=True),
        "credits": Field(whole(1, MOST), required=True),
        "of": Field(whole(1, MOST)),
        "cost_cents": Field(whole(0, LARGEST_CENTS)),
        "currency": Field(one_of(sorted(DECIMALS))),
        "issued": Field(an_instant, required=True),
        "expires": Field(an_instant, present=True),
    },
    "client_records": {
        "account": Field(an_id, required=True),
        "posts_ended": Field(whole(0, RECORD_MOST), required=True),
        "left_open": Field(whole(0, RECORD_MOST)),
        "hires": Field(whole(0, RECORD_MOST)),
    },
}
"""The fields of each file. Its order is the one in which they are documented."""
