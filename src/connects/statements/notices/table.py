"""The table of notices: one row for each code, with who gets it, its words and its link."""

from __future__ import annotations

from dataclasses import dataclass

from connects.statements.notices import (
    credits,
    jobs,
    losses,
    memberships,
    money,
    programs,
    rules,
    teams,
    work,
)
from connects.statements.notices.kinds import NoticeKind
from connects.vocabulary.refusals import Parameters
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

NOTICE_KINDS: dict[str, NoticeKind] = {
    **work.KINDS,
    **programs.KINDS,
    **jobs.KINDS,
    **teams.KINDS,
    **credits.KINDS,
    **losses.KINDS,
    **money.KINDS,
    **memberships.KINDS,
    **rules.KINDS,
}

UNKNOWN = mark("There is news for your account.")
SUBJECT_CHARACTERS = 60
"""What mail programs show of a subject."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a notice leads: a page of the site, the name of its row ("" for none), and the words.

    `asks` is whether there is something to do there.
    """

    page: str
    of: str
    words: str
    asks: bool = True


def notice_text(code: str, parameters: Parameters) -> str:
    """A notice as a sentence; one whose code has no words of its own says that there is something new."""
    kind = NOTICE_KINDS.get(code)
    return kind.text(parameters) if kind is not None else _(UNKNOWN)


def notice_lines(code: str, parameters: Parameters) -> tuple[str, str]:
    """A notice as the inbox shows it: who did what, then the rest; "" where the sentence says all."""
    kind = NOTICE_KINDS.get(code)
    if kind is None or kind.more is None:
        return "", notice_text(code, parameters)
    return kind.subject({**parameters, "title": ""}), kind.more(parameters)


def notice_subject(code: str, parameters: Parameters) -> str:
    """The subject of a notice's e-mail: what happened, with its number, and to which job."""
    kind = NOTICE_KINDS.get(code)
    said = " ".join((_(UNKNOWN) if kind is None else kind.subject(parameters)).split())
    if len(said) <= SUBJECT_CHARACTERS:
        return said
    return said[: SUBJECT_CHARACTERS - 1].rstrip() + "…"


def notice_link(code: str, parameters: Parameters) -> Link | None:
    """Where a notice leads; None where it does not say (those written long ago) or nobody knows it."""
    kind = NOTICE_KINDS.get(code)
    if kind is None:
        return None
    if parameters.get("announcement"):
        return Link("announcement", str(parameters["announcement"]), _("Read the announcement"))
    if not kind.page.of:
        return Link(kind.page.name, "", _(kind.page.words), kind.page.asks)
    of = str(parameters.get(kind.page.of) or "").removeprefix("proposal:")
    return Link(kind.page.name, of, _(kind.page.words), kind.page.asks) if of else None
