"""Announcements of rule books, with the answers that the rule books give, and the discussion."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.rules.announce import reply_to_announcement
from connects.market.announcements.models import Announcement
from connects.market.announcements.selectors import (
    announcement_named,
    announcements,
    discussion,
    outdated_by,
)
from connects.market.members.editions import book_of
from connects.statements.faq import faq
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_anyone, render_page


@for_anyone
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """All announcements."""
    found = announcements(Typed(request.GET).page())
    return render_page(request, viewer, "web/announcements.html", {"found": found})


@for_anyone
def announcement(request: HttpRequest, viewer: Viewer, slug: str) -> HttpResponseBase:
    """One announcement; members answer below it."""
    found = announcement_named(slug)
    if found is None:
        raise Http404
    refusal, text = "", ""
    if request.method == "POST":
        text = Typed(request.POST).text("text")
        refusal = _reply(request, viewer, found, text)
        if not refusal:
            return redirect(f"{reverse('announcement', args=[slug])}?page=500#discussion")
    context = {
        "announcement": found,
        "book": book_of(found.edition),
        "questions": faq(book_of(found.edition)),
        "newer": outdated_by(found, viewer.now),
        "discussion": discussion(found, Typed(request.GET).page()),
        "refusal": refusal,
        "text": text,
        "key": uuid4().hex,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/announcement.html", context, status=status)


def _reply(request: HttpRequest, viewer: Viewer, found: Announcement, text: str) -> str:
    """Post what the form says; return what is wrong, if anything."""
    if viewer.user is None:
        raise Http404
    account = viewer.acting.account if viewer.acting else None
    answer = reply_to_announcement(found, account, viewer.user, text, Typed(request.POST).key())
    return told_to_wait(request, answer) if isinstance(answer, Refused) else ""
