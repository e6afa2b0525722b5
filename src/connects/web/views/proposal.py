"""One proposal, as its sender and the job's client see it, and what each can do about it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.checks.proposals import (
    back_if_withdrawn,
    check_decline,
    check_hire,
    check_withdrawal,
)
from connects.acts.credits.forecast_returns import most_of, still_back
from connects.acts.notices.outbox import mark_read_about
from connects.acts.proposals import client_acts
from connects.acts.proposals.appeal import file_appeal
from connects.acts.proposals.message import answer_client, conversation
from connects.acts.proposals.offer import answer_offer, make_offer
from connects.acts.proposals.withdraw import withdraw_proposal
from connects.market.jobs.models import JobStatus
from connects.market.members.editions import book_by_label
from connects.market.people.models import Account
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.market.proposals.selectors import proposal_for
from connects.market.proposals.states import ProposalAct, may
from connects.statements.checks.check import Check
from connects.statements.checks.undo import Undo
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.checks import checked
from connects.web.job_changes import change_since
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_members, render_page
from connects.wording.messages import gettext as _
from connects.wording.messages import mark, ngettext

Act = Callable[[Proposal, Account], object]

_CLIENT_ACTS: dict[str, Act] = {
    "shortlist": client_acts.shortlist,
    "decline": client_acts.decline,
    "offer": make_offer,
    "reconsider": client_acts.reconsider,
    "hire": client_acts.hire,
}


_DONE = {
    "accept": mark("You are hired."),
    "appeal": mark("Your appeal is in. Two people look at it, and you get a notice."),
    "decline": mark("You told {name} no."),
    "hire": mark("{name} is hired, and hears of it now. The job is open until you close it."),
    "message": mark("Your message is sent."),
    "offer": mark("You offered {name} the job."),
    "reconsider": mark("{name} waits for your answer again."),
    "refuse": mark("You declined the offer."),
    "shortlist": mark("{name} is on your short list."),
}


def _found_or_404(viewer: Viewer, public_id: str) -> Proposal:
    found = proposal_for(viewer.user, public_id) if viewer.user else None
    if found is None:
        raise Http404
    return found


@for_members
def proposal(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Show one proposal. When its client views it, it counts as opened."""
    found = _found_or_404(viewer, public_id)
    is_client = viewer.account.pk == found.job.client_id
    refusal = ""
    if request.method == "POST":
        check = _check(request, viewer, found)
        asked = checked(request, viewer, check) if isinstance(check, Check) else None
        if asked is not None:
            return asked
        done = check if isinstance(check, Refused) else _act(request, viewer, found)
        if not isinstance(done, Refused):
            _say_done(request, found, _found_or_404(viewer, public_id))
            return redirect("proposal", public_id=public_id)
        refusal = told_to_wait(request, done)
    elif is_client and found.opened is None and found.job.status == JobStatus.OPEN:
        opened = client_acts.open_proposal(found, viewer.account)
        if isinstance(opened, Refused):
            found = _found_or_404(viewer, public_id)  # it may have been withdrawn this moment
        else:
            found.opened = opened.opened
    if viewer.unread:
        mark_read_about(viewer.account, found.public_id, viewer.now)
    is_open = found.job.status == JobStatus.OPEN
    is_hidden = is_client and not may(ProposalAct.READ, found)
    acts = _acts_shown(found) if is_client and is_open else ()
    may_withdraw = not is_client and is_open and may(ProposalAct.WITHDRAW, found)
    may_come_back = () if is_client else still_back(found, viewer.now)
    context = {
        "proposal": found,
        "is_hidden": is_hidden,
        "messages_written": conversation(found) if found.messaged and not is_hidden else (),
        "is_client": is_client,
        "has_offer": not is_client and is_open and may(ProposalAct.ANSWER_OFFER, found),
        "acts": acts,
        "may_write": _may_write(found, is_client=is_client),
        "may_appeal": not is_client and not is_open and found.paid > found.returned,
        "may_withdraw": may_withdraw,
        "comes_back_now": back_if_withdrawn(found, viewer.now) if may_withdraw else 0,
        "rules_title": book_by_label(found.rule_book).title,
        "changed": None if is_client else change_since(found, viewer.book.currency),
        "still_back": may_come_back,
        "most_back": most_of(may_come_back),
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/proposal.html", context, status=status)


def _acts_shown(found: Proposal) -> tuple[str, ...]:
    """What the client is offered to do, of what they may; what they have done already is left out."""
    done = {
        ProposalAct.SHORTLIST: found.shortlisted is not None,
        ProposalAct.DECLINE: found.status == ProposalStatus.DECLINED,
        ProposalAct.RECONSIDER: found.status != ProposalStatus.DECLINED,
        ProposalAct.OFFER: found.status == ProposalStatus.OFFERED,
        ProposalAct.HIRE: found.status == ProposalStatus.HIRED,
    }
    return tuple(act.value for act, is_done in done.items() if may(act, found) and not is_done)


def _may_write(found: Proposal, *, is_client: bool) -> bool:
    if is_client:
        return found.job.status == JobStatus.OPEN and may(ProposalAct.MESSAGE, found)
    is_gone = found.job.status in (JobStatus.REMOVED, JobStatus.VOID)
    return found.messaged is not None and not is_gone and may(ProposalAct.ANSWER, found)


def _check(request: HttpRequest, viewer: Viewer, found: Proposal) -> Check | Refused | None:
    """What is to be read before the act; None where it takes nothing away."""
    is_client = viewer.account.pk == found.job.client_id
    match Typed(request.POST).choice("act"):
        case "withdraw" if not is_client:
            return check_withdrawal(found, viewer.account)
        case "hire" if is_client:
            return check_hire(found, viewer.account)
        case "decline" if is_client:
            return check_decline(found, viewer.account)
        case _:
            return None


def _say_done(request: HttpRequest, before: Proposal, after: Proposal) -> None:
    """Say what is so now, with a way back where there is one."""
    undo = None
    if Typed(request.POST).choice("act") == "decline":
        undo = Undo(request.path, {"act": "reconsider"})
    text = _done_text(request, before, after)
    messages.success(request, text, extra_tags=undo.tag if undo else "")


def _done_text(request: HttpRequest, before: Proposal, after: Proposal) -> str:
    """What is so once an act on a proposal is done."""
    act = Typed(request.POST).choice("act")
    if act == "withdraw":
        came = after.returned - before.returned
        if not came:
            return _("You withdrew. No Connects came back.")
        return ngettext(
            "You withdrew. {n} Connect came back.", "You withdrew. {n} Connects came back.", came
        )
    if act == "decline" and before.status == ProposalStatus.OFFERED:
        return _("You took the offer back.")
    return _(_DONE[act], name=after.account.name)


def _act(request: HttpRequest, viewer: Viewer, found: Proposal) -> object:
    act = Typed(request.POST).choice("act")
    text = Typed(request.POST).text("text")
    is_client = viewer.account.pk == found.job.client_id
    match act:
        case "message" if is_client:
            return client_acts.message(found, viewer.account, text)
        case "message":
            return answer_client(found, viewer.account, text)
        case "appeal" if not is_client:
            return file_appeal(found, viewer.account, text)
        case "accept" | "refuse" if not is_client:
            return answer_offer(found, viewer.account, accepts=act == "accept")
        case "withdraw" if not is_client:
            return withdraw_proposal(found, viewer.account)
        case _ if is_client and act in _CLIENT_ACTS:
            return _CLIENT_ACTS[act](found, viewer.account)
        case _:
            raise Http404
