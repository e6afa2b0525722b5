"""The addresses of a person's access. Names with a prefix are those that django-allauth looks for;
where an address has two names, ours comes first, so that a request bears it.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from connects.web.accounts import (
    confirm_address,
    leaving,
    open_sessions,
    security,
    sign_in,
    sign_up,
)
from connects.web.accounts.pages import framed

_reset_from_key = framed(account.password_reset_from_key)

urlpatterns = [
    path("sign-in/", sign_in.SignInView.as_view(), name="sign-in"),
    path("sign-in/", sign_in.SignInView.as_view(), name="account_login"),
    path("sign-in/code/", framed(mfa.authenticate), name="mfa_authenticate"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("sign-out/", LogoutView.as_view(), name="account_logout"),
    path("sign-up/", sign_up.sign_up, name="sign-up"),
    path("sign-up/", sign_up.sign_up, name="account_signup"),
    path("account/unconfirmed/", confirm_address.unconfirmed, name="unconfirmed"),
    path("account/security/", security.security, name="security"),
    path("account/sessions/", open_sessions.open_sessions, name="sessions"),
    path("account/data/", leaving.own_data, name="own-data"),
    path("account/close/", leaving.close, name="close-account"),
    path("account/again/", framed(account.reauthenticate), name="account_reauthenticate"),
    path("account/again/code/", framed(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/e-mail/", framed(account.email), name="account_email"),
    re_path(
        r"^account/e-mail/confirm/(?P<key>[-:\w]{1,200})/$",
        confirm_address.confirm,
        name="account_confirm_email",
    ),
    path("account/password/", framed(account.password_change), name="account_change_password"),
    path("account/password/set/", framed(account.password_set), name="account_set_password"),
    path("password/", framed(account.password_reset), name="account_reset_password"),
    path("password/sent/", framed(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[-\w]{1,200})/$",
        _reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        framed(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("account/second-factor/", framed(mfa.index), name="mfa_index"),
    path("account/second-factor/on/", framed(totp.activate_totp), name="mfa_activate_totp"),
    path("account/second-factor/off/", framed(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "account/second-factor/codes/",
        framed(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-factor/codes/new/",
        framed(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/second-factor/codes.txt",
        framed(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
