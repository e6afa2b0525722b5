"""Groups of notices, which a person may want by e-mail at once, daily or not at all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from connects.statements.notices.table import NOTICE_KINDS
from connects.statements.words import Spoken
from connects.vocabulary.parties import AccountKind
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


class How(StrEnum):
    AT_ONCE = "at_once"
    DIGEST = "digest"
    NEVER = "never"


HOW_WORDS = Spoken(
    {
        How.AT_ONCE: mark("at once"),
        How.DIGEST: mark("once a day, together"),
        How.NEVER: mark("not by e-mail"),
    }
)


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """Notices of one kind. `may_be_off` is False where a person owes it to themselves to know."""

    name: str
    called: str
    may_be_off: bool = True

    @property
    def title(self) -> str:
        """Its name, as people read it."""
        return _(self.called)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, kind in NOTICE_KINDS.items() if kind.group == self.name)

    @property
    def choices(self) -> tuple[How, ...]:
        return tuple(How) if self.may_be_off else (How.AT_ONCE, How.DIGEST)


GROUPS = (
    NoticeGroup("rules", mark("Changes to the rules, and to your account"), may_be_off=False),
    NoticeGroup("money", mark("Membership and payments"), may_be_off=False),
    NoticeGroup("losses", mark("Connects that expire or do not roll over")),
    NoticeGroup("returns", mark("Connects that you get or get back, and appeals")),
    NoticeGroup("work", mark("Proposals, invitations, messages and offers")),
    NoticeGroup("posts", mark("Your jobs that wait for you")),
    NoticeGroup("searches", mark("New jobs that fit a search you saved")),
)

OF_CLIENTS = frozenset({"rules", "work", "posts"})
OF_PROPOSERS = frozenset({"rules", "money", "losses", "returns", "work", "searches"})


def groups_of(kinds: Collection[AccountKind]) -> tuple[NoticeGroup, ...]:
    """The groups whose notices somebody can get who acts for accounts of these kinds."""
    heard: set[str] = set()
    for kind in kinds:
        heard |= OF_CLIENTS if kind is AccountKind.CLIENT else OF_PROPOSERS
    return tuple(group for group in GROUPS if group.name in heard)


_BY_NAME = {group.name: group for group in GROUPS}


def group_called(name: str) -> NoticeGroup | None:
    """The group of that name; None where there is none."""
    return _BY_NAME.get(name)


def group_of(code: str) -> NoticeGroup | None:
    """The group that a code belongs to; None for one that nobody knows."""
    kind = NOTICE_KINDS.get(code)
    return None if kind is None else _BY_NAME[kind.group]
