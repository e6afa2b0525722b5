"""Choose the language in which a person reads pages and e-mails."""

from __future__ import annotations

from connects.market.people.models import User
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.wording.languages import LANGUAGES


def choose_language(user: User, code: str) -> Refused | None:
    """Keep the choice; refused with `invalid` where we do not speak it."""
    if code not in LANGUAGES:
        return invalid(Problem.UNKNOWN, field="language")
    user.language = code
    user.save(update_fields=["language"])
    return None
