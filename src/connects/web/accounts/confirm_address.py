"""The pages that confirm an e-mail address."""

from __future__ import annotations

from allauth.account.models import EmailConfirmationHMAC
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from connects.acts.accounts import sign_up as joining
from connects.acts.proposals.invite_by_email import finish_sign_up
from connects.bootstrap.clock import now as clock_now
from connects.market.people.access import person_again
from connects.market.people.models import Account
from connects.web.viewer import Viewer, for_anyone, render_page
from connects.wording.messages import gettext as _


@for_anyone
def unconfirmed(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """The page for a person who has yet to confirm their address; its form sends the e-mail again."""
    user = viewer.user
    if user is None:
        return redirect_to_login(request.get_full_path())
    if joining.is_confirmed(user):
        return redirect("home")
    if request.method == "POST":
        if joining.send_confirmation(user, clock_now()):
            messages.success(request, _("We sent another e-mail to {email}.", email=user.email))
        else:
            messages.info(request, _("We sent one a moment ago. Give it 3 minutes."))
        return redirect("unconfirmed")
    return render_page(request, viewer, "web/accounts/unconfirmed.html")


@for_anyone
def confirm(request: HttpRequest, viewer: Viewer, key: str) -> HttpResponseBase:
    """Confirm an address: by the link, and by being signed in as whose it is to be."""
    confirmation = EmailConfirmationHMAC.from_key(key)
    if confirmation is None:
        return render_page(request, viewer, "web/accounts/confirm.html", {"state": "over"}, 410)
    if viewer.user is None:
        messages.info(request, _("Sign in to confirm your e-mail address."))
        return redirect_to_login(request.get_full_path())
    address = confirmation.email_address
    context = {"email": address.email, "state": "ask"}
    if address.user_id != viewer.user.pk:
        return render_page(
            request, viewer, "web/accounts/confirm.html", {**context, "state": "other"}, 409
        )
    if request.method != "POST":
        return render_page(request, viewer, "web/accounts/confirm.html", context)
    if not joining.confirm_address(confirmation, request):
        return render_page(
            request, viewer, "web/accounts/confirm.html", {**context, "state": "taken"}, 409
        )
    account = finish_sign_up(person_again(viewer.user))
    return redirect("home" if isinstance(account, Account) else "security")
