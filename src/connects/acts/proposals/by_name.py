"""Sending proposals of which a host's own ids say whose they are, and to which jobs.

They are found for a whole batch together, in its transaction, so that a request by itself asks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from connects.acts.proposals.submission import ProposalForm, Submission
from connects.acts.proposals.submit_many import Sent, submit_many
from connects.market.people.models import Account
from connects.market.proposals.many_called import called_together
from connects.market.proposals.models import Proposal
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused


class NamedSubmission(NamedTuple):
    """What a host sends for an account to a job, by the names that it has for them.

    `quoted_for` are the numbers of the account and the job that its price was promised for, if it was.
    """

    account: str
    job: str
    form: ProposalForm
    audit: Callable[[Proposal, datetime], StaffAct]
    quoted_for: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing was sent: what it names is not there, of another kind, or not what was quoted.

    The account and the number of the job are those of its names, as far as there are such.
    """

    account: Account | None
    job: int | None


def submit_found(
    asked: Sequence[Submission | NamedSubmission], now: datetime
) -> list[Sent | Refused | NotFound]:
    """Send the proposals in the caller's transaction, as `submit_many` does."""
    found = iter(_found([each for each in asked if isinstance(each, NamedSubmission)]))
    known = [next(found) if isinstance(each, NamedSubmission) else each for each in asked]
    answers = iter(submit_many([each for each in known if isinstance(each, Submission)], now))
    return [each if isinstance(each, NotFound) else next(answers) for each in known]


def find_named(names: Sequence[tuple[str, str, str]]) -> list[NotFound]:
    """Whom and what an account, a job and a proposal name, of each that is not sent."""
    if not names:
        return []
    accounts, jobs, proposals = zip(*names, strict=True)
    called = called_together(sorted({*accounts}), sorted({*jobs}), proposals)
    return [
        NotFound(called.accounts.get(account), called.jobs.get(job)) for account, job, _ in names
    ]


def _found(asked: Sequence[NamedSubmission]) -> Iterator[Submission | NotFound]:
    if not asked:
        return
    called = called_together(
        sorted({each.account for each in asked}),
        sorted({each.job for each in asked}),
        [each.form.key for each in asked],
    )
    for each in asked:
        account, job = called.accounts.get(each.account), called.jobs.get(each.job)
        if (
            account is None
            or job is None
            or not AccountKind(account.kind).holds_wallet
            or each.form.key in called.reserved
            or each.quoted_for not in (None, (account.pk, job))
        ):
            yield NotFound(account, job)
        else:
            yield Submission(job, account, each.form, audit=each.audit)
