"""Choose a language: guests for this browser, members for their e-mails, too."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from connects.acts.accounts.choose_language import choose_language
from connects.bootstrap.speech import speaking
from connects.market.people.models import User
from connects.vocabulary.typed_input import Typed
from connects.wording.languages import LANGUAGES
from connects.wording.messages import gettext as _


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep the choice, and show the same page again in that language."""
    typed = Typed(request.POST)
    code = typed.choice("language")
    if code not in LANGUAGES:
        raise Http404
    if isinstance(request.user, User):
        choose_language(request.user, code)
        with speaking(code):
            messages.success(request, _("Pages and e-mails are in English now."))
    response = redirect(_safe(typed.line("next")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _safe(path: str) -> str:
    """A path of ours to go back to; the start page in place of anything else."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else "/"
