"""What texts in a body must look like, and what is told of one that does not."""

from __future__ import annotations

from connects.vocabulary.problems import Problem

EMAIL = r"^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$"
COUNTRY = "^[A-Z]{2}$"
LINE = r"^[^\x00-\x1f]+$"
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
SKILL = r"^[^\x00-\x1f\x7f,;]*$"
VISIBLE_ASCII = r"^[!-~]+$"

PROBLEMS = {
    EMAIL: Problem.NOT_AN_EMAIL,
    COUNTRY: Problem.NOT_A_COUNTRY,
    LINE: Problem.CONTROL_CHARACTERS,
    LINES: Problem.CONTROL_CHARACTERS,
    SKILL: Problem.UNREADABLE,
    VISIBLE_ASCII: Problem.UNREADABLE,
}
"""The problem of a text that does not fit; `unknown` for what is not here, such as names."""
