"""API keys: made by a person for an account, shown once, kept as a hash, and taken back."""

import re
from datetime import timedelta

import pytest
from django.core import serializers

from connects.acts.accounts.make_api_key import KEYS_MOST, make_key, revoke_key
from connects.acts.accounts.register import join
from connects.acts.staff.moderate import reinstate, suspend
from connects.bootstrap.clock import held_at
from connects.market.key_digest import digest_of
from connects.market.keys.models import ApiKey
from connects.market.people.models import Membership
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.api.calling import (
    DRAFT,
    draft_price,
    key_for,
    person_of,
    price_of,
    problem,
    signed_in,
    with_key,
)
from tests.market.people import NOON, Town, registered


def test_a_key_is_kept_as_a_hash_and_nothing_of_its_secret_is(here: Town) -> None:
    made = key_for(here.freelancer)

    kept = serializers.serialize("json", ApiKey.objects.all())

    secret = made.secret.removeprefix(f"{made.row.prefix}_")
    assert len(secret) == 64
    assert secret not in kept
    assert digest_of(made.secret) in kept
    assert made.secret not in repr(made)


def test_two_keys_are_never_alike(here: Town) -> None:
    assert key_for(here.freelancer, "a").secret != key_for(here.freelancer, "a").secret


def test_a_key_acts_for_its_account_by_the_rule_book_of_it(here: Town) -> None:
    fair = registered("fair", AccountKind.FREELANCER, "fair-2026")
    user = person_of(here.freelancer)
    join(user, fair, Role.FREELANCER)
    by_account = [make_key(user, account, "k") for account in (here.freelancer, fair)]

    books = [
        price_of(with_key(made.secret), here.job.public_id).json()["price"]["rule_book"]
        for made in by_account
        if not isinstance(made, Refused)
    ]

    assert [book.partition("@")[0] for book in books] == ["upwork-2019-05", "fair-2026"]


def test_a_session_acts_for_the_account_that_its_person_chose(here: Town) -> None:
    fair = registered("fair", AccountKind.FREELANCER, "fair-2026")
    join(person_of(here.freelancer), fair, Role.FREELANCER)
    client = signed_in(person_of(here.freelancer))

    client.post("/account/", {"account": "fair"})

    told = price_of(client, here.job.public_id).json()
    assert told["price"]["rule_book"].startswith("fair-2026@")


@pytest.mark.parametrize(
    "wrong",
    [
        "Bearer",
        "Bearer ",
        "Bearer nothing",
        "Bearer connects_00000000_" + "0" * 64,
        "Bearer \x00",
        "Bearer " + "x" * 7_000,
        "Basic YTpi",
        "Token {secret}",
        "{secret}",
        "Bearer {secret}x",
        "Bearer {digest}",
    ],
)
def test_what_is_no_key_of_ours_opens_nothing(here: Town, wrong: str) -> None:
    made = key_for(here.freelancer)
    client = signed_in(person_of(here.freelancer))  # a wrong key is not made up for by a session

    header = wrong.format(secret=made.secret, digest=made.row.digest)
    response = client.get(
        f"/api/v1/posts/{here.job.public_id}/price", headers={"authorization": header}
    )

    assert problem(response, 401)["code"] == "key_unknown"


def test_the_word_bearer_is_read_in_any_case(here: Town) -> None:
    client = with_key("")
    client.defaults["HTTP_AUTHORIZATION"] = f"bearer {key_for(here.freelancer).secret}"

    assert price_of(client, here.job.public_id).status_code == 200


def test_a_revoked_key_opens_nothing_and_others_go_on(here: Town) -> None:
    first, second = key_for(here.freelancer, "first"), key_for(here.freelancer, "second")

    revoke_key(person_of(here.freelancer), first.row.pk)

    refused = price_of(with_key(first.secret), here.job.public_id)
    assert problem(refused, 401)["code"] == "key_unknown"
    assert price_of(with_key(second.secret), here.job.public_id).status_code == 200


def test_nobody_revokes_the_key_of_another(here: Town) -> None:
    made = key_for(here.freelancer)

    revoke_key(person_of(here.client), made.row.pk)

    assert price_of(with_key(made.secret), here.job.public_id).status_code == 200


def test_the_key_of_an_inactive_person_opens_nothing(here: Town) -> None:
    made = key_for(here.freelancer)
    user = person_of(here.freelancer)
    user.is_active = False
    user.save()

    refused = price_of(with_key(made.secret), here.job.public_id)

    assert problem(refused, 401)["code"] == "key_unknown"


def test_the_key_of_a_suspended_account_rests_until_it_is_reinstated(here: Town) -> None:
    made = key_for(here.freelancer)
    suspend(here.freelancer, here.operator, "for the test")

    told = problem(price_of(with_key(made.secret), here.job.public_id), 403)
    here.freelancer.refresh_from_db()
    another = make_key(person_of(here.freelancer), here.freelancer, "another")

    assert (told["code"], told["parameters"]) == ("not_allowed", {"problem": "suspended"})
    assert another == Refused(RefusalCode.NOT_ALLOWED, {"problem": "suspended"})
    reinstate(here.freelancer, here.operator, "it was only a test")
    assert price_of(with_key(made.secret), here.job.public_id).status_code == 200


def test_who_acts_for_an_account_no_more_has_no_key_to_it(here: Town) -> None:
    made = key_for(here.freelancer)
    Membership.objects.filter(account=here.freelancer).delete()

    refused = price_of(with_key(made.secret), here.job.public_id)

    assert problem(refused, 401)["code"] == "key_unknown"


def test_nobody_makes_a_key_to_an_account_of_others(here: Town) -> None:
    answer = make_key(person_of(here.freelancer), here.client, "not mine")

    assert answer == Refused(RefusalCode.NOT_ALLOWED, {"problem": "not_yours"})


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "required"), ("  ", "required"), ("x" * 61, "too_long"), ("a\0b", "control_characters")],
)
def test_a_key_needs_a_name(here: Town, name: str, said: str) -> None:
    answer = make_key(person_of(here.freelancer), here.freelancer, name)

    bounds = {"most": 60} if said == "too_long" else {}
    assert answer == Refused(RefusalCode.INVALID, {"problem": said, "field": "name", **bounds})


def test_a_person_holds_so_many_keys_and_no_more(here: Town) -> None:
    made = [key_for(here.freelancer, str(number)) for number in range(KEYS_MOST)]
    user = person_of(here.freelancer)

    answer = make_key(user, here.freelancer, "one more")
    assert isinstance(answer, Refused)
    assert answer.parameters == {"problem": "too_many_keys", "most": KEYS_MOST}

    revoke_key(user, made[0].row.pk)
    assert not isinstance(make_key(user, here.freelancer, "one more"), Refused)


def test_the_day_of_its_last_use_is_noted(here: Town) -> None:
    made = key_for(here.freelancer)
    assert made.row.last_used is None

    with held_at(NOON + timedelta(days=3)):
        price_of(with_key(made.secret), here.job.public_id)

    made.row.refresh_from_db()
    assert made.row.last_used == (NOON + timedelta(days=3)).date()


def test_a_signed_in_person_proves_that_a_post_comes_from_the_site(here: Town) -> None:
    client = signed_in(person_of(here.client), checks_csrf=True)

    assert price_of(client, here.job.public_id).status_code == 200
    assert problem(draft_price(client, DRAFT), 403)["code"] == "csrf_failed"
    page = client.get("/account/keys/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    assert draft_price(client, DRAFT, **{"x-csrftoken": token[1]}).status_code == 200


def test_a_program_with_a_key_needs_no_token_of_the_site(here: Town) -> None:
    client = signed_in(person_of(here.client), checks_csrf=True)
    secret = key_for(here.client).secret

    answered = draft_price(client, DRAFT, authorization=f"Bearer {secret}")

    assert answered.status_code == 200
