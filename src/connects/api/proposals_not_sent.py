"""What is said of proposals of one call that were not sent now: their names are used, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from connects.acts.proposals.by_name import NotFound
from connects.api.callers import Stopped
from connects.api.named import proposals_named, unknown, wrong_kind
from connects.api.outcomes import Outcome, require_same
from connects.api.proposal_documents import proposal_document
from connects.api.proposals import form_of
from connects.api.proposals_sending import Answer, Asked
from connects.api.server_keys import HostCall
from connects.market.members.selectors import wallets_of
from connects.market.proposals.models import HeldProposal, Proposal
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused


def said_before(request: HostCall, asked: Sequence[Asked]) -> dict[str, Outcome | Stopped]:
    """What is said of names that have been used, whatever a quote or a job has come to since."""
    if not asked:
        return {}
    used = {
        name: row
        for name, row in proposals_named([each.name for each in asked]).items()
        if row.external_id == name
    }
    wallets = wallets_of(sorted({row.account_id for row in used.values()}))

    def said(each: Asked, row: Proposal | HeldProposal) -> Outcome | Stopped:
        try:
            require_same(row.sent_fields, each.digests)
        except Stopped as stopped:
            return stopped
        document = proposal_document(row, request.auth.now, wallets[row.account_id])
        return Outcome(200, document, replayed=True)

    return {each.name: said(each, used[each.name]) for each in asked if each.name in used}


def why_refused(request: HostCall, asked: Asked, answer: Answer | None) -> Stopped | None:
    """Why it was not sent; None where that is to be asked for it alone."""
    if isinstance(answer, Refused):
        return Stopped.by(answer)
    if not isinstance(answer, NotFound):
        return None
    try:
        _require_found(request, asked, answer)
    except Stopped as stopped:
        return stopped
    return None


def _require_found(request: HostCall, asked: Asked, found: NotFound) -> None:
    """Stop with what is wrong with the names, or with what it was quoted. Raises `Stopped`."""
    name, body = asked.name, asked.body
    if found.account is None:
        raise unknown("account", body.account, "account")
    if not AccountKind(found.account.kind).holds_wallet:
        raise wrong_kind(found.account, "account")
    if found.job is None:
        raise unknown("job", body.job, "job")
    form_of(request, name, body, asked.digests, found.account, found.job)
