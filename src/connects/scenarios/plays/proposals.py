"""Proposals: asked for, priced, sent, answered, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from connects.acts.accounts import team
from connects.acts.credits.release_held import withdraw_held
from connects.acts.proposals import client_acts, message, offer
from connects.acts.proposals import invite as invitations
from connects.acts.proposals import quote as quotes
from connects.acts.proposals import submit as proposals
from connects.acts.proposals import withdraw as withdrawing
from connects.acts.proposals.hold import hold_proposal, submit_held
from connects.acts.proposals.submission import ProposalForm
from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal
from connects.scenarios.stage import Stage, UnknownNameError, Verb
from connects.vocabulary.moments import parse_span
from connects.vocabulary.refusals import RefusalCode, Refused


def quote(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job, account = stage.job(keys["job"]), stage.account(keys["account"])
    if "as_agency" not in keys:
        return quotes.quote(job, account)
    agency = stage.account(keys["as_agency"])
    if team.member_of(agency, account, clock_now()) is None:
        return Refused(RefusalCode.NOT_MEMBER, {"agency": agency.name})
    return quotes.quote(job, agency)


def invite(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    job = stage.job(keys["job"])
    return invitations.invite_to_job(job, stage.account(keys["account"]), job.client)


def decline_invite(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return invitations.decline_invitation(stage.job(keys["job"]), stage.account(keys["account"]))


def withdraw(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    reserved = stage.reservation(keys)
    if reserved is not None and reserved.ended is None:
        return withdraw_held(reserved, stage.account(keys["account"]))
    return withdrawing.withdraw_proposal(stage.proposal(keys), stage.account(keys["account"]))


def propose(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    form = _form(stage, number, keys)
    return proposals.submit(stage.job(keys["job"]), stage.account(keys["account"]), form)


def _form(stage: Stage, number: int, keys: Mapping[str, Any]) -> ProposalForm:
    return ProposalForm(
        key=keys.get("key", f"step-{number}"),
        max_connects=keys.get("max_connects"),
        agency=stage.account(keys["as_agency"]) if "as_agency" in keys else None,
    )


def hold(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    seconds = int(parse_span(keys["for"]).total_seconds())
    job, account = stage.job(keys["job"]), stage.account(keys["account"])
    return hold_proposal(job, account, _form(stage, number, keys), seconds)


def submit(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    reserved = stage.reservation(keys)
    if reserved is None:
        raise UnknownNameError(f"{keys['account']} has reserved nothing for {keys['job']}")
    return submit_held(reserved)


def _client_act(act: Callable[[Proposal, Account], object]) -> Verb:
    """A verb by which the client does something with a proposal."""

    def play(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
        return act(stage.proposal(keys), stage.job(keys["job"]).client)

    return play


def answer(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    return message.answer_client(stage.proposal(keys), stage.account(keys["account"]), "Yes.")


def accept(stage: Stage, number: int, keys: Mapping[str, Any]) -> object:
    account = stage.account(keys["account"])
    return offer.answer_offer(stage.proposal(keys), account, accepts=True)


PLAY: dict[str, Verb] = {
    "invite": invite,
    "decline_invite": decline_invite,
    "quote": quote,
    "propose": propose,
    "hold": hold,
    "submit": submit,
    "withdraw": withdraw,
    "open": _client_act(client_acts.open_proposal),
    "shortlist": _client_act(client_acts.shortlist),
    "message": _client_act(client_acts.message),
    "decline": _client_act(client_acts.decline),
    "hire": _client_act(client_acts.hire),
    "answer": answer,
    "offer": _client_act(offer.make_offer),
    "accept": accept,
}
