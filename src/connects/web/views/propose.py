"""Writing a letter: what it costs and would bring back, sending it, or keeping it for later."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.proposals.drafts import discard_draft, save_draft
from connects.acts.proposals.quote import ProposalQuote
from connects.acts.proposals.quote import quote as quote_proposal
from connects.acts.proposals.sender import sender_of
from connects.acts.proposals.submission import ProposalForm
from connects.acts.proposals.submit import submit
from connects.acts.proposals.why_not_sent import why_not_sent
from connects.market.jobs.facts import facts_of
from connects.market.jobs.models import Job
from connects.market.jobs.records import NOBODY, records_of
from connects.market.jobs.selectors import job_for
from connects.market.members.selectors import wallet_of
from connects.market.people.models import Account, User
from connects.market.proposals.drafts import asking_of, draft_for
from connects.market.proposals.models import Proposal, ProposalDraft
from connects.market.proposals.selectors import sent_to
from connects.market.proposals.sending_again import may_send_again
from connects.statements.refusal_words import refusal_text
from connects.statements.returns_table import returns_table
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.forms.proposal import LetterForm, initial_of_asking
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.wording.dates import clock
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

CONNECTS_MOST = 999_999
WHOLE = 100
DRAFTS = "drafts"


@for_freelancers
def propose(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Before paying: what is charged, from which lots, what is left, what would come back."""
    found = job_for(viewer.user, public_id)
    if found is None or viewer.user is None:
        raise Http404
    draft = draft_for(found, viewer.account, viewer.user)
    form = _form(request, viewer, found, draft)
    refusal = ""
    if request.method == "POST":
        answer = _act(request, viewer, viewer.user, found, form)
        if not isinstance(answer, Refused | None):
            return answer
        refusal = "" if answer is None else refusal_text(answer)
    return _shown(request, viewer, found, form, draft, refusal)


def _form(
    request: HttpRequest, viewer: Viewer, job: Job, draft: ProposalDraft | None
) -> LetterForm:
    typed = request.POST if request.method == "POST" else None
    initial = {}
    if draft is not None:
        initial = {"cover_letter": draft.cover_letter, **initial_of_asking(asking_of(draft))}
    return LetterForm(typed, initial=initial, job=job, currency=viewer.book.currency)


def _act(
    request: HttpRequest, viewer: Viewer, user: User, job: Job, form: LetterForm
) -> HttpResponseBase | Refused | None:
    """Do what the button says. None where the form says what is wrong."""
    act = Typed(request.POST).choice("act") or "send"
    if act == "discard":
        discard_draft(job, viewer.account, user)
        messages.success(request, _("Your draft is gone."))
        return redirect(f"{reverse('proposals')}?tab={DRAFTS}")
    if not form.is_valid():
        return None
    if act == "send":
        return _send(request, viewer, job, form)
    letter = form.cleaned_data["cover_letter"]
    answer = save_draft(job, viewer.account, user, letter, form.asking())
    if isinstance(answer, Refused):
        return answer
    messages.success(request, _("Your letter is kept as a draft. Nothing was sent or charged."))
    return redirect("buy") if act == "buy" else redirect("propose", public_id=job.public_id)


def _send(
    request: HttpRequest, viewer: Viewer, job: Job, form: LetterForm
) -> HttpResponseBase | Refused:
    sender, agency = _sender(viewer)
    typed = Typed(request.POST)
    shown = typed.whole_number("max_connects", most=CONNECTS_MOST)
    answer = submit(
        job,
        sender,
        ProposalForm(
            key=typed.key(),
            max_connects=0 if isinstance(shown, Refused) else shown,
            cover_letter=form.cleaned_data["cover_letter"],
            asking=form.asking(),
            agency=agency,
        ),
        viewer.user,
    )
    if isinstance(answer, Refused):
        return answer
    messages.success(request, _sent_text(viewer, answer))
    return redirect("proposal", public_id=answer.public_id)


def _shown(
    request: HttpRequest,
    viewer: Viewer,
    job: Job,
    form: LetterForm,
    draft: ProposalDraft | None,
    refusal: str,
) -> HttpResponseBase:
    quote = quote_proposal(job, viewer.account)
    sent = sent_to(job, viewer.account)
    context = {
        "job": job,
        "facts": facts_of(job),
        "form": form,
        "draft": draft,
        "own": sent[-1] if sent and not may_send_again(sent, viewer.book) else None,
        "record": records_of([job.client_id], viewer.now).get(job.client_id, NOBODY),
        "key": uuid4().hex,
        "quote": None,
        "refusal": refusal,
    }
    if isinstance(quote, ProposalQuote):
        blocked = why_not_sent(job, *_sender(viewer), quote)
        context |= {
            "quote": quote,
            "blocked": "" if blocked is None else refusal_text(blocked),
            "returns": returns_table(viewer.book, quote.payment.charged),
        }
    elif not refusal:
        context["refusal"] = refusal_text(quote)
    status = ANSWERED_WITH_REFUSAL if refusal or form.errors else 200
    return render_page(request, viewer, "web/propose.html", context, status=status)


def _sent_text(viewer: Viewer, sent: Proposal) -> str:
    """Who has it, what it cost and what is left, and until when it can be taken back for nothing."""
    client = sent.job.client.name
    if not sent.paid:
        return _("Sent to {client}. It was free.", client=client)
    paid = ngettext(
        "Sent to {client}. You paid {n} Connect, and have {balance}.",
        "Sent to {client}. You paid {n} Connects, and have {balance}.",
        sent.paid,
        client=client,
        balance=wallet_of(sent.account_id).balance,
    )
    change = viewer.book.returns.withdrawn
    if change is None or change.percent < WHOLE:
        return paid
    until = sent.submitted + timedelta(minutes=change.within_minutes)
    return paid + _(
        " Until {time} UTC you can withdraw it for nothing, unless it is opened.",
        time=clock(until),
    )


def _sender(viewer: Viewer) -> tuple[Account, Account | None]:
    """Who proposes, and for which agency."""
    return sender_of(viewer.account, [acting.account for acting in viewer.accounts])
