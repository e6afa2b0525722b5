"""Many proposals of a host in one transaction: what is asked of the database is asked for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from connects.acts.proposals.by_name import NamedSubmission
from connects.acts.proposals.submit import send_many
from connects.acts.proposals.submit_many import Sent
from connects.api.callers import Stopped
from connects.api.outcomes import Outcome, digests_of
from connects.api.proposal_documents import proposal_document
from connects.api.proposals import ProposalBody, named_submission, proposal_put
from connects.api.server_keys import HostCall

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
    asked = [_named(request, item) for item in items]
    answers = iter(send_many([each for each in asked if each is not None]) or ())
    return [None if each is None else _outcome(request, next(answers, None)) for each in asked]


def _named(request: HostCall, item: Item) -> NamedSubmission | None:
    name, body = item
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    return named_submission(request, name, body, digests)


def _outcome(request: HostCall, answer: object) -> Outcome | None:
    if not isinstance(answer, Sent) or not answer.is_new:
        return None
    document = proposal_document(answer.proposal, request.auth.now, answer.wallet)
    return Outcome(201, document)
