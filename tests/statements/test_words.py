from connects.ledger.entries import EntryKind
from connects.pricing.edits import ALL_EDITS
from connects.pricing.reasons import ALL_REASONS
from connects.statements.history_words import CAUSES, ENTRY_KINDS
from connects.statements.price_words import EDITS, REASONS
from connects.statements.refusal_words import REFUSALS, refusal_text
from connects.vocabulary.refusals import RefusalCode, Refused
from connects.vocabulary.returns import ReturnCause


def test_every_reason_of_a_price_has_words() -> None:
    assert set(REASONS) == set(ALL_REASONS)


def test_every_refusal_has_words_even_without_parameters() -> None:
    assert set(REFUSALS) == set(RefusalCode)
    assert all(refusal_text(Refused(code)).endswith(".") for code in RefusalCode)


def test_every_line_of_a_history_has_words() -> None:
    assert set(ENTRY_KINDS) == set(EntryKind)


def test_every_way_for_a_job_to_end_has_words() -> None:
    assert set(CAUSES) == set(ReturnCause)


def test_every_edit_that_would_change_a_price_has_words() -> None:
    assert set(EDITS) == set(ALL_EDITS)
