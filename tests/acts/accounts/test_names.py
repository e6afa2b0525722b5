"""Names show what they hold."""

import pytest

from connects.acts.accounts import register as people
from connects.vocabulary.names import name_problem, tidied_name
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused


@pytest.mark.parametrize(
    "name",
    [
        "Ana",
        "Łukasz Żółć",
        "محمد",
        "נועה",
        "山田太郎",
        "नमिता",
        "Nguyễn Thị",
        "O’Brien & Söhne GmbH",
        "3M",
        "می\u200cخواهم",
        "ශ්\u200dරී",
        "Ana 🎨",
    ],
)
def test_people_of_all_scripts_keep_their_names(name: str) -> None:
    assert name_problem(tidied_name(name)) is None


@pytest.mark.parametrize(
    "hidden",
    [
        "\u200b",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\ufeff",
        "\u00ad",
        "\u2028",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u3164",
        "\u2800",
        "\ufe0f",
        "\U000e0041",
        "\ud800",
        "\u200d",
        "\u200c",
    ],
)
@pytest.mark.parametrize("shape", ["{}", "A{}na", "Ana{}", "{}Ana"])
def test_no_name_holds_what_cannot_be_seen_or_turns_the_direction(hidden: str, shape: str) -> None:
    name = shape.format(hidden)
    assert name_problem(name) is not None
    answer = people.register(people.Registration(name=name, kind=AccountKind.CLIENT))
    assert isinstance(answer, Refused)
    assert answer.parameters["field"] == "name"


@pytest.mark.parametrize("name", ["", "...", "🎨", "🎨🎨"])
def test_a_name_has_a_letter_or_a_digit(name: str) -> None:
    assert name_problem(name) == "no_letter"


def test_equal_names_are_kept_alike() -> None:
    assert tidied_name(" Ana \u00a0 Cafe\u0301 ") == "Ana Caf\u00e9"
