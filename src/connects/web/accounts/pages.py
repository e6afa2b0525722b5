"""django-allauth's pages in our frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from connects.web.viewer import Handler, viewer_of

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def asks_password_again(view: View) -> View:
    """Ask for the password before a sensitive act, unless it was entered a moment ago.

    The request waits meanwhile, and goes on as it was sent.
    """
    asked: View = reauthentication_required(view)
    return asked


def framed(view: Callable[..., HttpResponseBase]) -> Handler:
    """Give a page that is not ours what its frame shows of the viewer, and keep it out of caches."""

    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse) and not response.is_rendered:
            # The viewer is known only now: the page may have signed somebody in or out.
            response.context_data = {**(response.context_data or {}), "viewer": viewer_of(request)}
        response.headers["Cache-Control"] = "no-store"
        return response

    return handler
