"""What was given by mistake is taken back, as far as it is left; and debt is forgiven."""

from datetime import UTC, datetime

import pytest

from connects.journal.post import Journal
from connects.ledger.commands import Issue, Reverse, Spend
from connects.ledger.lots import LotKind
from connects.movements.correct_connects import Correction, void_connects, write_off_debt
from connects.vocabulary.refusals import Refused
from tests.journal.memory_store import MemoryStore

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def frame(key: str) -> dict[str, object]:
    return {"wallet": 1, "key": key, "reference": key, "rule_book": "b/1", "effective": NOW}


def correction(key: str = "c") -> Correction:
    return Correction(wallet=1, key=key, reference=f"correction:{key}", rule_book="b/1")


@pytest.fixture
def journal() -> Journal:
    """A wallet that was given 10 Connects as lot 1, and spent 4 of them."""
    made = Journal(MemoryStore())
    made.store.open_wallets([1])
    grant = Issue(**frame("g"), kind=LotKind.COURTESY, credits=10, expires=None)  # type: ignore[arg-type]
    made.post([grant, Spend(**frame("s"), credits=4)], NOW)  # type: ignore[arg-type]
    return made


def test_a_grant_is_lowered_by_what_was_too_much(journal: Journal) -> None:
    void_connects(journal, correction(), 1, 2, NOW)

    assert journal.wallet(1).balance == 4


def test_what_is_voided_can_be_all_that_is_left_and_makes_no_debt(journal: Journal) -> None:
    void_connects(journal, correction(), 1, 6, NOW)

    assert (journal.wallet(1).balance, journal.wallet(1).debt) == (0, 0)


@pytest.mark.parametrize("credits", [7, 10])
def test_a_void_of_what_was_spent_is_refused_and_says_what_is_left(
    journal: Journal, credits: int
) -> None:
    refused = void_connects(journal, correction(), 1, credits, NOW)

    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "more_than_is_left"
    assert refused.parameters["left"] == 6
    assert journal.wallet(1).balance == 6


def test_the_same_correction_counts_once(journal: Journal) -> None:
    void_connects(journal, correction(), 1, 2, NOW)
    void_connects(journal, correction(), 1, 2, NOW)

    assert journal.wallet(1).balance == 4


def test_debt_is_written_off_as_far_as_it_goes(journal: Journal) -> None:
    journal.post_one(Reverse(**frame("r"), lot=1), NOW)  # type: ignore[arg-type]
    assert journal.wallet(1).debt == 4

    write_off_debt(journal, correction("a"), 3, NOW)
    refused = write_off_debt(journal, correction("b"), 2, NOW)

    assert journal.wallet(1).debt == 1
    assert isinstance(refused, Refused)
    assert refused.parameters["problem"] == "more_than_is_owed"
