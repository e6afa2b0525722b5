"""What somebody sends to a job, and whom it is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from connects.acts.proposals.quote import problem_of_proposer
from connects.market.people.models import Account, User
from connects.market.proposals.asking import NOTHING_ASKED, Asking
from connects.market.proposals.models import Proposal
from connects.market.trust.models import StaffAct
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import key_refused, text_refused

COVER_LETTER_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalForm:
    """What is sent. `max_connects` is the most that it will pay (None: whatever the price is).

    `agency` is the one for which it is sent; its wallet pays. `quoted` is a price that was promised: what
    is charged is the lower of it and the present one. `asking` is the proposer's own price and time. A
    host says what it calls the proposal (`external_id`), and keeps a digest of each field with it.
    """

    key: str
    max_connects: Connects | None = None
    cover_letter: str = ""
    agency: Account | None = None
    quoted: Connects | None = None
    asking: Asking = NOTHING_ASKED
    external_id: str | None = None
    sent_fields: Mapping[str, str] | None = None


def problem_of_form(account: Account, form: ProposalForm) -> Refused | None:
    """What is against this form, before anything is locked."""
    return (
        problem_of_proposer(account)
        or (form.agency and problem_of_proposer(form.agency))
        or key_refused(form.key)
        or text_refused("cover_letter", form.cover_letter, COVER_LETTER_CHARACTERS)
    )


class Submission(NamedTuple):
    """A proposal that is to be sent to a job (its number) by an account, and by whom in person.

    `audit` makes the line of the audit for a proposal that was sent, where one is wanted; `tells` makes
    what its own account is told of it, where it did not send it by hand.
    """

    job: int
    sender: Account
    form: ProposalForm
    member: User | None = None
    audit: Callable[[Proposal, datetime], StaffAct] | None = None
    tells: Callable[[Proposal, datetime], Event] | None = None

    @property
    def account(self) -> Account:
        """Whose wallet pays."""
        return self.form.agency or self.sender
