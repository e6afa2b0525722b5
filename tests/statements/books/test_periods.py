"""A part of the books: what stood before it, what moved in it, what stands after it."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from connects.statements.books.chart import Transaction, transaction
from connects.statements.books.period import Period

BANK, OWED, INCOME, FEES = "Assets:Bank", "Liabilities:Tax", "Income:Memberships", "Expenses:Fees"
FIRST, END = date(2026, 11, 1), date(2026, 12, 1)


def earned(on: date, cents: int, what: str = "sale") -> Transaction:
    return transaction(on, what, "", (BANK, cents, "USD"), (INCOME, -cents, "USD"))


def paid_fee(on: date, cents: int) -> Transaction:
    return transaction(on, "fee", "", (BANK, -cents, "USD"), (FEES, cents, "USD"))


def test_a_period_shows_what_moved_from_its_first_day_to_the_day_before_its_end() -> None:
    period = Period(FIRST, END)
    days = [FIRST - timedelta(days=1), FIRST, END - timedelta(days=1), END]

    shown = list(period.moves(earned(day, 1) for day in days))

    assert [moved.on for moved in shown] == [FIRST, END - timedelta(days=1)]


def test_what_came_before_is_the_opening_and_what_comes_after_counts_nowhere() -> None:
    period = Period(FIRST, END)
    list(period.moves([earned(date(2026, 10, 1), 100), earned(FIRST, 20), earned(END, 3)]))

    assert period.opening[BANK, "USD"] == 100
    assert period.closing[BANK, "USD"] == 120


def test_earlier_income_and_expenses_open_as_equity() -> None:
    period = Period(FIRST, END)
    list(period.moves([earned(date(2026, 10, 1), 100), paid_fee(date(2026, 10, 2), 7)]))

    opening = {p.account: p.units for p in period.opening_transaction().postings}

    assert opening == {BANK: 93, "Equity:Opening": -93}
    assert period.opening_transaction().on == FIRST


def test_only_the_balance_sheet_stands_at_the_end() -> None:
    period = Period()
    moved = transaction(
        FIRST, "tax", "", (BANK, 119, "USD"), (OWED, -19, "USD"), (INCOME, -100, "USD")
    )
    list(period.moves([moved]))

    assert period.standing() == {(BANK, "USD"): 119, (OWED, "USD"): -19}


def test_without_ends_everything_is_in_the_period_and_nothing_opens_it() -> None:
    period = Period()
    shown = list(period.moves([earned(date(1999, 1, 1), 1), earned(date(2099, 1, 1), 2)]))

    assert len(shown) == 2
    assert period.opening == {}


def test_what_moved_nothing_is_not_shown() -> None:
    assert list(Period().moves([transaction(FIRST, "nothing", "")])) == []


def test_currencies_stand_apart() -> None:
    period = Period()
    euros = transaction(FIRST, "sale", "", (BANK, 5, "EUR"), (INCOME, -5, "EUR"))
    list(period.moves([earned(FIRST, 7), euros]))

    assert period.standing() == {(BANK, "EUR"): 5, (BANK, "USD"): 7}


days = st.integers(0, 90).map(lambda n: date(2026, 10, 1) + timedelta(days=n))
sales = st.lists(st.builds(earned, days, st.integers(-1_000, 1_000)), max_size=20)


@given(sales)
def test_a_period_closes_where_the_next_one_opens(moves: list[Transaction]) -> None:
    first, second = Period(None, FIRST), Period(FIRST, END)
    list(first.moves(moves))
    list(second.moves(moves))

    def held(balances: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
        return {place: units for place, units in balances.items() if units}

    assert held(first.closing) == held(second.opening)


@given(sales)
def test_opening_and_moves_come_to_the_closing(moves: list[Transaction]) -> None:
    period = Period(FIRST, END)
    shown = list(period.moves(moves))

    moved = sum(p.units for each in shown for p in each.postings if p.account == BANK)
    assert period.opening.get((BANK, "USD"), 0) + moved == period.closing.get((BANK, "USD"), 0)
