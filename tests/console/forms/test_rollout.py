"""Which handles a file of accounts names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connects.console.forms.cohort import handles_in

names = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), max_size=20)


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("handle\nana\nben\n", ["ana", "ben"]),
        ("country,handle\nDE,ana\nFR,ben\n", ["ana", "ben"]),
        ("Country, Account \nDE, ana \n", ["ana"]),
        ("ana\nben\n", ["ana", "ben"]),
        ("ana,DE\nben,FR\n", ["ana", "ben"]),
        ('"ana","says, hello"\r\n"ben",""\r\n', ["ana", "ben"]),
        ("handle\n\n  \nana\n", ["ana"]),
        ("country,handle\nDE\nFR,ben\n", ["ben"]),
        ("", []),
        ("handle\n", []),
    ],
)
def test_handles_are_read_from_their_column_or_the_first_one(text: str, handles: list[str]) -> None:
    assert list(handles_in(text)) == handles


@given(names)
def test_every_row_is_read_in_its_order(handles: list[str]) -> None:
    text = "".join(f"DE,{handle}\n" for handle in handles)

    assert list(handles_in("country,handle\n" + text)) == handles
