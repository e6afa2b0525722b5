"""Staff announce rule books, and keep the discussion civil."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.rules import announce, discard_draft
from connects.acts.rules import revise_announcement as revising
from connects.console.forms.announcement import AnnouncementForm
from connects.console.pages import for_staff, staff_page
from connects.market.announcements.models import Announcement, Reply
from connects.market.announcements.selectors import (
    announcement_named,
    announcements,
    discussion,
    reply_numbered,
)
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.wording.messages import gettext as _
from connects.wording.messages import mark


@for_staff(Act.READ_ANNOUNCEMENTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """All announcements and drafts; sending the form shows one, keeps it as a draft or publishes it."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    refusal, preview = "", None
    if request.method == "POST" and form.is_valid():
        act = Typed(request.POST).choice("act")
        if act == "preview":
            preview = form.cleaned_data
        else:
            answer = announce.announce(form.text(), staff, as_draft=act == "draft")
            if not isinstance(answer, Refused):
                return _shown(request, answer)
            refusal = refusal_text(answer)
    found = announcements(Typed(request.GET).page(), drafts=True)
    context = {"form": form, "found": found, "refusal": refusal, "preview": preview}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/announcements.html", context, status)


def _shown(request: HttpRequest, kept: Announcement) -> HttpResponseBase:
    """Say what is true now, and go where it can be seen."""
    if kept.published is None:
        messages.success(
            request, _("“{title}” is kept as a draft. Staff alone see it.", title=kept.title)
        )
        return redirect("console-announcement-edit", slug=kept.slug)
    messages.success(request, _("“{title}” is published. Everyone can read it.", title=kept.title))
    return redirect("announcement", slug=kept.slug)


@for_staff(Act.ANNOUNCE)
def edit(request: HttpRequest, staff: User, slug: str) -> HttpResponseBase:
    """Change an announcement; a draft is published or thrown away here, too."""
    found = announcement_named(slug)
    if found is None:
        raise Http404
    form = AnnouncementForm(request.POST if request.method == "POST" else None, edited=found)
    refusal, preview = "", None
    if request.method == "POST":
        act = Typed(request.POST).choice("act")
        if act == "discard" and Typed(request.POST).is_set("sure"):
            return _discard(request, found, staff)
        if form.is_valid():
            if act == "preview":
                preview = form.cleaned_data
            else:
                answer = revising.edit_announcement(
                    found, form.text(), staff, publishes=act == "publish"
                )
                if not isinstance(answer, Refused):
                    return _edited(request, found, answer)
                refusal = refusal_text(answer)
    context = {"announcement": found, "form": form, "refusal": refusal, "preview": preview}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/announcement_edit.html", context, status)


def _edited(request: HttpRequest, before: Announcement, after: Announcement) -> HttpResponseBase:
    """The same, after an edit: what readers see of it depends on whether it was published before."""
    if before.published is None:
        return _shown(request, after)
    words = ("title", "introduction", "effective")
    is_same = all(getattr(before, name) == getattr(after, name) for name in words)
    messages.success(
        request,
        _("Nothing was changed.")
        if is_same
        else _("Your change is saved. Readers see what it was."),
    )
    return redirect("announcement", slug=after.slug)


def _discard(request: HttpRequest, found: Announcement, staff: User) -> HttpResponseBase:
    answer = discard_draft.discard_draft(found, staff)
    if isinstance(answer, Refused):
        messages.error(request, refusal_text(answer))
        return redirect("console-announcement-edit", slug=found.slug)
    messages.success(request, _("The draft “{title}” is gone.", title=found.title))
    return redirect("console-announcements")


@for_staff(Act.READ_ANNOUNCEMENTS)
def moderate(request: HttpRequest, staff: User, slug: str) -> HttpResponseBase:
    """One announcement's discussion, with what moderators can do."""
    found = announcement_named(slug)
    if found is None:
        raise Http404
    refusal = ""
    if request.method == "POST":
        answer = _act(request, staff, found)
        if not isinstance(answer, Refused):
            messages.success(request, _(_MODERATED[Typed(request.POST).choice("act")]))
            return redirect(request.get_full_path())
        refusal = refusal_text(answer)
    context = {
        "announcement": found,
        "discussion": discussion(found, Typed(request.GET).page()),
        "refusal": refusal,
        "key": uuid4().hex,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/announcement.html", context, status)


_MODERATED = {
    "close": mark("The discussion is closed to replies."),
    "open": mark("The discussion is open to replies again."),
    "pin": mark("Your update stands on top, for everybody to read."),
    "unpin": mark("The update no longer stands on top."),
    "ask": mark("The reply is a question of the announcement now."),
    "hide": mark("The reply is hidden, with your reason in its place."),
}


def _act(request: HttpRequest, staff: User, found: Announcement) -> object:
    match Typed(request.POST).choice("act"):
        case "close":
            because = Typed(request.POST).line("because", 200).rstrip(".")
            return announce.set_closed(found, staff, closed=True, because=because)
        case "open":
            return announce.set_closed(found, staff, closed=False)
        case "pin":
            text = Typed(request.POST).text("text")
            key = Typed(request.POST).key()
            return announce.pin_update(found, staff, text, key)
        case "unpin":
            return announce.unpin(_reply_of(request, found), staff)
        case "ask":
            typed = Typed(request.POST)
            question, answer = typed.line("question", 201), typed.text("answer")
            return announce.ask_for_all(_reply_of(request, found), staff, question, answer)
        case "hide":
            reason = Typed(request.POST).line("reason", 200)
            return announce.hide(_reply_of(request, found), staff, reason)
        case _:
            raise Http404


def _reply_of(request: HttpRequest, found: Announcement) -> Reply:
    number = Typed(request.POST).row("reply")
    reply = reply_numbered(found, number or 0)
    if reply is None:
        raise Http404
    return reply
