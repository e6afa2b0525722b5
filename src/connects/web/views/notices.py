"""The inbox."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.notices.choose_emails import choose_emails, preferences_of
from connects.acts.notices.outbox import mark_read, mark_unread
from connects.market.notices.selectors import by_job, inbox, proposals_in
from connects.market.notices.unread import unread_by_code
from connects.market.proposals.selectors import jobs_of
from connects.statements.checks.undo import Undo
from connects.statements.notices.groups import HOW_WORDS, How, groups_of
from connects.statements.notices.tabs import tabs_of
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from connects.vocabulary.typed_input import Typed
from connects.web.viewer import Viewer, for_members, render_page
from connects.wording.messages import ngettext


@for_members
def notices(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Notices newest first, those about one job together; the form marks all as read, or undoes that."""
    if request.method == "POST":
        _mark(request, viewer)
        return redirect("notices")
    typed, tabs = Typed(request.GET), tabs_of(AccountKind(viewer.account.kind))
    tab = next((tab for tab in tabs if tab.name == typed.choice("tab")), None)
    received = inbox(viewer.account, typed.page(), tab.codes if tab else ())
    # Late deliveries stand at the time of what happened, as the history and the proposals say it.
    newest_first = sorted(received.items, key=lambda notice: notice.event.happened, reverse=True)
    groups = by_job(newest_first, jobs_of(proposals_in(newest_first)))
    unread = unread_by_code(viewer.account) if viewer.unread else {}
    context = {
        "received": received,
        "groups": groups,
        "tab": tab.name if tab else "",
        "tabs": [(tab, sum(unread.get(code, 0) for code in tab.codes)) for tab in tabs],
        "keep": f"tab={tab.name}&" if tab else "",
    }
    return render_page(request, viewer, "web/notices.html", context)


def _mark(request: HttpRequest, viewer: Viewer) -> None:
    read = Typed(request.POST).moment("unread")
    if read is not None:
        n = mark_unread(viewer.account, read)
        messages.success(
            request, ngettext("{n} notice is unread again.", "{n} notices are unread again.", n)
        )
        return
    n = mark_read(viewer.account, viewer.now)
    if n:
        done = ngettext("You marked {n} notice as read.", "You marked {n} notices as read.", n)
        undo = Undo(request.path, {"unread": viewer.now.isoformat()})
        messages.success(request, done, extra_tags=undo.tag)


@for_members
def preferences(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Choose how to get each group of notices by e-mail."""
    assert viewer.user is not None
    is_saved = request.method == "POST"
    groups = groups_of({AccountKind(acting.account.kind) for acting in viewer.accounts})
    if is_saved:
        for group in groups:
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
        for group in groups
    ]
    context = {"rows": rows, "is_saved": is_saved}
    return render_page(request, viewer, "web/notice_preferences.html", context)
