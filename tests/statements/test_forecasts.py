"""What is told before it is done: which lots pay, what would come back, what a renewal trims."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.ledger.entries import Booked
from connects.ledger.lots import Lot, LotKind
from connects.ledger.wallet import Wallet
from connects.policy.shelf import shipped, shipped_names
from connects.statements.forecast import ComesBack, forecast
from connects.statements.payment_preview import LotShare, preview_payment
from connects.statements.rollover import Rollover, loss_of_purchase, rollover_loss
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from connects.vocabulary.returns import ReturnCause, Stage
from tests.ledger.histories import Book, histories
from tests.policy.tables import book as rules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
FREELANCER = AccountKind.FREELANCER


def lot(number: int, credits: int, days: int | None, kind: LotKind = LotKind.SIGNUP) -> Lot:
    expires = None if days is None else NOW + timedelta(days=days)
    return Lot(number, kind, credits, 0, NOW - timedelta(days=1), expires)


def wallet(*lots: Lot, debt: int = 0) -> Wallet:
    return Wallet(1, debt=debt, last_entry=9).with_lots(lots, debt=debt)


def test_a_proposal_is_paid_from_what_expires_first() -> None:
    preview = preview_payment(wallet(lot(1, 4, 10), lot(2, 10, 300)), 6, NOW)

    assert [(share.lot.number, share.credits) for share in preview.shares] == [(1, 4), (2, 2)]
    assert (preview.balance, preview.balance_after, preview.missing) == (14, 8, 0)
    assert preview.affordable


def test_a_lot_whose_time_has_come_pays_nothing_though_its_expiry_is_not_written_yet() -> None:
    preview = preview_payment(wallet(lot(1, 100, 0), lot(2, 5, None)), 6, NOW)

    assert (preview.balance, preview.missing, preview.balance_after) == (5, 1, 5)
    assert not preview.affordable
    assert preview.shares == ()


@pytest.mark.parametrize(
    ("held", "debt", "charged", "affordable"),
    [
        (6, 0, 6, True),
        (5, 0, 6, False),
        (6, 1, 6, False),
        (6, 1, 0, True),
        (0, 0, 0, True),
        (0, 3, 0, True),
    ],
)
def test_who_owes_can_send_only_what_is_free(
    held: int, debt: int, charged: int, affordable: bool
) -> None:
    lots = (lot(1, held, None),) if held else ()

    assert preview_payment(wallet(*lots, debt=debt), charged, NOW).affordable is affordable


@given(histories(), st.integers(0, 60))
def test_a_preview_is_what_the_ledger_then_does(book: Book, connects: int) -> None:
    preview = preview_payment(book.wallet, connects, book.now)
    if not connects:
        assert preview.balance_after == preview.balance
        return

    answer = book.spend(connects)

    if isinstance(answer, Refused):
        assert not preview.affordable
    else:
        assert isinstance(answer, Booked)
        assert preview.affordable
        assert answer.wallet.balance == preview.balance_after
        assert {(d.lot, -d.credits) for d in answer.entries[-1].draws} == {
            (share.lot.number, share.credits) for share in preview.shares
        }


def told(name: str, *shares: LotShare) -> dict[tuple[str, str | None], ComesBack]:
    return {(case.cause, case.stage): case for case in forecast(shipped(name), shares, NOW)}


def test_every_way_for_a_job_to_end_is_told_with_its_connects() -> None:
    cases = told("upwork-2019-05", LotShare(lot(1, 10, 300), 6))

    assert {(cause, case.connects) for (cause, _), case in cases.items()} == {
        ("closed_without_hire", 6),
        ("closed_after_hire", 0),
        ("removed_for_terms", 6),
        ("client_suspended", 6),
        ("never_closed", 0),
    }
    assert all(stage is None for _, stage in cases)


def test_each_stage_is_told_where_it_makes_a_difference() -> None:
    cases = told("fair-2026", LotShare(lot(1, 10, 300), 5))
    stages = [cases[ReturnCause.NEVER_CLOSED, stage].connects for stage in Stage]

    assert stages == [5, 3, 0]
    assert cases[ReturnCause.REMOVED_FOR_TERMS, None].connects == 5
    assert cases[ReturnCause.UNREAD, None].connects == 3
    assert cases[ReturnCause.WITHDRAWN, None].connects == 5


def test_a_deadline_for_closing_is_told_only_where_there_is_one() -> None:
    share = LotShare(lot(1, 10, None), 1)

    assert (ReturnCause.CLOSED_LATE, None) in told("freelancer-com", share)
    assert (ReturnCause.CLOSED_LATE, None) not in told("upwork-2018", share)


@pytest.mark.parametrize(
    ("days", "lives_days"), [((300,), 300), ((5,), 30), ((5, 300), 30), ((300, None), 300)]
)
def test_what_comes_back_lives_at_least_for_the_grace(
    days: tuple[int | None, ...], lives_days: int
) -> None:
    shares = [LotShare(lot(n, 1, each), 1) for n, each in enumerate(days, 1)]
    case = told("upwork-2019-05", *shares)[ReturnCause.CLOSED_WITHOUT_HIRE, None]

    assert case.soonest_expiry == NOW + timedelta(days=lives_days)


def test_what_never_expires_has_no_expiry_when_it_comes_back_and_neither_has_nothing() -> None:
    cases = told("upwork-2019-05", LotShare(lot(1, 9, None), 6))
    nothing = told("upwork-2019-05", LotShare(lot(1, 9, 90), 6))

    assert cases[ReturnCause.CLOSED_WITHOUT_HIRE, None].soonest_expiry is None
    assert nothing[ReturnCause.NEVER_CLOSED, None].soonest_expiry is None


@given(st.sampled_from(shipped_names()), st.lists(st.integers(1, 20), max_size=4))
def test_a_forecast_never_promises_more_than_was_paid(name: str, paid: list[int]) -> None:
    shares = [LotShare(lot(n, each, 100), each) for n, each in enumerate(paid, 1)]

    for case in told(name, *shares).values():
        assert 0 <= case.connects <= sum(paid)
        assert (case.soonest_expiry is None) == (case.connects == 0)


def renewal(
    name: str = "upwork-2019-05", days: int = 10, changes: dict[str, Any] | None = None
) -> Rollover:
    return Rollover(
        book=rules(name, changes),
        kind=FREELANCER,
        ended_plan="basic",
        new_plan="basic",
        when=NOW + timedelta(days=days),
    )


def test_a_renewal_trims_what_is_over_the_limit() -> None:
    assert rollover_loss(wallet(lot(1, 140, None)), renewal()) == 0
    assert rollover_loss(wallet(lot(1, 141, None)), renewal()) == 1


def test_what_expires_before_the_renewal_is_not_trimmed_by_it() -> None:
    held = wallet(lot(1, 100, 5), lot(2, 140, None))

    assert rollover_loss(held, renewal(days=10)) == 0
    assert rollover_loss(held, renewal(days=4)) == 100


def test_bought_connects_are_trimmed_only_where_the_rules_say_so() -> None:
    held = wallet(lot(1, 200, None, LotKind.PURCHASE))

    assert rollover_loss(held, renewal()) == 60
    assert rollover_loss(held, renewal(changes={"limits.trims_bought": False})) == 0


def test_rules_without_a_rollover_limit_trim_nothing() -> None:
    assert rollover_loss(wallet(lot(1, 10_000, None)), renewal("fair-2026")) == 0


def test_a_buyer_is_told_how_much_of_it_the_next_renewal_would_take() -> None:
    year = NOW + timedelta(days=365)
    held = wallet(lot(1, 130, None, LotKind.PURCHASE))

    assert loss_of_purchase(held, renewal(), 10, year, NOW) == 0
    assert loss_of_purchase(held, renewal(), 40, year, NOW) == 30
    assert loss_of_purchase(wallet(lot(1, 200, None)), renewal(), 40, year, NOW) == 40
    assert loss_of_purchase(held, renewal(), 40, NOW + timedelta(days=5), NOW) == 0


@given(histories(), st.integers(1, 80))
def test_a_purchase_never_costs_more_connects_than_it_brings(book: Book, credits: int) -> None:
    coming = Rollover(
        book=shipped("upwork-2019-05"),
        kind=FREELANCER,
        ended_plan="plus",
        new_plan="plus",
        when=book.now + timedelta(days=10),
    )
    expires = book.now + timedelta(days=365)

    assert 0 <= loss_of_purchase(book.wallet, coming, credits, expires, book.now) <= credits
