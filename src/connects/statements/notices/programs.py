"""Notices about what a member's own program did."""

from __future__ import annotations

from connects.statements.notices.kinds import PROPOSAL, NoticeKind, about, titled
from connects.statements.words import some_connects
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext


def _paid(connects: object) -> str:
    if not connects:
        return _("It was free.")
    return _("It cost {connects}.", connects=some_connects(connects))


def _came_back(connects: object) -> str:
    if not connects:
        return _("No Connects came back.")
    return ngettext("{n} Connect came back.", "{n} Connects came back.", int(str(connects)))


KINDS: dict[str, NoticeKind] = {
    "program-sent": NoticeKind(
        "whose key the program sent",
        "work",
        lambda p: titled(_("{program} sent a proposal", program=p["program"]), p),
        lambda p: " ".join(
            (
                _(
                    "Your program “{program}” (key {key}…) sent a proposal for {job}.",
                    program=p["program"],
                    key=p["key"],
                    job=about(p),
                ),
                _paid(p["connects"]),
                _("If you did not want that, revoke its key under API keys."),
            )
        ),
        PROPOSAL,
    ),
    "program-withdrew": NoticeKind(
        "whose key the program sent",
        "work",
        lambda p: titled(_("{program} withdrew your proposal", program=p["program"]), p),
        lambda p: " ".join(
            (
                _(
                    "Your program “{program}” (key {key}…) withdrew your proposal for {job}.",
                    program=p["program"],
                    key=p["key"],
                    job=about(p),
                ),
                _came_back(p["connects"]),
            )
        ),
        PROPOSAL,
    ),
}
