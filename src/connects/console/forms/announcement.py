"""The form of an announcement."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from connects.acts.rules import announce
from connects.bootstrap.plain_form import PlainForm
from connects.market.announcements.models import Announcement
from connects.market.members.editions import titled_names
from connects.market.rollout.selectors import rollout_named
from connects.market.rollout.selectors import rollouts as newest_rollouts
from connects.wording.dates import day
from connects.wording.messages import gettext as _


class AnnouncementForm(PlainForm):
    """What staff write; the questions and answers are made from the rule book."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=announce.TITLE_CHARACTERS)
    introduction = forms.CharField(
        label=gettext_lazy("Introduction"),
        max_length=announce.TEXT_CHARACTERS,
        widget=forms.Textarea({"rows": 5}),
    )
    rule_book = forms.ChoiceField(label=gettext_lazy("Rule book"))
    effective = forms.DateField(
        label=gettext_lazy("Applies from"), widget=forms.DateInput({"type": "date"})
    )
    rollout = forms.ChoiceField(label=gettext_lazy("Rollout"), required=False)

    def __init__(self, *args: Any, edited: Announcement | None = None, **kwargs: Any) -> None:
        """Of one that is published, the rule book and the rollout stay as they are."""
        if edited is not None:
            kwargs["initial"] = initial_of(edited)
        super().__init__(*args, **kwargs)
        self.edited = edited
        if edited is not None and edited.published is not None:
            del self.fields["rule_book"], self.fields["rollout"]
            return
        books = self.fields["rule_book"]
        assert isinstance(books, forms.ChoiceField)
        books.choices = titled_names()
        rollouts = self.fields["rollout"]
        assert isinstance(rollouts, forms.ChoiceField)
        rollouts.choices = [
            ("", _("none")),
            *(
                (row.public_id, f"{row.before.name} → {row.after.name}, {day(row.drafted)}")
                for row in newest_rollouts(1).items
            ),
        ]

    def text(self) -> announce.AnnouncementText:
        """The announcement as the services take it."""
        data = self.cleaned_data
        return announce.AnnouncementText(
            title=data["title"],
            introduction=data["introduction"].replace("\r\n", "\n"),
            rule_book=data.get("rule_book", ""),
            effective=self._effective(),
            rollout=rollout_named(data["rollout"]) if data.get("rollout") else None,
        )

    def _effective(self) -> datetime:
        """The beginning of the day; the instant as it was, where the day stays the same."""
        day = self.cleaned_data["effective"]
        if self.edited is not None and self.edited.effective.date() == day:
            return self.edited.effective
        return datetime.combine(day, time(), UTC)


def initial_of(announcement: Announcement) -> dict[str, object]:
    """An announcement as its form shows it."""
    rollout = announcement.rollout
    return {
        "title": announcement.title,
        "introduction": announcement.introduction,
        "rule_book": announcement.edition.name,
        "effective": announcement.effective.date(),
        "rollout": rollout.public_id if rollout is not None else "",
    }
