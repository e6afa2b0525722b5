"""Patterns that are tried only where a text has one of their pieces miss nothing that they would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.pricing.work_phrases import LEFT_OPEN, LONG_TIME, MEANT, SHORT_TIME, Wording

WORDINGS = [
    wording for phrase in (LEFT_OPEN, MEANT, LONG_TIME, SHORT_TIME) for wording in phrase.wordings
]


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.pieces[0])
@given(data=st.data())
def test_whatever_a_pattern_matches_holds_one_of_its_pieces(
    wording: Wording, data: st.DataObject
) -> None:
    text = data.draw(st.from_regex(wording.pattern))

    assert wording.found_in(text)


def test_a_piece_alone_says_nothing() -> None:
    assert not LEFT_OPEN.found_in("an open source project, of which many hours are discussed")
    assert not MEANT.found_in("the price of a house is what people pay for it, not $5")
