"""Announcements of rule books, with the answers that the rule books give, and the discussion."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from connects.acts.rules.announce import reply_to_announcement
from connects.market.announcements.models import Announcement
from connects.market.announcements.selectors import (
    Edit,
    announcement_named,
    announcements,
    discussion,
    edits_of,
    outdated_by,
    reply_numbered,
)
from connects.market.desk.priced_again import priced_again
from connects.market.members.editions import book_of
from connects.market.members.selectors import chains_of
from connects.market.people.permissions import Act, may
from connects.policy.compare import compare
from connects.policy.terms import RuleBook
from connects.statements.faq import faq
from connects.statements.text_changes import Piece, text_changes
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed
from connects.web.limits import told_to_wait
from connects.web.viewer import Viewer, for_anyone, render_page
from connects.wording.messages import gettext as _


@for_anyone
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """All announcements."""
    found = announcements(Typed(request.GET).page())
    return render_page(request, viewer, "web/announcements.html", {"found": found})


@for_anyone
def announcement(request: HttpRequest, viewer: Viewer, slug: str) -> HttpResponseBase:
    """One announcement; members answer below it."""
    found = announcement_named(slug, viewer.account if viewer.holds_wallet else None)
    if found is None or (found.published is None and not _may_see_drafts(viewer)):
        raise Http404
    refusal, text = "", ""
    if request.method == "POST":
        text = Typed(request.POST).text("text")
        refusal = _reply(request, viewer, found, text)
        if not refusal:
            messages.success(request, _("Your reply is posted."))
            return redirect(f"{reverse('announcement', args=[slug])}?page=500#discussion")
    asked = Typed(request.GET)
    words, answered = asked.line("q"), asked.row("answer")
    book = book_of(found.edition)
    before = _before(found)
    talk = discussion(found, asked.page(), text=words)
    context = {
        "changes": compare(before, book) if before is not None else (),
        "before": before,
        "asked": talk.asked,
        "words": words,
        "answered": reply_numbered(found, answered) if answered else None,
        "edits": [shown_edit(edit) for edit in edits_of(found)],
        "all_posts": talk.page.total + 1 if not words else None,
        "announcement": found,
        "own": _for_reader(found, viewer),
        "ranks": settings.DISCUSSION_RANKS,
        "author_role": found.author.staff_role if found.author else "",
        "book": book,
        "questions": faq(book),
        "newer": outdated_by(found, viewer.now, _own_rules(viewer)),
        "discussion": talk,
        "refusal": refusal,
        "text": text,
        "key": uuid4().hex,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return render_page(request, viewer, "web/announcement.html", context, status=status)


def _for_reader(found: Announcement, viewer: Viewer) -> dict[str, object]:
    """What the announced rules mean for the reader: their day, and what their proposals would cost."""
    if not viewer.holds_wallet:
        return {}
    day = getattr(found, "own_day", None)
    return {
        "day": day,
        "is_ahead": day is not None and day > viewer.now,
        "again": priced_again(viewer.account, found.edition),
    }


def _may_see_drafts(viewer: Viewer) -> bool:
    return viewer.user is not None and may(viewer.user, Act.READ_ANNOUNCEMENTS)


def shown_edit(edit: Edit) -> dict[str, object]:
    """An edit as readers see it: what fell away beside what is new."""
    return {
        "made": edit.made,
        "editor": edit.editor,
        "title": _changed(*edit.title),
        "introduction": _changed(*edit.introduction),
        "effective": edit.effective if edit.effective[0] != edit.effective[1] else (),
    }


def _changed(before: str, after: str) -> tuple[Piece, ...]:
    return text_changes(before, after) if before != after else ()


def _before(found: Announcement) -> RuleBook | None:
    """The rules that these take the place of: a rollout's, or those of the earlier announcement."""
    if found.rollout is not None:
        return book_of(found.rollout.before)
    return book_of(found.follows.edition) if found.follows is not None else None


def _own_rules(viewer: Viewer) -> tuple[str, ...]:
    """The digests of the reader's rule books, oldest first; none for a visitor."""
    if viewer.acting is None:
        return ()
    account = viewer.account.pk
    return tuple(link.book.digest for link in chains_of([account], viewer.now)[account])


def _reply(request: HttpRequest, viewer: Viewer, found: Announcement, text: str) -> str:
    """Post what the form says; return what is wrong, if anything."""
    if viewer.user is None:
        raise Http404
    account = viewer.acting.account if viewer.acting else None
    typed = Typed(request.POST)
    answers = typed.row("answers")
    answer = reply_to_announcement(found, account, viewer.user, text, typed.key(), answers)
    return told_to_wait(request, answer) if isinstance(answer, Refused) else ""
