"""API clients: what is wrong with one is told, and every act of an operator's leaves a line."""

import pytest

from connects.acts.accounts.make_api_client import (
    ClientForm,
    MadeServerKey,
    add_server_key,
    make_client,
)
from connects.acts.accounts.revoke_api_client import revoke_client, revoke_server_key
from connects.market.api_clients.models import ApiClient
from connects.market.api_clients.selectors import api_clients, client_called
from connects.market.api_clients.server_keys import client_of
from connects.market.people.models import User
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import Refused
from tests.api.hosts import server_key
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "field", "said"),
    [
        (ClientForm(name="", scopes=("read",)), "name", "required"),
        (ClientForm(name="shop", scopes=("read", "fly")), "scopes", "unknown_scope"),
        (ClientForm(name="shop", scopes=()), "scopes", "unknown_scope"),
        (
            ClientForm(name="shop", scopes=("read",), networks=("here",)),
            "addresses",
            "not_a_network",
        ),
        (ClientForm(name="shop", scopes=("read",), calls_a_second=0), "rate", "not_a_number"),
    ],
)
def test_what_is_wrong_with_a_client_is_told(
    db: None, form: ClientForm, field: str, said: str
) -> None:
    answer = make_client(form, None)

    assert isinstance(answer, Refused)
    assert (answer.parameters["field"], answer.parameters["problem"]) == (field, said)


def test_two_clients_do_not_share_a_name(db: None) -> None:
    server_key()

    answer = make_client(ClientForm(name="shop", scopes=("read",)), None)

    assert isinstance(answer, Refused)
    assert answer.parameters == {"field": "name", "problem": "taken"}


def staff(role: Role) -> User:
    return User.objects.create_user(f"{role.value}@test.example", role.value, None, role.value)


def test_operators_alone_make_and_revoke() -> None:
    operator, finance = staff(Role.OPERATOR), staff(Role.FINANCE)
    form = ClientForm(name="shop", scopes=("read",))
    made = make_client(form, operator)
    assert isinstance(made, MadeServerKey)
    client, prefix = made.row.client, made.row.prefix

    answers = [
        make_client(ClientForm(name="other", scopes=("read",)), finance),
        add_server_key(client, finance),
        revoke_server_key(client, prefix, finance),
        revoke_client(client, finance),
    ]

    assert [each.parameters["problem"] for each in answers if isinstance(each, Refused)] == [
        "staff_role"
    ] * 4
    assert client_of(made.secret, NOON) == client


def test_every_act_leaves_a_line_with_its_author() -> None:
    operator = staff(Role.OPERATOR)
    made = make_client(ClientForm(name="shop", scopes=("read", "charge")), operator)
    assert isinstance(made, MadeServerKey)
    client = made.row.client
    second = add_server_key(client, operator)
    assert isinstance(second, MadeServerKey)
    revoke_server_key(client, second.row.prefix, operator)
    revoke_client(client, operator)

    lines = StaffAct.objects.order_by("id").values_list("act", "user", "subject")

    assert list(lines) == [
        (act, operator.pk, f"api-client:{client.pk}")
        for act in ("make-api-client", "make-server-key", "revoke-server-key", "revoke-api-client")
    ]


def test_scopes_stand_in_one_order_and_networks_are_tidied() -> None:
    server_key(scopes=("read", "sync"), networks=("10.1.2.3/8",))

    client = ApiClient.objects.get()

    assert client.scopes == ["sync", "read"]
    assert client.networks == ["10.0.0.0/8"]


def test_a_revoked_client_gets_no_new_key_and_has_none_that_works() -> None:
    secret = server_key()
    client = client_called("shop")
    assert client is not None
    revoke_client(client, None)

    answer = add_server_key(client, None)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "client_revoked"
    assert client_of(secret, NOON) is None
    (listed,) = api_clients()
    assert listed.live_keys == []  # type: ignore[attr-defined]


def test_a_key_that_is_none_is_not_revoked() -> None:
    server_key()

    answer = revoke_server_key(ApiClient.objects.get(), "csk_live_00000000", None)

    assert isinstance(answer, Refused)
    assert answer.parameters["problem"] == "server_key_unknown"
