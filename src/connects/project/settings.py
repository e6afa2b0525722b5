"""Django's settings. What differs between installations comes from the environment.

`docs/operating.md` lists every variable.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from connects.bootstrap.contact import contact_link
from connects.bootstrap.logs import configure_structlog, logging_settings
from connects.bootstrap.own_address import site_address
from connects.bootstrap.production import is_in_production, takes_test_payments
from connects.bootstrap.switches import is_on
from connects.market.limits.table import numbers_from
from connects.project.accounts import second_factor_for
from connects.project.databases import database_settings
from connects.project.mail import smtp_server
from connects.project.payments import payment_pages, paypal_settings, stripe_settings
from connects.project.secret_keys import earlier_keys, secret_key
from connects.project.seller import seller
from connects.project.webhooks import webhook_networks
from connects.vocabulary.typed_input import whole_number
from connects.wording.languages import LANGUAGES as OUR_LANGUAGES
from connects.wording.languages import SOURCE
from connects.wording.messages import FOLDER

PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("CONNECTS_VAR") or "var").resolve()
try:
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as problem:
    raise ValueError(
        f"CONNECTS_VAR: the folder {VAR} cannot be made: {problem.strerror}"
    ) from problem


def _whole(name: str, default: int, least: int = 1) -> int:
    """A whole number from `least` on from the environment."""
    text = os.environ.get(name) or str(default)
    number = whole_number(text, least)
    if number is None:
        raise ValueError(f"{name} must be a whole number from {least} on, and is {text[:40]!r}")
    return number


HTTPS = is_on(os.environ, "CONNECTS_HTTPS")
DEBUG = False
SECRET_KEY = secret_key(os.environ, VAR)
SECRET_KEY_FALLBACKS = earlier_keys(os.environ)
ALLOWED_HOSTS = os.environ.get("CONNECTS_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ADDRESS = site_address(os.environ)
CONTACT = contact_link(os.environ)
IN_PRODUCTION = is_in_production(os.environ)
# An installation for tries: its keys are for tests, and its clock can be moved.
SANDBOX = is_on(os.environ, "CONNECTS_SANDBOX")
TEST_PAYMENTS = takes_test_payments(os.environ)
STRIPE = stripe_settings(os.environ)
PAYPAL = paypal_settings(os.environ)
SELLER = seller(os.environ)
# Folders with fonts for documents, for scripts that neither ours nor the system's have.
FONTS = tuple(
    Path(folder) for folder in os.environ.get("CONNECTS_FONTS", "").split(os.pathsep) if folder
)
# PEM text or a file's path; without it, a key that is made once and kept beside the data.
ROOT_KEY = os.environ.get("CONNECTS_ROOT_KEY", "")
DEFAULT_RULE_BOOK = os.environ.get("CONNECTS_RULE_BOOK", "upwork-2019-05")

# Networks of ours that webhooks may go to; all that are not public are barred otherwise.
WEBHOOK_NETWORKS = webhook_networks(os.environ)

# A product rule: enough for a program that prices what people look at, too little to copy the market.
# What who takes part in discussions is called, from so many replies on.
DISCUSSION_RANKS = (("Active Member", 3), ("Ace Contributor", 25), ("Community Guru", 100))
API_CALLS_A_MINUTE = _whole("CONNECTS_API_CALLS", 120)
# Other numbers for limits than the product's own: `sign-ups=50,flags=10`.
LIMITS = numbers_from(os.environ.get("CONNECTS_LIMITS", ""))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "connects.web",  # before those whose pages it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "connects.journal",
    "connects.market.people",
    "connects.market.members",
    "connects.market.plans",
    "connects.market.grants",
    "connects.market.rollout",
    "connects.market.announcements",
    "connects.market.moderation",
    "connects.market.jobs",
    "connects.market.proposals",
    "connects.market.profiles",
    "connects.market.payments",
    "connects.market.purchases",
    "connects.market.earnings",
    "connects.market.invoices",
    "connects.market.settlement",
    "connects.market.books",
    "connects.market.intake",
    "connects.market.notices",
    "connects.market.trust",
    "connects.market.corrections",
    "connects.market.staff",
    "connects.market.keys",
    "connects.market.api_clients",
    "connects.market.events",
    "connects.market.upkeep",
    "connects.market.limits",
    "ninja",  # its docs page, with scripts from here in place of a foreign server's
    "connects.console",
]

MIDDLEWARE = [
    *(["connects.project.sandbox_clock.FollowSandboxClock"] if SANDBOX else []),
    "connects.project.request_ids.RequestIds",
    "connects.project.probes.Probes",
    "connects.project.metrics.Measured",
    "connects.project.host_calls.HostCalls",
    "connects.project.sane_cookies.SaneCookies",
    "connects.api.json_answers.JsonAnswers",
    "connects.project.uploads.UploadLimit",
    "connects.api.token_holders.Preflights",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "connects.project.caching.CacheControl",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "connects.project.spoken_language.SpokenLanguage",
    "connects.web.accounts.session_limits.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "connects.web.limits.PageLimits",
    "connects.web.errors.FormOnlyPages",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "connects.project.urls"
WSGI_APPLICATION = "connects.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            # What every page needs, and no page loads.
            "builtins": [
                "django.templatetags.i18n",
                "connects.web.templatetags.dates",
                "connects.web.templatetags.messages_with_numbers",
                "connects.web.templatetags.numbers",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {
    "default": database_settings(os.environ.get("DATABASE_URL", ""), VAR / "connects.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "connects.market.people.passwords.LongestPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "connects.market.people.passwords.WellKnownPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
# Whose X-Forwarded-For is believed: that of so many proxies in front (`signing_in/client_address.py`).
TRUSTED_PROXIES = _whole("CONNECTS_PROXIES", 0, least=0)
# Limits of wrong passwords: `signing_in/lockouts.py`.
AXES_HANDLER = "connects.acts.accounts.lock_out.SignInGuard"
AXES_CLIENT_IP_CALLABLE = "connects.bootstrap.client_address.client_network"
AXES_USERNAME_CALLABLE = "connects.acts.accounts.lock_out.username_of"
AXES_FAILURE_LIMIT = 10
# What the sign-in form calls it; by default axes looks for the model's own name, `email`, in vain.
AXES_USERNAME_FORM_FIELD = "username"
AXES_COOLOFF_TIME = timedelta(hours=1)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "web/errors/locked_out.html"

# Accounts: django-allauth, under our own addresses and pages (`web/accounts/`).
ACCOUNT_ADAPTER = "connects.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = (
    "optional"  # who waits may sign in, and has no account (`signing_in/joining.py`)
)
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_FORMS = {
    "reset_password": "connects.web.forms.access.ForgottenPasswordForm",
    "reset_password_from_key": "connects.web.forms.access.NewPasswordForm",
    "change_password": "connects.web.forms.access.ChangePasswordForm",
    "set_password": "connects.web.forms.access.FirstPasswordForm",
    "add_email": "connects.web.forms.access.NewAddressForm",
}
# How long a password that was just entered is not asked for again (seconds).
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# Wrong passwords are counted by `signing_in/lockouts.py`; here wrong codes are, and e-mails.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",
    "reset_password": "60/h/ip,5/h/key",
    "manage_email": "10/h/user",
}
PASSWORD_RESET_TIMEOUT = (
    86_400  # seconds; as long as an operator without a mail server has to hand it on
)
MFA_ADAPTER = "connects.web.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "connects.web.forms.access.CodeForm",
    "reauthenticate": "connects.web.forms.access.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Connects"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # so that who has a second factor can still change their address
MFA_PASSKEY_LOGIN_ENABLED = False
SECOND_FACTOR_FOR = second_factor_for(os.environ, is_production=HTTPS)
# Without use, and in all: after which a session ends.
MEMBER_SESSIONS = (
    timedelta(minutes=_whole("CONNECTS_IDLE_MINUTES", 1_440)),
    timedelta(hours=_whole("CONNECTS_SESSION_HOURS", 336)),
)
STAFF_SESSIONS = (
    timedelta(minutes=_whole("CONNECTS_STAFF_IDLE_MINUTES", 30)),
    timedelta(hours=_whole("CONNECTS_STAFF_SESSION_HOURS", 12)),
)
SIGN_INS_KEPT = timedelta(days=_whole("CONNECTS_SIGN_INS_DAYS", 90))

PAYMENT_PAGES = payment_pages(STRIPE, PAYPAL)

# With the prefix a browser takes the cookie from this very host alone, over HTTPS.
_COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_AGE = max(
    int(MEMBER_SESSIONS[1].total_seconds()), int(STAFF_SESSIONS[1].total_seconds())
)
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "connects.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        # A browser counts the page that a form's answer leads to as the form's action, too.
        "form-action": [SELF, *PAYMENT_PAGES],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# A form of ours is a few kilobytes; a text of ten megabytes is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

LANGUAGE_CODE = SOURCE
LANGUAGES = tuple(OUR_LANGUAGES.items())
LOCALE_PATHS = [FOLDER]
# Guests' choice; a member's is kept with them, for e-mails, too.
LANGUAGE_COOKIE_NAME = f"{_COOKIE_PREFIX}language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Served out of the package; an operator may collect them elsewhere for a proxy to serve.
STATIC_ROOT = os.environ.get("CONNECTS_STATIC") or None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING = logging_settings(os.environ)
LOGGING["filters"] = {
    "outages": {"()": "connects.project.log_outages.ShortOutages"},
    "refusals": {"()": "connects.project.log_refusals.ShortRefusals"},
}
LOGGING["handlers"]["line"]["filters"] = ["outages", "refusals"]
# Sign-ins, failures and changes of access are always noted (`web/accounts/signals.py`).
LOGGING["loggers"]["connects.security"] = {"level": "INFO"}
configure_structlog()

# Who asks for /metrics proves it with this; without it there is no such address.
METRICS_TOKEN = os.environ.get("CONNECTS_METRICS_TOKEN", "")

_smtp = smtp_server(os.environ.get("CONNECTS_SMTP", ""))
SENDS_LETTERS = _smtp is not None
DEFAULT_FROM_EMAIL = os.environ.get("CONNECTS_MAIL_FROM", "Connects <connects@localhost>")
EMAIL_TIMEOUT = 10
if _smtp is not None:
    EMAIL_HOST, EMAIL_PORT = _smtp.host, _smtp.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.user, _smtp.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.tls, _smtp.smtps
