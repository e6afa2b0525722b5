"""Many proposals of a host in one transaction: what is asked of the database is asked for all of them.

So it is for those that are refused, or that were sent before. Only what is rare is put by itself: a hold,
a proposal for an agency, a name that stands in the call a second time, and what cannot be a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from connects.acts.proposals.submit_many import Sent
from connects.api.callers import Stopped
from connects.api.outcomes import Outcome
from connects.api.proposal_documents import proposal_document
from connects.api.proposals import ProposalBody, proposal_put
from connects.api.proposals_not_sent import said_before, why_refused
from connects.api.proposals_sending import answers_to, asked_for
from connects.api.server_keys import HostCall
from connects.market.external_ids import is_id

Item: TypeAlias = tuple[str, ProposalBody]
Done: TypeAlias = Outcome | Stopped


def proposals_put(request: HostCall, items: Sequence[Item]) -> list[Done]:
    """What becomes of each, in their order."""
    done: list[Done] = []
    for is_plain, run in groupby(items, _is_plain):
        together = list(run)
        told = _together(request, together) if is_plain else {}
        for place, item in enumerate(together):
            outcome = told.get(place)
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


def _together(request: HostCall, items: Sequence[Item]) -> dict[int, Done]:
    """The outcomes by the items' places, but of those that are to be put by themselves."""
    # No database is asked for a name that cannot be one: there are texts that it cannot be asked for.
    first = {name: place for place, (name, _) in reversed(list(enumerate(items))) if is_id(name)}
    asked = {place: asked_for(request, *items[place]) for place in sorted(first.values())}
    answers = answers_to(asked)
    done: dict[int, Done] = {}
    for place, answer in answers.items():
        if isinstance(answer, Sent) and answer.is_new:
            document = proposal_document(answer.proposal, request.auth.now, answer.wallet)
            done[place] = Outcome(201, document)
    left = {place: each for place, each in asked.items() if place not in done}
    again = said_before(request, list(left.values()))
    for place, each in left.items():
        outcome = again.get(each.name) or why_refused(request, each, answers.get(place))
        if outcome is not None:
            done[place] = outcome
    return done
