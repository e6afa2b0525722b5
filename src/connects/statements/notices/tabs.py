"""Tabs of the inbox: groups of notices that somebody looks for together."""

from __future__ import annotations

from dataclasses import dataclass

from connects.statements.notices.groups import groups_of
from connects.statements.notices.table import NOTICE_KINDS
from connects.vocabulary.parties import AccountKind
from connects.wording.messages import mark


@dataclass(frozen=True, slots=True)
class NoticeTab:
    """A tab of the inbox: groups that somebody looks for together."""

    name: str
    called: str
    groups: frozenset[str]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for code, kind in NOTICE_KINDS.items() if kind.group in self.groups)


TABS = (
    NoticeTab("work", mark("Work"), frozenset({"work", "posts", "searches"})),
    NoticeTab("connects", mark("Connects and money"), frozenset({"returns", "losses", "money"})),
    NoticeTab("rules", mark("Rules"), frozenset({"rules"})),
)


def tabs_of(kind: AccountKind) -> tuple[NoticeTab, ...]:
    """The tabs with notices that an account of that kind can get."""
    heard = {group.name for group in groups_of({kind})}
    return tuple(tab for tab in TABS if tab.groups & heard)
