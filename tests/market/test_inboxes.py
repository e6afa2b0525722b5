"""An account's inbox and the staff's own list: whose they are, and in which order."""

import pytest

from connects.acts.notices.outbox import deliver_outbox, put_in_outbox
from connects.market.notices.selectors import inbox
from connects.market.people.models import User
from connects.market.staff.selectors import staff_members
from connects.vocabulary.events import Event
from connects.vocabulary.parties import Role
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


def test_an_inbox_holds_its_own_notices_the_newest_first(here: Town) -> None:
    events = [
        Event(
            key=f"{account.handle}:{number}",
            account=account.pk,
            code="message",
            parameters={"title": f"Work {number}"},
        )
        for account in (here.freelancer, here.agency)
        for number in range(3)
    ]
    put_in_outbox(events, NOON)
    deliver_outbox(NOON)

    assert [row.parameters["title"] for row in inbox(here.freelancer, 1).items] == [
        "Work 2",
        "Work 1",
        "Work 0",
    ]
    assert {row.account_id for row in inbox(here.agency, 1).items} == {here.agency.pk}
    assert inbox(here.stranger, 1).items == ()


def test_the_staff_are_listed_by_address_without_those_who_were_stopped(here: Town) -> None:
    User.objects.create_user("amy@test.example", "Amy", None, Role.SUPPORT.value)
    stopped = User.objects.create_user("bob@test.example", "Bob", None, Role.FINANCE.value)
    User.objects.filter(pk=stopped.pk).update(is_active=False)
    members = staff_members(NOON)

    assert [(member.user.email, member.role) for member in members] == [
        ("amy@test.example", "support"),
        ("olga@test.example", "operator"),
    ]
    assert [member.is_ready for member in members] == [False, True]
    assert [member.link_expires for member in members] == [None, None]
