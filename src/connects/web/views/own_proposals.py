"""An account's own proposals: what became of each, what came back and what still may."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from connects.acts.credits.forecast_returns import StillBack, in_open, most_of, still_back
from connects.acts.credits.release_held import withdraw_held
from connects.market.notices.unread import unread_about
from connects.market.proposals.drafts import count_drafts, drafts_of
from connects.market.proposals.held import reservation_of, reservations_of
from connects.market.proposals.models import Proposal
from connects.market.proposals.own_list import (
    TABS,
    counts_and_outcome,
    counts_of,
    own_page,
    tab_named,
)
from connects.market.proposals.pipeline import ProposalState, state_of
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.amounts import Connects
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_freelancers, render_page
from connects.wording.messages import gettext as _
from connects.wording.messages import ngettext

DRAFTS = "drafts"
LATELY_DAYS = 90
"""What came of one's proposals is added up of so many days."""


@dataclass(frozen=True, slots=True)
class Line:
    """A proposal in the list: `cases` is what may still come back, `most` the most of it."""

    proposal: Proposal
    cases: tuple[StillBack, ...]
    is_unread: bool

    @property
    def asks(self) -> str:
        """What there is to do for its sender now; "" where they wait."""
        state = state_of(self.proposal)
        if state is ProposalState.OFFERED:
            return _("Answer the offer")
        is_written = self.is_unread and state is ProposalState.ANSWERED
        return _("Read and reply") if is_written else ""

    @property
    def most(self) -> Connects:
        return most_of(self.cases)


@for_freelancers
def own_proposals(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """An account's proposals in tabs: their state, what they cost, what came back and still may."""
    typed = Typed(request.GET)
    if typed.choice("tab") == DRAFTS:
        return _drafts(request, viewer)
    tab, text = tab_named(typed.choice("tab")), typed.line("q")
    since = viewer.now - timedelta(days=LATELY_DAYS)
    counts, lately = counts_and_outcome(viewer.account, since)
    sent = own_page(viewer.account, tab, text, typed.page(), known=counts[tab.name])
    unread = unread_about(viewer.account, [row.public_id for row in sent.items])
    context = {
        "tabs": [(each, counts[each.name]) for each in TABS],
        "drafts": count_drafts(viewer.account, viewer.user),
        "tab": tab,
        "text": text,
        "sent": sent,
        "reserved": reservations_of(viewer.account),
        "lines": [
            Line(row, still_back(row, viewer.now), row.public_id in unread) for row in sent.items
        ],
        "in_open": in_open(viewer.account, viewer.now) if counts["active"] else None,
        "has_any": counts[""] > 0,
        "lately": lately,
        "lately_days": LATELY_DAYS,
        "keep": _keep(tab.name, text),
    }
    return render_page(request, viewer, "web/proposals.html", context)


def _drafts(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The letters that the person has begun for the account, and not sent."""
    assert viewer.user is not None
    typed = Typed(request.GET)
    counts, text = counts_of(viewer.account), typed.line("q")
    context = {
        "tabs": [(each, counts[each.name]) for each in TABS],
        "drafts": count_drafts(viewer.account, viewer.user),
        "is_drafts": True,
        "text": text,
        "sent": drafts_of(viewer.account, viewer.user, text, typed.page()),
        "keep": _keep(DRAFTS, text),
    }
    return render_page(request, viewer, "web/drafts.html", context)


def _keep(tab: str, text: str) -> str:
    asked = {name: value for name, value in (("tab", tab), ("q", text)) if value}
    return f"{urlencode(asked)}&" if asked else ""


@require_POST
@for_freelancers
def let_go(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponseBase:
    """Let a reservation go: its Connects are free again."""
    row = reservation_of(viewer.account, public_id)
    if row is None:
        raise Http404
    answer = withdraw_held(row, viewer.account)
    if isinstance(answer, Refused):
        messages.error(request, refusal_text(answer))
    else:
        messages.success(
            request,
            ngettext(
                "{n} Connect that you held is free again.",
                "{n} Connects that you held are free again.",
                answer.connects,
            ),
        )
    return redirect("proposals")
