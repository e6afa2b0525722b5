"""The page of API keys: one is shown once, told apart by its beginning, and taken back."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from connects.bootstrap.clock import held_at
from connects.market.keys.models import ApiKey
from tests.market.people import NOON, Town, town
from tests.web.confirming import confirm

pytestmark = pytest.mark.django_db

KEY = re.compile(r"connects_[0-9a-f]{8}_[0-9a-f]{64}")


@pytest.fixture
def here() -> Iterator[Town]:
    with held_at(NOON):
        yield town()


def page_of(here: Town, role: str) -> Client:
    client = Client()
    user = here.user_of(getattr(here, role))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def made(client: Client, name: str = "Price watcher") -> str:
    form = {"act": "make", "name": name, "scopes": ["read", "quote"], "days": "90"}
    response = client.post("/account/keys/", form)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    found = KEY.search(response.content.decode())
    assert found is not None
    return found[0]


def test_a_key_is_shown_when_it_is_made_and_never_again(here: Town) -> None:
    client = page_of(here, "freelancer")

    key = made(client)

    later = client.get("/account/keys/").content.decode()
    assert KEY.search(later) is None
    assert f"{key[:17]}…" in later
    assert "Price watcher" in later
    assert "never used" in later


def test_a_key_that_was_used_says_when(here: Town) -> None:
    client = page_of(here, "freelancer")
    key = made(client)

    Client().get("/api/v1/posts/x/price", headers={"authorization": f"Bearer {key}"})

    assert "last used 20 May 2019" in client.get("/account/keys/").content.decode()


def test_a_revoked_key_is_gone_from_the_page(here: Town) -> None:
    client = page_of(here, "freelancer")
    made(client)
    number = ApiKey.objects.get().pk

    answer = confirm(client, "/account/keys/", {"act": "revoke", "number": str(number)})

    assert answer.headers["Location"] == "/account/keys/"
    assert "You have none yet." in client.get("/account/keys/").content.decode()


def test_people_see_and_revoke_their_own_keys_alone(here: Town) -> None:
    made(page_of(here, "freelancer"))
    number = ApiKey.objects.get().pk
    other = page_of(here, "client")

    assert b"Price watcher" not in other.get("/account/keys/").content
    other.post("/account/keys/", {"act": "revoke", "number": str(number)})
    assert ApiKey.objects.get().revoked is None


def test_a_key_without_a_name_is_refused_with_what_to_do(here: Town) -> None:
    response = page_of(here, "freelancer").post(
        "/account/keys/", {"act": "make", "name": " ", "scopes": "read"}
    )

    assert response.status_code == 409
    assert b"Name: fill this in." in response.content
    assert ApiKey.objects.count() == 0


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"act": "nothing"},
        {"act": "revoke"},
        {"act": "revoke", "number": "-1"},
        {"act": "revoke", "number": "9" * 30},
        {"act": "revoke", "number": "\0"},
    ],
)
def test_a_forged_form_is_no_page_and_changes_nothing(here: Town, form: dict[str, str]) -> None:
    client = page_of(here, "freelancer")
    made(client)

    assert client.post("/account/keys/", form).status_code == 404
    assert ApiKey.objects.get().revoked is None
