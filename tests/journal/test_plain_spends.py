"""A plain spend is a short cut: it must lead to the very rows that the ledger's own way leads to."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from connects.journal.chain import chain_hash
from connects.journal.moments import microseconds
from connects.journal.plain import plain_spend
from connects.journal.port import EMPTY_CHAIN, Record, StoredWallet
from connects.journal.rows import wallet_row
from connects.ledger.commands import Spend
from connects.ledger.decide import decide
from connects.ledger.entries import SPENDING, Booked, EntryKind
from connects.ledger.lots import Lot, LotKind
from connects.ledger.order import in_burn_order
from connects.ledger.wallet import Wallet
from tests.ledger.histories import START

INSTANTS = st.integers(-400, 400).map(lambda hours: START + timedelta(hours=hours, microseconds=7))


@st.composite
def wallets(draw: st.DrawFn) -> Wallet:
    lots = [
        Lot(
            number,
            draw(st.sampled_from(LotKind)),
            draw(st.integers(1, 9)),
            draw(st.integers(0, 100)),
            START - timedelta(days=number),
            draw(st.none() | INSTANTS),
        )
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]
    balance = sum(lot.credits for lot in lots)
    debt = draw(st.sampled_from([0, 0, 0, 2]))
    return Wallet(1, balance, debt, len(lots), draw(INSTANTS), in_burn_order(lots))


@given(wallets(), st.integers(1, 9), st.sampled_from(sorted(SPENDING)), INSTANTS)
def test_a_plain_spend_gives_the_rows_that_the_ledger_gives(
    wallet: Wallet, credits: int, kind: EntryKind, effective: object
) -> None:
    assert isinstance(effective, type(START))
    command = Spend(
        wallet=1,
        key="k",
        reference="proposal:1",
        rule_book="test@1",
        effective=effective,
        credits=credits,
        kind=kind,
    )
    row = wallet_row(StoredWallet(wallet, EMPTY_CHAIN))

    plain = plain_spend(row, command, microseconds(effective), microseconds(START))

    answer = decide(wallet, command)
    first = wallet.lots[0] if wallet.lots else None
    if first is None or wallet.debt or first.credits <= credits or not first.live_at(effective):
        assert plain is None
        return
    assert plain is not None
    assert isinstance(answer, Booked)
    (entry,) = answer.entries
    head = chain_hash(EMPTY_CHAIN, entry, START)
    assert plain.record == Record(entry, START, head)
    assert plain.wallet_row == wallet_row(StoredWallet(answer.wallet, head))
