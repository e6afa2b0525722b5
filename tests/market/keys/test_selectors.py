"""Whose key it is: only a whole key that works, of a person who still acts for its account."""

from datetime import timedelta

import pytest

from connects.acts.accounts.make_api_key import MadeKey, make_key, revoke_key
from connects.bootstrap.clock import held_at
from connects.market.keys.models import ApiKey
from connects.market.keys.selectors import holder_of, keys_of
from connects.market.people.models import Membership, User
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def made(here: Town, name: str = "a script") -> MadeKey:
    with held_at(NOON):
        answer = make_key(here.user_of(here.freelancer), here.freelancer, name)
    assert isinstance(answer, MadeKey), answer
    return answer


def test_a_key_leads_to_its_person_and_account(here: Town) -> None:
    found = holder_of(made(here).secret, NOON)

    assert found is not None
    assert (found.user, found.account) == (here.user_of(here.freelancer), here.freelancer)


def test_a_key_is_kept_as_a_hash_alone(here: Town) -> None:
    key = made(here).secret

    assert key not in str(ApiKey.objects.values().get())


def test_a_key_that_is_not_whole_leads_nowhere(here: Town) -> None:
    key = made(here).secret
    another_end = "0" if key[-1] != "0" else "1"

    for wrong in (
        "",
        key[:-1],
        key[:-1] + another_end,
        key + "0",
        f"{key}\n",
        f" {key}",
        key.upper(),
    ):
        assert holder_of(wrong, NOON) is None, wrong
    assert holder_of(key, NOON) is not None


def test_a_revoked_key_works_no_more_and_is_not_listed(here: Town) -> None:
    user, key = here.user_of(here.freelancer), made(here).secret
    number = ApiKey.objects.get().pk

    revoke_key(here.user_of(here.agency), number)
    assert holder_of(key, NOON) is not None, "nobody revokes another's key"
    revoke_key(user, number)

    assert holder_of(key, NOON) is None
    assert keys_of(user) == []


def test_a_key_ends_with_its_person_or_their_place(here: Town) -> None:
    user, key = here.user_of(here.freelancer), made(here).secret
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert holder_of(key, NOON) is None
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert holder_of(key, NOON) is not None
    Membership.objects.filter(user=user).delete()

    assert holder_of(key, NOON) is None


def test_the_day_of_its_last_use_is_noted_once_a_day(
    here: Town, django_assert_num_queries: object
) -> None:
    key = made(here).secret
    holder_of(key, NOON)
    assert ApiKey.objects.get().last_used == NOON.date()

    with django_assert_num_queries(1):  # type: ignore[operator]
        holder_of(key, NOON + timedelta(hours=1))
    holder_of(key, NOON + timedelta(days=1))

    assert ApiKey.objects.get().last_used == (NOON + timedelta(days=1)).date()


def test_keys_are_listed_newest_first_and_are_each_persons_own(here: Town) -> None:
    for name in ("first", "second"):
        made(here, name)

    assert [row.name for row in keys_of(here.user_of(here.freelancer))] == ["second", "first"]
    assert keys_of(here.user_of(here.agency)) == []
