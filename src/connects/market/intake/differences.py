"""What can be wrong with an import, each with its code, its place, and its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from typing import TypeAlias

MANIFEST = "manifest.json"


class Code(StrEnum):
    """What is wrong. Programs may rely on these."""

    ACCOUNT_TWICE = "account_twice"
    ACCOUNT_UNKNOWN = "account_unknown"
    ALREADY_DIFFERENT = "already_different"
    AMOUNT_TOO_LARGE = "amount_too_large"
    COLUMN_TWICE = "column_twice"
    DIGEST_DIFFERS = "digest_differs"
    EXPIRED_ALREADY = "expired_already"
    EXPIRES_BEFORE_ISSUED = "expires_before_issued"
    FILE_MISSING = "file_missing"
    FILE_NOT_NAMED = "file_not_named"
    FILE_UNKNOWN = "file_unknown"
    HIDDEN_CHARACTERS = "hidden_characters"
    IN_THE_FUTURE = "in_the_future"
    ISSUED_LATER = "issued_later"
    LINES_DIFFER = "lines_differ"
    LINE_TOO_LONG = "line_too_long"
    LOT_TWICE = "lot_twice"
    MISSING = "missing"
    MODE_UNKNOWN = "mode_unknown"
    MONTH_CLOSED = "month_closed"
    MORE_THAN_ENDED = "more_than_ended"
    MORE_THAN_OF = "more_than_of"
    NAME_TAKEN = "name_taken"
    NAME_UNDONE = "name_undone"
    NOT_AN_ID = "not_an_id"
    NOT_AN_INSTANT = "not_an_instant"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_DIGEST = "not_a_digest"
    NOT_A_NAME = "not_a_name"
    NOT_A_TABLE = "not_a_table"
    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_UTF_8 = "not_utf_8"
    NOT_YES_OR_NO = "not_yes_or_no"
    NO_ZONE = "no_zone"
    OTHER_CURRENCY = "other_currency"
    RECORD_TWICE = "record_twice"
    RULE_BOOK_UNKNOWN = "rule_book_unknown"
    TOTAL_DIFFERS = "total_differs"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_KIND = "unknown_kind"
    UNREADABLE = "unreadable"
    WALLET_IN_USE = "wallet_in_use"
    WRONG_KIND = "wrong_kind"
    WRONG_NUMBER_OF_CELLS = "wrong_number_of_cells"


SENTENCES: Mapping[Code, str] = {
    Code.ACCOUNT_TWICE: "{account} has a line before this one",
    Code.ACCOUNT_UNKNOWN: "{account} is neither among the accounts that come in nor here",
    Code.ALREADY_DIFFERENT: "{account} is here already, with {here} and not {says}",
    Code.AMOUNT_TOO_LARGE: "{account} would hold {credits} Connects; no wallet holds more than {most}",
    Code.COLUMN_TWICE: "two columns have this name",
    Code.DIGEST_DIFFERS: "the file is not the one that the manifest names: its SHA-256 is {found}",
    Code.EXPIRED_ALREADY: "the lot had ended by {as_of}; leave it out",
    Code.EXPIRES_BEFORE_ISSUED: "the lot ends no later than it was issued",
    Code.FILE_MISSING: "the file is not in the folder",
    Code.FILE_NOT_NAMED: "the file is in the folder, but not in the manifest",
    Code.FILE_UNKNOWN: "a file is called accounts, lots or client_records, and ends with .jsonl or .csv",
    Code.HIDDEN_CHARACTERS: "it has characters that cannot be seen",
    Code.IN_THE_FUTURE: "it must not lie in the future",
    Code.ISSUED_LATER: "the lot was issued after {as_of}, for which the import speaks",
    Code.LINES_DIFFER: "the manifest says {says} lines, and the file has {found}",
    Code.LINE_TOO_LONG: "the line is longer than {most} bytes",
    Code.LOT_TWICE: "lot {lot} has a line before this one",
    Code.MISSING: "it is required",
    Code.MODE_UNKNOWN: "the mode must be opening",
    Code.MONTH_CLOSED: "the books of that month are closed",
    Code.MORE_THAN_ENDED: "no more can be left open, or lead to a hire, than the {ended} that ended",
    Code.MORE_THAN_OF: "more Connects are left than the {of} that were issued",
    Code.NAME_TAKEN: "an import of this name came from other files; give this one a name of its own",
    Code.NAME_UNDONE: "the import of this name was undone; give this one a name of its own",
    Code.NOT_AN_ID: "it must be 1 to {most} of {characters}",
    Code.NOT_AN_INSTANT: "it must be an instant such as 2026-03-01T00:00:00Z",
    Code.NOT_A_COUNTRY: "it must be a country of two capital letters, such as DE",
    Code.NOT_A_DIGEST: "it must be a SHA-256 of 64 hexadecimal digits",
    Code.NOT_A_NAME: "it must be text of 1 to {most} characters, with a letter or digit among them",
    Code.NOT_A_TABLE: "it must be an object with named fields",
    Code.NOT_A_WHOLE_NUMBER: "it must be a whole number from {least} to {most}",
    Code.NOT_UTF_8: "the line is not UTF-8",
    Code.NOT_YES_OR_NO: "it must be true or false",
    Code.NO_ZONE: "the instant has no time zone, such as the Z of 2026-03-01T00:00:00Z",
    Code.OTHER_CURRENCY: "{account} counts in {here}, not {says}",
    Code.RECORD_TWICE: "{account} has a record before this one",
    Code.RULE_BOOK_UNKNOWN: "there is no rule book of that name",
    Code.TOTAL_DIFFERS: "the manifest says {says}, and the files have {found}",
    Code.UNKNOWN_FIELD: "no field of this name can come in",
    Code.UNKNOWN_KIND: "it must be one of {known}",
    Code.UNREADABLE: "the line cannot be read: {why}",
    Code.WALLET_IN_USE: "the wallet of {account} has {lines} lines already; an opening is for empty ones",
    Code.WRONG_KIND: "{account} is of the kind {kind}",
    Code.WRONG_NUMBER_OF_CELLS: "the line has {found} cells, and the header {says}",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is wrong: in which file, on which line (None: the whole), in which field."""

    file: str
    line: int | None
    field: str
    code: Code
    parameters: Mapping[str, object] = dataclass_field(default_factory=dict)

    def __str__(self) -> str:
        at = f"{self.file}:{self.line}" if self.line is not None else self.file
        field_name = f" {self.field}:" if self.field else ""
        return f"{at}:{field_name} {self.sentence} [{self.code}]"

    @property
    def sentence(self) -> str:
        """What is wrong, in words."""
        return SENTENCES[self.code].format(**self.parameters)


def shown(name: str) -> str:
    """A name that stands in a file, as it can be printed."""
    return name[:60].encode("unicode_escape").decode()


Found: TypeAlias = Callable[[Difference], None]
"""Hears of each difference as it is found."""
