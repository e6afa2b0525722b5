"""Many proposals of a host in one transaction: what is asked of the database is asked for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TypeAlias

from connects.acts.proposals.submission import Submission
from connects.acts.proposals.submit import send_many
from connects.acts.proposals.submit_many import Sent
from connects.api.callers import Stopped
from connects.api.outcomes import Outcome, digests_of
from connects.api.proposal_documents import proposal_document
from connects.api.proposals import ProposalBody, audit_line, form_of, proposal_put
from connects.api.server_keys import HostCall
from connects.market.jobs.selectors import jobs_called
from connects.market.people.models import Account
from connects.market.people.selectors import accounts_called
from connects.market.proposals.held import reservations_called
from connects.vocabulary.parties import AccountKind

Item: TypeAlias = tuple[str, ProposalBody]
Done: TypeAlias = Outcome | Stopped


def proposals_put(request: HostCall, items: Sequence[Item]) -> list[Done]:
    """What becomes of each, in their order; a hold, or one for an agency, is put by itself."""
    done: list[Done] = []
    for is_plain, run in groupby(items, _is_plain):
        together = list(run)
        sent = _sent(request, together) if is_plain else [None] * len(together)
        for item, outcome in zip(together, sent, strict=True):
            done.append(_alone(request, item) if outcome is None else outcome)
    return done


def _is_plain(item: Item) -> bool:
    _, body = item
    return body.hold_seconds is None and body.agency is None


def _alone(request: HostCall, item: Item) -> Done:
    try:
        return proposal_put(request, *item)
    except Stopped as stopped:
        return stopped


def _sent(request: HostCall, items: Sequence[Item]) -> list[Outcome | None]:
    """The outcomes of those that were sent now; what came of the others is asked of each by itself."""
    accounts = accounts_called(sorted({body.account for _, body in items}))
    jobs = jobs_called(sorted({body.job for _, body in items}))
    reserved = reservations_called([name for name, _ in items])
    asked: list[Submission | None] = []
    for item in items:
        job = jobs.get(item[1].job)
        account = accounts.get(item[1].account)
        if job is None or account is None or item[0] in reserved:
            asked.append(None)
        else:
            asked.append(_submission(request, item, account, job.pk))
    answers = iter(send_many([each for each in asked if each is not None]) or ())
    return [None if each is None else _outcome(request, next(answers, None)) for each in asked]


def _submission(request: HostCall, item: Item, account: Account, job: int) -> Submission | None:
    name, body = item
    if not AccountKind(account.kind).holds_wallet:
        return None
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    try:
        form = form_of(request, name, body, digests, account, job)
    except Stopped:
        return None
    return Submission(job, account, form, audit=partial(audit_line, request.auth, "charge"))


def _outcome(request: HostCall, answer: object) -> Outcome | None:
    if not isinstance(answer, Sent) or not answer.is_new:
        return None
    document = proposal_document(answer.proposal, request.auth.now, answer.wallet)
    return Outcome(201, document)
