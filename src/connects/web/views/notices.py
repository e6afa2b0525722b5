"""The inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.notices.choose_emails import choose_emails, preferences_of
from connects.acts.notices.outbox import mark_read
from connects.market.notices.selectors import inbox
from connects.statements.notices.groups import GROUPS, HOW_WORDS, How
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_members, render_page


@for_members
def notices(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Notices newest first; sending the form marks them as read."""
    if request.method == "POST":
        mark_read(viewer.account, viewer.now)
        messages.success(request, "All notices are marked as read.")
        return redirect("notices")
    received = inbox(viewer.account, Typed(request.GET).page())
    return render_page(request, viewer, "web/notices.html", {"received": received})


@for_members
def preferences(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Choose how to get each group of notices by e-mail."""
    assert viewer.user is not None
    is_saved = request.method == "POST"
    if is_saved:
        for group in GROUPS:
            if isinstance(
                choose_emails(viewer.user, group.name, Typed(request.POST).choice(group.name)),
                Refused,
            ):
                raise Http404
    chosen = preferences_of([viewer.user.pk])
    rows = [
        {
            "group": group,
            "chosen": chosen.get((viewer.user.pk, group.name), How.AT_ONCE).value,
            "choices": [(how.value, HOW_WORDS[how]) for how in group.choices],
        }
        for group in GROUPS
    ]
    context = {"rows": rows, "is_saved": is_saved}
    return render_page(request, viewer, "web/notice_preferences.html", context)
