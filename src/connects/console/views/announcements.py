"""Staff announce rule books, and keep the discussion civil."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.rules import announce
from connects.console.pages import for_staff, staff_page
from connects.market.announcements.models import Announcement, Reply
from connects.market.announcements.selectors import (
    announcement_named,
    announcements,
    discussion,
    reply_numbered,
)
from connects.market.members.editions import known_names
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.market.rollout.selectors import rollout_named
from connects.market.rollout.selectors import rollouts as newest_rollouts
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed


class AnnouncementForm(forms.Form):
    """What staff write; the questions and answers are made from the rule book."""

    title = forms.CharField(max_length=announce.TITLE_CHARACTERS)
    introduction = forms.CharField(
        max_length=announce.TEXT_CHARACTERS, widget=forms.Textarea({"rows": 5})
    )
    rule_book = forms.ChoiceField()
    effective = forms.DateField(label="Holds from", widget=forms.DateInput({"type": "date"}))
    rollout = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = self.fields["rule_book"]
        assert isinstance(books, forms.ChoiceField)
        books.choices = [(name, name) for name in known_names()]
        rollouts = self.fields["rollout"]
        assert isinstance(rollouts, forms.ChoiceField)
        rollouts.choices = [
            ("", "none"),
            *(
                (row.public_id, f"{row.before.name} → {row.after.name}, {row.drafted:%d %B %Y}")
                for row in newest_rollouts(1).items
            ),
        ]

    def text(self) -> announce.AnnouncementText:
        """The announcement as the services take it."""
        data = self.cleaned_data
        return announce.AnnouncementText(
            title=data["title"],
            introduction=data["introduction"].replace("\r\n", "\n"),
            rule_book=data["rule_book"],
            effective=datetime.combine(data["effective"], time(), UTC),
            rollout=rollout_named(data["rollout"]) if data["rollout"] else None,
        )


@for_staff(Act.READ_ANNOUNCEMENTS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """All announcements; sending the form publishes one."""
    form = AnnouncementForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        answer = announce.announce(form.text(), staff)
        if not isinstance(answer, Refused):
            return redirect("announcement", slug=answer.slug)
        refusal = refusal_text(answer)
    found = announcements(Typed(request.GET).page())
    context = {"form": form, "found": found, "refusal": refusal}
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    return staff_page(request, staff, "console/announcements.html", context, status)


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
