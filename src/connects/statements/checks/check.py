"""A check: what an act would do, to be read and confirmed before it is done.

    check = withdrawal(preview)
    asked = asked_first(check, Typed(request.POST))
    if asked is not None:
        return show(asked)       # nothing has happened
    withdraw_proposal(...)

A confirmation carries a digest of all that was shown. Where any of it has changed since, the digest no
longer fits, and the new numbers are shown instead of acted upon.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from connects.statements.words import some_connects
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

CONFIRMED, SURE = "confirmed", "sure"
_DIGEST_CHARACTERS = 32
_OF_THE_CHECK = (CONFIRMED, SURE, "csrfmiddlewaretoken")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill. `kind` is `up` or `down` for what comes and goes, `sum` for the last."""

    words: str
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Bill:
    """What an act does to Connects or to money, line by line."""

    caption: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OtherWay:
    """A better way, where there is one: what it is called, why it is better, and the page it leads to."""

    title: str
    words: str
    link: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What an act would do.

    `act` follows "Check before you"; `means` is the heading, with the number; `because` explains it in
    a sentence or two. `agree` is the box to tick, "" where nothing is lost for good. `undo` says how the
    act can be undone, or that it cannot. `button` names object and number, `keep` the way out.
    `others` are better ways, beside it.
    """

    act: str
    means: str
    because: str = ""
    loses: bool = True
    bills: tuple[Bill, ...] = ()
    notes: tuple[str, ...] = ()
    agree: str = ""
    undo: str = ""
    button: str
    keep: str = field(default_factory=lambda: _("Leave it as it is"))
    others: tuple[OtherWay, ...] = ()

    @property
    def shown(self) -> str:
        """A digest of all that is shown."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:_DIGEST_CHARACTERS]


class Why(StrEnum):
    """The reason why a check is shown: the first time, again with other numbers, or without the box."""

    FIRST = "first"
    CHANGED = "changed"
    UNTICKED = "unticked"


@dataclass(frozen=True, slots=True)
class Asked:
    """A check to show, with the fields of the form that asked for the act, to be sent again with it."""

    check: Check
    why: Why
    carried: tuple[tuple[str, str], ...]

    @property
    def is_first(self) -> bool:
        return self.why is Why.FIRST


def asked_first(check: Check, form: Typed) -> Asked | None:
    """The check to show before the act; None once exactly this was shown and confirmed."""
    told = form.line(CONFIRMED)
    if told == check.shown and (not check.agree or form.is_set(SURE)):
        return None
    again = Why.UNTICKED if told == check.shown else Why.CHANGED
    return Asked(check, again if told else Why.FIRST, tuple(_carried(form)))


def _carried(form: Typed) -> Iterable[tuple[str, str]]:
    return ((name, form.raw(name)) for name in form.names() if name not in _OF_THE_CHECK)


def going_back(connects: int, people: int) -> str:
    """Who gets how much back, as the heading of a check."""
    return ngettext(
        "{connects} goes back to {people}",
        "{connects} go back to {people}",
        connects,
        connects=some_connects(connects),
        people=freelancers(people),
    )


def went_back(connects: int, people: int) -> str:
    """Who got how much back, in a sentence."""
    if not connects:
        return _("No Connects went back to anyone.")
    return _(
        "{connects} went back to {people}.",
        connects=some_connects(connects),
        people=freelancers(people),
    )


def freelancers(number: int) -> str:
    """A number of freelancers, with its noun."""
    return ngettext("{n} freelancer", "{n} freelancers", number)


def accounts(number: int) -> str:
    """A number of accounts, with its noun."""
    return ngettext("{n} account", "{n} accounts", number)
