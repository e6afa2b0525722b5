"""The page with which a person signs in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth.views import LoginView
from typing_extensions import override

from connects.web.forms.people import SignInForm


class SignInView(LoginView):
    """Signs in with a password, and asks for a code where the person has a second factor."""

    template_name = "web/sign_in.html"
    authentication_form = SignInForm

    @override
    def form_valid(self, form: Any) -> Any:
        user = form.get_user()
        login = Login(user=user, email=user.email, redirect_url=self.get_redirect_url() or None)
        return perform_password_login(self.request, {"email": user.email}, login)

    @override
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "viewer": None}
