"""What can be done to several rows of a list at once: the fields, the act, and the words for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connects.acts.notices.send_emails import retry_email
from connects.acts.staff import grant_courtesy
from connects.acts.staff.moderate import dismiss_flags
from connects.acts.staff.move_account import move_account
from connects.bootstrap.clock import now as clock_now
from connects.console.tables.columns import BulkAct, Table
from connects.console.tables.mail import EMAIL_TABLE
from connects.console.tables.people import ACCOUNT_TABLE
from connects.console.tables.work import FLAG_TABLE
from connects.market.corrections.models import Correction, CorrectionState
from connects.market.members.editions import known_names
from connects.market.people.models import User
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import REASON_CHARACTERS, Typed, text_refused
from connects.wording.figures import number
from connects.wording.messages import gettext as _
from connects.wording.messages import mark

Act = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Bulk:
    """One act for several rows.

    `read` makes the act of what the form says, or refuses it; `name` says what a row is called, `said`
    what became of it, and `total` what all of it comes to, in a sentence.
    """

    shown: BulkAct
    table: Table[Any]
    title: str
    button: str
    fields: tuple[str, ...]
    read: Callable[[Typed, User], Act | Refused]
    name: Callable[[Any], str]
    said: Callable[[object], str]
    total: Callable[[Sequence[Any], Typed], str]

    @property
    def button_words(self) -> str:
        """The button's words in the reader's language."""
        return _(self.button)


def _reason(typed: Typed) -> Refused | None:
    return text_refused("reason", typed.reason(), REASON_CHARACTERS, required=True)


def _dismissal(typed: Typed, staff: User) -> Act | Refused:
    return _reason(typed) or (lambda row: dismiss_flags(row, staff, typed.reason()))


def _flags(rows: Sequence[Any], typed: Typed) -> str:
    flags, stake = sum(row.flagged for row in rows), sum(row.at_stake for row in rows)
    return _(
        "{flags} flags on {jobs} jobs would be dismissed. The jobs stay, and the {stake} Connects"
        " that were paid for them stay spent.",
        flags=number(flags),
        jobs=number(len(rows)),
        stake=number(stake),
    )


def _grant(typed: Typed, staff: User) -> Act | Refused:
    credits, key = typed.whole_number("credits", 1, grant_courtesy.CREDITS_MOST), typed.key()
    if isinstance(credits, Refused):
        return credits
    if not key or len(key) > 60:
        return invalid(Problem.NOT_A_KEY)
    each = credits
    return _reason(typed) or (
        lambda row: grant_courtesy.grant(row, each, typed.reason(), staff, f"{key}:{row.pk}")
    )


def _granted(answer: object) -> str:
    is_done = isinstance(answer, Correction) and answer.state == CorrectionState.DONE
    return "granted" if is_done else "waits for a second person"


def _grants(rows: Sequence[Any], typed: Typed) -> str:
    credits = typed.whole_number("credits", 1)
    each = 0 if isinstance(credits, Refused) else credits
    return _(
        "{each} Connects for each of {accounts} accounts: {total} in all.",
        each=number(each),
        accounts=number(len(rows)),
        total=number(each * len(rows)),
    )


def _move(typed: Typed, staff: User) -> Act | Refused:
    rules, notice = typed.choice("policy"), typed.choice("when") != "now"
    if rules not in known_names():
        return invalid(Problem.UNKNOWN, field="rules")
    return lambda row: move_account(row, staff, rules, notice=notice)


def _moves(rows: Sequence[Any], typed: Typed) -> str:
    accounts, rules = number(len(rows)), typed.choice("policy")
    if typed.choice("when") == "now":
        return _("{accounts} accounts would move to {rules}, now.", accounts=accounts, rules=rules)
    return _(
        "{accounts} accounts would move to {rules}, after their days of notice.",
        accounts=accounts,
        rules=rules,
    )


def _resend(typed: Typed, staff: User) -> Act | Refused:
    return lambda row: retry_email(row, staff, clock_now())


BULK: Mapping[str, Bulk] = {
    each.shown.name: each
    for each in (
        Bulk(
            FLAG_TABLE.bulk[0],
            FLAG_TABLE,
            mark("Dismiss flags"),
            mark("Dismiss them"),
            ("reason",),
            _dismissal,
            lambda row: str(row.title),
            lambda _answer: "dismissed",
            _flags,
        ),
        Bulk(
            ACCOUNT_TABLE.bulk[0],
            ACCOUNT_TABLE,
            mark("Grant Connects"),
            mark("Grant them"),
            ("credits", "reason"),
            _grant,
            lambda row: str(row.name),
            _granted,
            _grants,
        ),
        Bulk(
            ACCOUNT_TABLE.bulk[1],
            ACCOUNT_TABLE,
            mark("Move to other rules"),
            mark("Move them"),
            ("policy", "when"),
            _move,
            lambda row: str(row.name),
            lambda answer: str(getattr(answer, "state", "moved")),
            _moves,
        ),
        Bulk(
            EMAIL_TABLE.bulk[0],
            EMAIL_TABLE,
            mark("Send e-mails again"),
            mark("Send them again"),
            (),
            _resend,
            lambda row: str(row.user.email),
            lambda _answer: "waiting",
            lambda rows, _typed: _(
                "{emails} e-mails would be tried again, beginning now.", emails=number(len(rows))
            ),
        ),
    )
}
