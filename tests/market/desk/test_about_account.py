"""The tabs of an account's page count what is about it, as far as the reader may read it."""

import pytest

from connects.acts.oversight.audit import note_act
from connects.acts.purchases import buy
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.market.desk.about_account import rows_about
from connects.market.people.models import Account, User
from connects.market.people.permissions import PERMISSIONS, Act
from connects.vocabulary.parties import Role
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db

BEHIND = {
    "tab_jobs": Act.READ_JOBS,
    "tab_proposals": Act.READ_PROPOSALS,
    "tab_purchases": Act.READ_PAYMENTS,
    "tab_plan_payments": Act.READ_PAYMENTS,
    "tab_grants": Act.READ_CORRECTIONS,
    "tab_appeals": Act.DECIDE_APPEALS,
    "tab_emails": Act.READ_EMAILS,
    "tab_acts": Act.READ_ACCOUNT_ACTS,
}


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def counted(account: Account, staff: User) -> dict[str, int]:
    return {name: rows.count() for name, rows in rows_about(account, staff).items()}


def test_an_operator_sees_all_that_is_about_an_account_and_nothing_of_others(here: Town) -> None:
    with held_at(NOON):
        buy.order(here.freelancer, 10, "k")
        grant_courtesy.grant(here.freelancer, 5, "sorry", here.operator, "k")
        for act in ("read-account", "suspend"):
            note_act(here.operator, act, f"account:{here.freelancer.handle}", "test", NOON)

    mine, client, agency = (
        counted(each, here.operator) for each in (here.freelancer, here.client, here.agency)
    )
    names = ("tab_jobs", "tab_proposals", "tab_purchases", "tab_grants")
    assert [mine[name] for name in names] == [0, 1, 1, 1]
    assert [client[name] for name in names] == [1, 0, 0, 0]
    assert set(agency.values()) == {0}
    acts = set(rows_about(here.freelancer, here.operator)["tab_acts"].values_list("act", flat=True))
    assert "suspend" in acts
    assert "read-account" not in acts, "who only looked at it is left out"


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SUPPORT, Role.FINANCE, Role.POLICY])
def test_nobody_counts_what_they_may_not_read(here: Town, role: Role) -> None:
    staff = User.objects.create_user("s@staff.example", "S", None, role.value)

    seen = set(rows_about(here.freelancer, staff))

    assert seen == {name for name, act in BEHIND.items() if role in PERMISSIONS[act].roles}
