"""What tests about access share: someone who signs in in the ordinary way, and reads their e-mail."""

import re
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from connects.market.notices.models import AccountEmail
from connects.market.people.models import User
from connects.vocabulary.parties import AccountKind
from tests.market.people import PASSWORD, registered

EMAIL = "ana@test.example"
ANOTHER_PASSWORD = "tall river maple nine"


def ana(kind: AccountKind = AccountKind.FREELANCER) -> User:
    registered("ana", kind)
    return User.objects.get(email=EMAIL)


def signed_in(email: str = EMAIL, password: str = PASSWORD, **headers: Any) -> Client:
    client = Client(**headers)
    answer = client.post("/sign-in/", {"username": email, "password": password})
    assert answer.status_code == 302, answer.content
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/account/security/").status_code == 200


def link_to(email: str, kind: str) -> str:
    return AccountEmail.objects.filter(to=email, kind=kind).latest("id").link


def kinds_written_to(email: str) -> list[str]:
    return list(AccountEmail.objects.filter(to=email).order_by("id").values_list("kind", flat=True))


def with_second_factor(client: Client) -> str:
    """Add a second factor; its secret."""
    page = client.get("/account/second-factor/on/").content.decode()
    found = re.search(r"Key: <code>(\w+)</code>", page)
    assert found, page
    secret = found[1]
    answer = client.post("/account/second-factor/on/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
