"""The inbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.market.notices.selectors import inbox
from connects.market.notices.services import mark_read
from connects.web.viewer import Viewer, for_members, page, page_asked


@for_members
def notices(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """Notices newest first; sending the form marks them as read."""
    if request.method == "POST":
        mark_read(viewer.account, viewer.now)
        return redirect("notices")
    received = inbox(viewer.account, page_asked(request))
    return page(request, viewer, "web/notices.html", {"received": received})
