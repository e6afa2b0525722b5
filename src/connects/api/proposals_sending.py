"""Sending many proposals of one call together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from connects.acts.proposals.by_name import NamedSubmission, NotFound, find_named
from connects.acts.proposals.submit import send_many
from connects.acts.proposals.submit_many import Sent
from connects.api.named import proposals_named
from connects.api.outcomes import digests_of
from connects.api.proposals import ProposalBody, named_submission
from connects.api.server_keys import HostCall
from connects.vocabulary.refusals import Refused

Answer: TypeAlias = Sent | Refused | NotFound


@dataclass(frozen=True, slots=True)
class Asked:
    """An item of the call. `submission` is what is sent, where nothing is wrong with it as it stands."""

    name: str
    body: ProposalBody
    digests: dict[str, str]
    submission: NamedSubmission | None


def asked_for(request: HostCall, name: str, body: ProposalBody) -> Asked:
    """An item of the call, and what is sent for it."""
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    return Asked(name, body, digests, named_submission(request, name, body, digests))


def answers_to(asked: Mapping[int, Asked]) -> dict[int, Answer]:
    """What came of sending them, and why the others cannot be sent; nothing of what is put alone."""
    sent = {place: each.submission for place, each in asked.items() if each.submission is not None}
    answers = _sent(sent)
    others = [place for place in asked if place not in sent]
    found = find_named([(asked[p].body.account, asked[p].body.job, asked[p].name) for p in others])
    return {**answers, **dict(zip(others, found, strict=True))}


def _sent(submissions: Mapping[int, NamedSubmission]) -> dict[int, Answer]:
    answers = send_many(list(submissions.values()))
    if answers is None:
        # One name is that of another account's proposal, or has just become it.
        taken = proposals_named([each.form.key for each in submissions.values()])
        submissions = {p: each for p, each in submissions.items() if each.form.key not in taken}
        answers = send_many(list(submissions.values()))
    return dict(zip(submissions, answers or (), strict=False))
