"""What is put aside is given back by account, oldest first, in chunks that miss and repeat nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from connects.journal.moments import microseconds
from connects.market.intake.staging import Staging, staging

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = {"u-1": 3, "u-2": 1, "u-3": 0, "u-4": 2}
"""The accounts of the tests, and how many lots each has."""


def put(staged: Staging, account: str, lot: str, day: int, expires: int | None = None) -> None:
    issued = JANUARY + timedelta(days=day)
    ends = None if expires is None else microseconds(JANUARY + timedelta(days=expires))
    row = (account, lot, "plan", 5, 10, 10, "USD", microseconds(issued), ends, "lots.jsonl", day)
    staged.add("lot", row)


@pytest.fixture
def staged() -> Iterator[Staging]:
    with staging() as made:
        for line, name in enumerate(KINDS, 1):
            made.add("account", (name, "freelancer", "{}", "accounts.jsonl", line))
        for day in (3, 1, 2):
            put(made, "u-1", f"a-{day}", day)
        put(made, "u-4", "d-9", 9, expires=400)
        put(made, "u-2", "b-5", 5)
        put(made, "u-4", "d-1", 1)
        made.add("record", ("c-1", 4, 1, 2, "client_records.jsonl", 1))
        made.all_read()
        yield made


@pytest.mark.parametrize(
    ("lots_most", "chunks"),
    [
        (1, [["u-1"], ["u-2"], ["u-3"], ["u-4"], ["c-1"]]),
        (3, [["u-1"], ["u-2", "u-3", "u-4"], ["c-1"]]),
        (4, [["u-1", "u-2", "u-3"], ["u-4", "c-1"]]),
        (100, [["u-1", "u-2", "u-3", "u-4", "c-1"]]),
    ],
)
def test_chunks_keep_the_order_of_the_files_and_split_no_account(
    staged: Staging, lots_most: int, chunks: list[list[str]]
) -> None:
    found, place = [], 0
    while parties := staged.chunk_after(place, lots_most):
        place = parties[-1].place
        found.append([party.name for party in parties])

    assert found == chunks


def test_an_accounts_lots_come_oldest_first(staged: Staging) -> None:
    lots = list(staged.lots_between(1, 4))

    assert [lot.lot for lot in lots] == ["a-1", "a-2", "a-3", "b-5", "d-1", "d-9"]
    assert lots[-1].issued == JANUARY + timedelta(days=9)
    assert [lot.expires for lot in lots[-2:]] == [None, JANUARY + timedelta(days=400)]


def test_who_is_only_named_by_a_lot_or_a_record_takes_part(staged: Staging) -> None:
    names = [name for page in staged.names() for name in page]
    (*_, client) = staged.chunk_after(0, 100)

    assert names == [*KINDS, "c-1"]
    assert client.record == (4, 1, 2)


def test_each_account_knows_how_many_lots_it_has(staged: Staging) -> None:
    found = {party.name: party.lots for party in staged.chunk_after(0, 100)}

    assert found == {**KINDS, "c-1": 0}
