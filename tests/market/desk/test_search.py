"""The search over everything: what fits, how it is told apart, and what each may find."""

from datetime import timedelta

import pytest

from connects.bootstrap.clock import held_at
from connects.market.desk.search import EACH_MOST, Found, search
from connects.market.jobs.models import Job
from connects.market.people.models import STAFF_ROLES, Account, User
from connects.market.people.permissions import Act, may
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, Town, posted, registered, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def person(role: Role) -> User:
    return User.objects.create_user(f"{role.value}@staff.example", role.value, None, role.value)


def found(role: Role, text: str) -> list[Found]:
    return search(person(role), text)


def test_what_is_found_says_what_tells_it_apart(here: Town) -> None:
    Account.objects.filter(pk=here.agency.pk).update(country="PT")
    (agency,) = found(Role.SUPPORT, "studio")

    assert (agency.kind, agency.words) == ("Account", "Studio")
    assert agency.more == "agency, PT, studio"
    assert agency.is_exact


def test_part_of_a_name_is_not_meant_exactly(here: Town) -> None:
    Account.objects.filter(pk=here.agency.pk).update(name="Harbour Studio")
    (agency,) = found(Role.SUPPORT, "harb")

    assert agency.subject == "account:studio"
    assert not agency.is_exact


def test_of_each_kind_there_are_only_so_many_the_newest_first(here: Town) -> None:
    for number in range(EACH_MOST + 3):
        with held_at(NOON + timedelta(minutes=number)):
            posted(here.client, f"Translate page {number}")
            registered(f"translate-{number}", AccountKind.CLIENT)
    everything = found(Role.MODERATOR, "translate")

    jobs = [each.words for each in everything if each.kind == "Job"]
    accounts = [each.words for each in everything if each.kind == "Account"]
    assert len(jobs) == len(accounts) == EACH_MOST
    assert jobs[0] == f"Translate page {EACH_MOST + 2}"
    assert accounts[0] == f"Translate-{EACH_MOST + 2}"


def test_an_id_finds_the_one_that_has_it_and_no_words(here: Town) -> None:
    Job.objects.filter(pk=here.job.pk).update(title="0123456789abcdef")
    assert [each.kind for each in found(Role.MODERATOR, here.job.public_id)] == ["Job"]
    (job,) = search(User.objects.get(staff_role="moderator"), "0123456789abcdef")
    assert not job.is_exact


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_an_address_is_searched_for_who_may_see_addresses_alone(role: Role, here: Town) -> None:
    staff = person(role)
    kinds = {each.kind for each in search(staff, "ana@test.example")}

    assert ("Person" in kinds) == may(staff, Act.READ_PEOPLE)


@pytest.mark.parametrize("text", ["", "   ", "@", "a" * 254, "' OR 1=1 --", "🙂", ":", "job:"])
def test_nonsense_finds_nothing(text: str, here: Town) -> None:
    assert found(Role.OPERATOR, text) == []


def test_who_is_no_staff_finds_nothing(here: Town) -> None:
    assert search(here.user_of(here.freelancer), "ana") == []
