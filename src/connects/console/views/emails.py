"""E-mails, for staff: their states and errors; dead ones can be retried."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.notices.send_emails import email_numbered, message_of, retry_email
from connects.acts.oversight.audit import note_reading
from connects.bootstrap.clock import now as clock_now
from connects.console.pages import for_staff, staff_page
from connects.console.tables.mail import EMAIL_TABLE
from connects.console.tables.page import list_response
from connects.market.notices.models import NoticeEmailState
from connects.market.people.models import User
from connects.market.people.permissions import Act
from connects.vocabulary.refusals import Refused
from connects.wording.messages import gettext as _


@for_staff(Act.READ_EMAILS)
def overview(request: HttpRequest, staff: User) -> HttpResponseBase:
    """Every notice that went or goes out by e-mail."""
    note_reading(staff, Act.READ_EMAILS, "emails", clock_now())
    return list_response(request, staff, EMAIL_TABLE, "console/letters.html")


@for_staff(Act.READ_EMAILS)
def letter(request: HttpRequest, staff: User, number: int) -> HttpResponseBase:
    """One e-mail as it is sent; submitting the form retries a dead one."""
    found = email_numbered(number)
    if found is None:
        raise Http404
    if request.method == "POST":
        if isinstance(retry_email(found, staff, clock_now()), Refused):
            raise Http404
        messages.success(request, _("The e-mail waits to be sent again, within a minute."))
        return redirect("console-letter", number=number)
    note_reading(staff, Act.READ_EMAILS, f"letter:{number}", clock_now())
    message = message_of(found)
    context = {
        "letter": found,
        "message": message,
        "html": message.alternatives[0][0],
        "is_dead": found.state == NoticeEmailState.DEAD,
    }
    return staff_page(request, staff, "console/letter.html", context)
