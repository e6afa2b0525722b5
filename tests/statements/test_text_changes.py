"""What changed between two texts, word by word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from connects.statements.text_changes import Change, text_changes

WORDS = st.lists(st.sampled_from(["a ", "b", "\n", " c", "dé "]), max_size=12).map("".join)


@settings(max_examples=50)
@given(before=WORDS, after=WORDS)
def test_the_pieces_make_up_both_texts(before: str, after: str) -> None:
    pieces = text_changes(before, after)

    assert "".join(piece.text for piece in pieces if piece.change != Change.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.change != Change.GONE) == after


def test_a_word_that_is_new_stands_alone() -> None:
    kept, new, end = text_changes("It costs 3.", "It costs about 3.")

    assert (kept.text, new.change, new.text, end.text) == ("It costs ", Change.NEW, "about ", "3.")
