"""Words for kinds of accounts, and for roles on the staff."""

from __future__ import annotations

from connects.statements.words import Spoken
from connects.wording.messages import mark

PARTIES: Spoken[str] = Spoken(
    {
        "freelancer": mark("freelancer"),
        "agency": mark("agency"),
        "client": mark("client"),
        "moderator": mark("moderator"),
        "support": mark("support"),
        "finance": mark("finance"),
        "policy": mark("policy"),
        "operator": mark("operator"),
        "marketplace": mark("the marketplace"),
        "api-client": mark("an API client"),
    }
)


def party_words(code: str) -> str:
    """A kind of account, or a role; a code that has no word says its own name."""
    return PARTIES.get(code, code)
