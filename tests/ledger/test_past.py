"""A history can be cut at any instant."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connects.ledger.lots import LotKind
from connects.ledger.past import wallet_at
from tests.ledger.histories import START, Book, histories


@given(histories(), st.integers(0, 4_000))
def test_what_was_held_then_is_what_the_wallet_said_then(book: Book, days: int) -> None:
    instant = START + timedelta(days=days)
    until_then = [entry for entry in book.entries if entry.effective <= instant]

    then = wallet_at(1, book.entries, instant)

    assert then.last_entry == len(until_then)
    swept = {draw.lot for e in until_then if e.kind.value == "expire" for draw in e.draws}
    assert all(lot.live_at(instant) and lot.number not in swept for lot in then.lots)
    assert then.balance == sum(lot.credits for lot in then.lots)


def test_a_lot_is_gone_at_its_instant_though_its_line_was_written_later() -> None:
    book = Book()
    book.issue(5, LotKind.BONUS, days=10)
    book.issue(3, LotKind.BONUS, days=None)

    def held(at: datetime) -> int:
        return wallet_at(1, book.entries, at).balance

    assert held(START - timedelta(seconds=1)) == 0
    assert held(START) == 8
    assert held(START + timedelta(days=10) - timedelta(microseconds=1)) == 8
    assert held(START + timedelta(days=10)) == 3
