"""What comes back of a price, as a table: it says what the forecast says, row by row."""

import pytest

from connects.policy.shelf import shipped, shipped_names
from connects.statements.forecast import forecast
from connects.statements.payment_preview import LotShare
from connects.statements.returns_table import returns_table
from connects.vocabulary.returns import ReturnCause, Stage
from tests.statements.test_forecasts import NOW, lot


@pytest.mark.parametrize("paid", [1, 6, 16])
@pytest.mark.parametrize("name", shipped_names())
def test_the_table_and_the_forecast_say_the_same(name: str, paid: int) -> None:
    book = shipped(name)
    table = returns_table(book, paid)
    told = {
        (case.cause, stage): case.connects
        for case in forecast(book, [LotShare(lot(1, paid, 300), paid)], NOW)
        for stage in ([case.stage] if case.stage else Stage)
    }

    for row in table.rows:
        for stage, cell in zip(Stage, row.cells, strict=True):
            if cell.connects is not None:
                assert cell.connects == told[row.cause, stage]
    for cause, cell in table.also:
        assert cell.connects == told[cause, Stage.UNOPENED]
    shown = {row.cause for row in table.rows} | {cause for cause, _ in table.also}
    unsaid = {cause for cause, _ in told} - shown
    assert unsaid <= {ReturnCause.CLIENT_SUSPENDED}


def test_fair_connects_give_back_all_half_and_nothing() -> None:
    rows = {row.cause: row.cells for row in returns_table(shipped("fair-2026"), 6).rows}

    closed = rows[ReturnCause.CLOSED_WITHOUT_HIRE]
    assert [(cell.connects, cell.amount) for cell in closed] == [
        (6, "all"),
        (3, "some"),
        (0, "none"),
    ]
    unread = rows[ReturnCause.UNREAD]
    assert [cell.connects for cell in unread] == [3, None, None]


def test_a_case_that_the_rules_do_not_know_has_no_row() -> None:
    rows = {row.cause for row in returns_table(shipped("upwork-2019-05"), 4).rows}

    assert ReturnCause.UNREAD not in rows
    assert ReturnCause.CLOSED_LATE not in rows
