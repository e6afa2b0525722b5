"""Staff see the e-mails about people's access, and hand on a link where there is no mail server."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase

from connects.acts.notices.send_account_emails import (
    account_email_numbered,
    read_secret_link,
)
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.console.tables.mail import ACCESS_TABLE
from connects.console.tables.page import list_response
from connects.market.people.models import User
from connects.market.people.permissions import Act, may
from connects.statements.account_emails import SECRET_LINKS, account_email_text
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.refusals import ANSWERED_WITH_REFUSAL, Refused
from connects.vocabulary.typed_input import Typed


@for_staff(Act.READ_EMAILS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every e-mail to confirm an address or set a password, and of what changed."""
    return list_response(request, staff, ACCESS_TABLE, "console/account_emails.html")


@for_staff(Act.READ_EMAILS)
def email(request: HttpRequest, staff: User, number: int) -> HttpResponseBase:
    """One e-mail. Its secret link is shown on request, to who may become that person by it."""
    found = account_email_numbered(number)
    if found is None:
        raise Http404
    link = refusal = ""
    if request.method == "POST":
        answer = read_secret_link(found, staff, Typed(request.POST).reason(), clock_now())
        if isinstance(answer, Refused):
            refusal = refusal_text(answer)
        else:
            link = answer
    context = {
        "email": found,
        "text": account_email_text(found.kind, found.parameters),
        "has_secret": bool(found.link) and found.kind in SECRET_LINKS,
        "may_read": may(staff, Act.READ_ACCESS_LINKS),
        "link": link,
        "refusal": refusal,
    }
    status = ANSWERED_WITH_REFUSAL if refusal else 200
    response = staff_page(request, staff, "console/account_email.html", context, status)
    response.headers["Cache-Control"] = "no-store"
    return response
