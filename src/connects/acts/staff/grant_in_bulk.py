"""Grant courtesy Connects from a table: checked first, then granted whole or not at all, each row once.

A row's key is made of its content, so the same table again grants nothing more, and a table of which
some rows were granted before grants the others. To grant somebody the same once more, say why in its
reason.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from connects.acts.staff import grant_courtesy
from connects.market.corrections.models import Correction, CorrectionKind
from connects.market.people.models import Account, Membership, User
from connects.market.people.permissions import Act, denied
from connects.vocabulary.amounts import Connects
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import (
    has_control_characters,
    moment,
    whole_number,
)
from connects.vocabulary.typed_input import line as line_of

COLUMNS = ("handle", "credits", "reason")
ROWS_MOST = 500
CHARACTERS_MOST = 200_000
ADDRESS_CHARACTERS = 254
_UNKNOWN = invalid(Problem.UNKNOWN_ACCOUNT, field="handle")


@dataclass(frozen=True, slots=True)
class BulkRow:
    """A row of the table; `line` is its line, `expires` None where the rule book decides."""

    line: int
    handle: str
    credits: Connects
    reason: str
    expires: datetime | None

    @property
    def key(self) -> str:
        """The row's idempotency key, made of what it says."""
        said = (self.handle, str(self.credits), self.reason, str(self.expires))
        return f"bulk:{hashlib.sha256(chr(31).join(said).encode()).hexdigest()[:40]}"


@dataclass(frozen=True, slots=True)
class BulkLine:
    """The result of a row: a correction, or why it is refused; `repeated`: it was made before."""

    line: int
    handle: str
    credits: Connects | None
    answer: Correction | Refused
    repeated: bool = False


def try_grants(text: str, staff: User) -> list[BulkLine] | Refused:
    """Preview `grant_all`, row by row; nothing is granted."""
    with transaction.atomic():
        lines = _granted(text, staff)
        transaction.set_rollback(True)
        return lines


def grant_all(text: str, staff: User) -> list[BulkLine] | Refused:
    """Make the grants of a table, or propose those that need a second person.

    Where any row is refused, none is made. Refused as a whole with `not_allowed`, or with `invalid`
    where the text is no such table.
    """
    with transaction.atomic():
        lines = _granted(text, staff)
        if isinstance(lines, Refused) or any(isinstance(line.answer, Refused) for line in lines):
            transaction.set_rollback(True)
        return lines


def _granted(text: str, staff: User) -> list[BulkLine] | Refused:
    refused = denied(staff, Act.GRANT_CONNECTS)
    if refused is not None:
        return refused
    found = _read(text)
    if isinstance(found, Refused):
        return found
    handles = {row.handle for row in found if isinstance(row, BulkRow)}
    accounts = _accounts(handles)
    # By the accounts' own names, so that one that is named in two ways is still granted once.
    named = (
        replace(row, handle=accounts[row.handle].handle)
        if isinstance(row, BulkRow) and row.handle in accounts
        else row
        for row in found
    )
    found = list(_without_repeats(named))
    accounts |= {account.handle: account for account in accounts.values()}
    known = [row for row in found if isinstance(row, BulkRow) and row.handle in accounts]
    keys = [row.key for row in known]
    before = set(
        Correction.objects.filter(kind=CorrectionKind.GRANT, key__in=keys).values_list(
            "key", flat=True
        )
    )
    answers = {
        # In the order of accounts, so that two tables never wait for each other.
        row.line: grant_courtesy.grant(
            accounts[row.handle], row.credits, row.reason, staff, row.key, row.expires
        )
        for row in sorted(known, key=lambda row: accounts[row.handle].pk)
    }
    return [_line(row, answers, before) for row in found]


def _accounts(handles: Collection[str]) -> dict[str, Account]:
    """The accounts of those handles, or with wallets of those e-mail addresses, by what was written."""
    found = {account.handle: account for account in Account.objects.filter(handle__in=handles)}
    addresses = {handle.lower(): handle for handle in handles if "@" in handle}
    if not addresses:
        return found
    rows = Membership.objects.filter(user__email__in=addresses).select_related("account", "user")
    for row in rows.exclude(account__kind=AccountKind.CLIENT).order_by("-id"):
        found[addresses[row.user.email]] = row.account
    return found


def _line(
    row: BulkRow | BulkLine, answers: Mapping[int, Correction | Refused], before: Collection[str]
) -> BulkLine:
    if isinstance(row, BulkLine):
        return row
    answer = answers.get(row.line) or _UNKNOWN
    return BulkLine(row.line, row.handle, row.credits, answer, row.key in before)


def _read(text: str) -> list[BulkRow | BulkLine] | Refused:
    """The rows of the table, and those that cannot be read; a refusal where it is none."""
    if len(text) > CHARACTERS_MOST:
        return invalid(Problem.TOO_LONG, field="table")
    try:
        reader = csv.DictReader(io.StringIO(text.strip()), strict=True)
        reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error:
        return invalid(Problem.NOT_A_TABLE, field="table")
    if not set(COLUMNS) <= set(reader.fieldnames or ()):
        return invalid(Problem.NOT_A_TABLE, field="table")
    if not rows or len(rows) > ROWS_MOST:
        return invalid(Problem.TOO_MANY if rows else Problem.REQUIRED, field="table")
    return [_row(line, cells) for line, cells in rows]


def _row(line: int, cells: Mapping[str | None, object]) -> BulkRow | BulkLine:
    told = {name: str(cells.get(name) or "").strip() for name in (*COLUMNS, "expires")}
    handle = told["handle"]
    credits = whole_number(told["credits"], 1, grant_courtesy.CREDITS_MOST)
    expires = moment(told["expires"]) if told["expires"] else None
    if None in cells:
        wrong = invalid(Problem.TOO_MANY_CELLS, field="row")
    elif len(handle) > ADDRESS_CHARACTERS or has_control_characters(handle):
        return BulkLine(line, line_of(handle), credits, _UNKNOWN)
    elif credits is None:
        wrong = invalid(Problem.NOT_WHOLE, field="credits")
    elif told["expires"] and expires is None:
        wrong = invalid(Problem.NOT_AN_INSTANT, field="expires")
    else:
        return BulkRow(line, handle, credits, told["reason"], expires)
    return BulkLine(line, line_of(handle), credits, wrong)


def _without_repeats(rows: Iterator[BulkRow | BulkLine]) -> Iterator[BulkRow | BulkLine]:
    """Rows that say the same as one before them would be taken for it, so they are refused."""
    seen: set[str] = set()
    for row in rows:
        if isinstance(row, BulkRow) and row.key in seen:
            yield BulkLine(row.line, row.handle, row.credits, invalid(Problem.TWICE, field="row"))
            continue
        if isinstance(row, BulkRow):
            seen.add(row.key)
        yield row


def all_fit(lines: Sequence[BulkLine]) -> bool:
    """Whether every row would be granted or proposed."""
    return not any(isinstance(line.answer, Refused) for line in lines)
