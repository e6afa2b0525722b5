"""Stopping a group of e-mails from one of them: the page asks; a mail program stops them at once.

The header `List-Unsubscribe-Post` (RFC 8058) makes a mail program send the form on its own, without a
cookie: so the signed link alone counts, and no token of a form.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from connects.acts.notices.choose_emails import choose_emails
from connects.market.notices.unsubscribe_links import unsubscribing_in
from connects.statements.notices.groups import How
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL
from connects.web.viewer import Viewer, for_anyone, render_page


@csrf_exempt
@never_cache
@for_anyone
def unsubscribe(request: HttpRequest, viewer: Viewer, token: str) -> HttpResponseBase:
    """Ask whether e-mails of this group should stop; the form stops them."""
    found = unsubscribing_in(token)
    is_done = found is not None and request.method == "POST"
    if found is not None and is_done:
        choose_emails(found.user, found.group.name, How.NEVER)
    context = {"group": None if found is None else found.group, "is_done": is_done}
    status = ANSWERED_WITH_REFUSAL if found is None else 200
    return render_page(request, viewer, "web/unsubscribe.html", context, status=status)
