import pytest

from connects.vocabulary.refusals import Refused
from connects.vocabulary.skills import skill_key, skills_in, skills_refused


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Python, Web design", ("Python", "Web design")),
        ("python;PYTHON\nPython", ("python",)),
        (" , ,", ()),
        ("", ()),
        ("C\x00++", ("C++",)),
    ],
)
def test_skills_are_read_from_a_list_with_commas(text: str, skills: tuple[str, ...]) -> None:
    assert skills_in(text) == skills


def test_skills_are_compared_without_capitals_and_blanks() -> None:
    assert skill_key("Web  DESIGN ") == skill_key("web design") == "web design"


def test_there_may_be_fifteen_skills_of_forty_characters() -> None:
    assert skills_refused("skills", tuple(f"s{n}" for n in range(15))) is None
    assert isinstance(skills_refused("skills", tuple(f"s{n}" for n in range(16))), Refused)
    assert skills_refused("skills", ("x" * 40,)) is None
    assert isinstance(skills_refused("skills", ("x" * 41,)), Refused)
