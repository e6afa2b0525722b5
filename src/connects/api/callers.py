"""The caller of the API and the account: a program with a key, or a person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from connects.acts.oversight.count_acts import count_act, count_acts
from connects.acts.rules.place_newcomer import default_rule_book
from connects.api.key_problems import (
    KEY_EXPIRED,
    KEY_UNKNOWN,
    PERSONAL_KEY_NEEDED,
    SCOPE_MISSING,
)
from connects.api.problems import (
    CSRF_FAILED,
    Fault,
    Problem,
    refusal_problem,
    status_of,
)
from connects.bootstrap.client_address import client_network
from connects.bootstrap.clock import now as clock_now
from connects.market.api_clients.server_keys import PREFIX as SERVER_KEY_PREFIX
from connects.market.api_clients.tokens import PREFIX as TOKEN_PREFIX
from connects.market.keys.models import ApiKey
from connects.market.keys.scopes import KeyScope
from connects.market.keys.selectors import holder_of
from connects.market.limits.table import API_CALLS, API_CALLS_FROM_ADDRESS, WRONG_KEYS
from connects.market.members.selectors import rule_book_of
from connects.market.people.acting_for import CHOSEN_ACCOUNT, acting_account
from connects.market.people.models import Account, User
from connects.policy.terms import RuleBook
from connects.vocabulary.problems import Problem as ProblemCode
from connects.vocabulary.refusals import Parameter, Refused, not_allowed


@dataclass(frozen=True, slots=True)
class Caller:
    """A person, the account that they act for in this call (None: staff without one), and when it is.

    `key` is the one that their program sent; None for a person in a browser. A token of an account has no
    person behind it (`user` is None).
    """

    user: User | None
    account: Account | None
    now: datetime
    key: ApiKey | None = None

    @property
    def book(self) -> RuleBook:
        """The rule book in force for the caller, with one query to the database."""
        if self.account is None:
            return default_rule_book(self.now)
        return rule_book_of(self.account, self.now)


class Call(HttpRequest):
    """A request whose caller is known."""

    auth: Caller


def bearer_key(request: HttpRequest) -> str:
    """The key that comes with the request, as no foreign site's form can send one; "" for none."""
    scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


class Stopped(Exception):
    """The call goes no further; what is answered."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(problem.code)
        self.status, self.problem = status, problem

    @classmethod
    def by(cls, reason: Fault | Refused, **parameters: Parameter) -> Stopped:
        if isinstance(reason, Fault):
            return cls(reason.status, reason.problem(**parameters))
        return cls(status_of(reason), refusal_problem(reason))


def admitted(request: HttpRequest, caller: Caller) -> Caller:
    """The caller, unless they have called too often: all their keys and sessions count together."""
    person, account = caller.user, caller.account
    who = f"person:{person.pk}" if person else f"account:{account.pk if account else ''}"
    counted = (
        (API_CALLS, who),
        (API_CALLS_FROM_ADDRESS, _address(request)),
    )
    refused = count_acts(counted, caller.now)
    if refused is not None:
        raise Stopped.by(refused)
    return caller


def _address(request: HttpRequest) -> str:
    return f"address:{client_network(request)}"


def wrong_key(request: HttpRequest, now: datetime) -> Stopped:
    """The response to a wrong key: that it is wrong, or that there were too many."""
    return Stopped.by(count_act(WRONG_KEYS, _address(request), now) or KEY_UNKNOWN)


class ApiKeyHolder(HttpBearer):
    """A member's program with a key that has the scope: `Authorization: Bearer connects_…`."""

    openapi_description = "A key that you made on the page “API keys”."

    def __init__(self, scope: KeyScope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        sent = request.headers.get("Authorization")
        return None if sent is None else self.authenticate(request, sent)

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The holder of the header's key. Who sends a wrong one is not asked for a session."""
        scheme, _, key = token.partition(" ")
        now, key = clock_now(), key.strip()
        if key.startswith((SERVER_KEY_PREFIX, TOKEN_PREFIX)):
            raise Stopped.by(PERSONAL_KEY_NEEDED)
        found = holder_of(key, now) if scheme.lower() == "bearer" else None
        if found is None:
            raise wrong_key(request, now)
        if found.expires is not None and found.has_expired(now):
            raise Stopped.by(KEY_EXPIRED, expired=found.expires.isoformat())
        if found.account.suspended is not None:
            raise Stopped.by(not_allowed(ProblemCode.SUSPENDED))
        caller = admitted(request, Caller(found.user, found.account, now, found))
        if self.scope not in found.scopes:
            raise Stopped.by(SCOPE_MISSING, scope=self.scope.value)
        return caller


class SignedIn(APIKeyCookie):
    """A person in a browser. What changes something, or could, must prove that it comes from the site."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "The site's own session; a POST needs the header `X-CSRFToken`, too."

    def __call__(self, request: HttpRequest) -> Caller | None:
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        if not isinstance(request.user, User):
            return None
        if check_csrf(request) is not None:
            raise Stopped.by(CSRF_FAILED)
        user, now = request.user, clock_now()
        acting = acting_account(user, request.session.get(CHOSEN_ACCOUNT))
        caller = Caller(user, None if acting is None else acting.account, now)
        return admitted(request, caller)
