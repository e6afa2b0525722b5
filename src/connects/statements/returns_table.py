"""Tabulate what would come back of a proposal: one row for each way in which it can end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connects.policy.explain import span_text
from connects.policy.terms import RuleBook
from connects.statements.history_words import CAUSES
from connects.vocabulary.amounts import Connects
from connects.vocabulary.returns import JOB_ENDS, ReturnCause, Stage
from connects.wording import figures
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

ALSO = (ReturnCause.INVITED_LATER, ReturnCause.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Cell:
    """The Connects that come back in one case; None where the case cannot be."""

    connects: Connects | None
    amount: str
    """How much of what was paid that is: `all`, `some` or `none`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One way in which a proposal can end, with a cell for each stage that it can have reached."""

    cause: ReturnCause
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReturnsTable:
    """What comes back of a price; `also` are cases that do not depend on how far a proposal got."""

    book: RuleBook
    paid: Connects
    rows: tuple[Row, ...]
    also: tuple[tuple[ReturnCause, Cell], ...]


def returns_table(book: RuleBook, paid: Connects) -> ReturnsTable:
    """The table for a proposal that costs so much under a rule book."""
    ends = [cause for cause in JOB_ENDS if _is_a_row(book, cause)]
    rows = [Row(cause, _cells(book, cause, paid, tuple(Stage))) for cause in ends]
    if book.returns.percent(ReturnCause.UNREAD, Stage.UNOPENED):
        rows.append(Row(ReturnCause.UNREAD, _cells(book, ReturnCause.UNREAD, paid, _UNOPENED)))
    also = [cause for cause in ALSO if book.returns.percent(cause, Stage.UNOPENED)]
    cells = [(cause, _cells(book, cause, paid, _UNOPENED)[0]) for cause in also]
    return ReturnsTable(book, paid, tuple(rows), tuple(cells))


def case_text(book: RuleBook, cause: ReturnCause) -> str:
    """One way in which a proposal can end, with the days or minutes that the rule book sets for it."""
    returns, posts = book.returns, book.posts
    if cause is ReturnCause.UNREAD and returns.unread is not None:
        return _(
            "the client has not opened it after {time}", time=span_text(returns.unread.after_hours)
        )
    if cause is ReturnCause.WITHDRAWN and returns.withdrawn is not None:
        return ngettext(
            "you withdraw it within {n} minute, unopened",
            "you withdraw it within {n} minutes, unopened",
            returns.withdrawn.within_minutes,
        )
    if cause is ReturnCause.NEVER_CLOSED and posts is not None and posts.silent_after_days:
        return ngettext(
            "the client does nothing for {n} day",
            "the client does nothing for {n} days",
            posts.silent_after_days,
        )
    return CAUSES[cause]


def opening_text(book: RuleBook) -> str:
    """What opening a letter does, said to a client, where it changes what its sender gets back."""
    cause = ReturnCause.CLOSED_WITHOUT_HIRE
    unopened, opened = (
        book.returns.percent(cause, stage) for stage in (Stage.UNOPENED, Stage.OPENED)
    )
    if unopened == opened:
        return _("Opening a letter tells its sender that you have seen it.")
    return _(
        "Opening a letter tells its sender that you have seen it. If you hire nobody, people you never"
        " opened get {unopened} of their Connects back; people you opened get {opened}.",
        unopened=figures.percent(unopened / 100),
        opened=figures.percent(opened / 100),
    )


_UNOPENED = (Stage.UNOPENED,)


def _is_a_row(book: RuleBook, cause: ReturnCause) -> bool:
    if cause is ReturnCause.CLIENT_SUSPENDED:
        return book.returns.client_suspended is not None
    return cause is not ReturnCause.CLOSED_LATE or book.returns.closed_late is not None


def _cells(
    book: RuleBook, cause: ReturnCause, paid: Connects, stages: Sequence[Stage]
) -> tuple[Cell, ...]:
    """A cell for each stage; a stage in which the case cannot be has an empty one."""
    return tuple(
        _cell(book.returns.comes_back(cause, paid, stage), paid)
        if stage in stages
        else Cell(None, "none")
        for stage in Stage
    )


def _cell(connects: Connects, paid: Connects) -> Cell:
    return Cell(connects, "none" if not connects else "all" if connects == paid else "some")
