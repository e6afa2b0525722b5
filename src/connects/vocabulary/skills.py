"""Skills as people type them: a list with commas."""

from __future__ import annotations

import re

from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import has_control_characters, line

SKILLS_MOST = 15
SKILL_CHARACTERS = 40
SKILLS_TEXT_CHARACTERS = 1_000
_BETWEEN = re.compile(r"[,;\n]")


def skills_in(text: str) -> tuple[str, ...]:
    """The skills of a list such as `Python, Web design`, each once, in the order in which they stand."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text[: SKILLS_TEXT_CHARACTERS * 2]):
        skill = line(part, SKILL_CHARACTERS + 1)
        if skill:
            found.setdefault(skill_key(skill), skill)
    return tuple(found.values())


def skill_key(skill: str) -> str:
    """A skill as it is compared: *Web Design* is *web design*."""
    return " ".join(skill.casefold().split())[:SKILL_CHARACTERS]


def skills_refused(field: str, skills: tuple[str, ...]) -> Refused | None:
    """What is wrong with a list of skills, if anything."""
    if len(skills) > SKILLS_MOST:
        return invalid(Problem.TOO_MANY_SKILLS, field=field, most=SKILLS_MOST)
    if any(len(skill) > SKILL_CHARACTERS for skill in skills):
        return invalid(Problem.TOO_LONG, field=field, most=SKILL_CHARACTERS)
    if any(has_control_characters(skill) for skill in skills):
        return invalid(Problem.CONTROL_CHARACTERS, field=field)
    return None
