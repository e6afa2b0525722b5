"""What waits is counted at once, and nobody is told of what they may not see."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from connects.acts.jobs.flag import flag_job
from connects.acts.rules.plan_rollout import pause
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import held_at
from connects.market.desk.selectors import counts_for
from connects.market.moderation.models import Appeal, AppealState, FlagReason
from connects.market.notices.models import AccountEmail, AccountEmailState
from connects.market.payments.models import PaymentStatus
from connects.market.people.models import STAFF_ROLES, User
from connects.market.people.permissions import Act, may
from connects.market.plans.models import PlanPayment
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind, Role
from tests.market.people import NOON, Town, registered, rules_change, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def person(role: Role, name: str = "") -> User:
    name = name or role.value
    return User.objects.create_user(f"{name}@staff.example", name, None, role.value)


def counts(staff: User, at: datetime = NOON) -> dict[str, int]:
    return counts_for(staff, at)


def payment(here: Town, kind: type[Any], **columns: object) -> None:
    own = (
        {"credits": 10} if kind is Purchase else {"connects": 0, "new_cycle": True, "plan": "plus"}
    )
    kind.objects.create(
        account=here.freelancer,
        key=f"k{kind.objects.count()}",
        price_cents=150,
        currency="USD",
        method="card",
        rule_book="upwork-2019-05@1",
        ordered=NOON,
        **own,
        **columns,
    )


def test_flags_are_counted_by_job_with_what_is_at_stake(here: Town) -> None:
    with held_at(NOON):
        flag_job(here.job, here.agency, FlagReason.OTHER)
        flag_job(here.job, registered("bo", AccountKind.FREELANCER), FlagReason.OTHER)
    moderator = person(Role.MODERATOR)

    found = counts(moderator)
    assert (found["flags"], found["flags_stake"], found["flags_late"]) == (1, here.proposal.paid, 0)
    assert counts(moderator, NOON + timedelta(hours=25))["flags_late"] == 1


def test_appeals_wait_for_a_second_person_who_is_not_the_first(here: Town) -> None:
    first, second = person(Role.SUPPORT), person(Role.SUPPORT, "tom")
    Appeal.objects.create(
        proposal=here.proposal,
        account=here.freelancer,
        text="why",
        made=NOON,
        state=AppealState.PROPOSED,
        first_by=first,
    )

    assert (counts(first)["appeals"], counts(first)["appeals_second"]) == (1, 0)
    assert counts(second)["appeals_second"] == 1
    assert counts(second, NOON + timedelta(days=4))["appeals_late"] == 1


def test_corrections_wait_for_another_than_who_proposed_them(here: Town) -> None:
    sue, tom = person(Role.SUPPORT), person(Role.SUPPORT, "tom")
    with held_at(NOON):
        grant_courtesy.grant(here.freelancer, 2_000, "an outage", sue, "one")

    assert (counts(sue)["corrections"], counts(sue)["corrections_second"]) == (1, 0)
    assert counts(tom)["corrections_second"] == 1


def test_payments_of_both_kinds_are_one_number(here: Town) -> None:
    payment(here, Purchase, status=PaymentStatus.MISMATCHED)
    payment(here, PlanPayment, status=PaymentStatus.REFUNDING)
    payment(here, PlanPayment, care="repayment-unclear", status=PaymentStatus.PAID)
    payment(here, Purchase, status=PaymentStatus.PAID)
    payment(here, Purchase, status=PaymentStatus.PENDING, look_again=NOON)

    assert counts(person(Role.FINANCE))["payments"] == 3


def test_dead_e_mails_and_rollouts_are_counted(here: Town) -> None:
    AccountEmail.objects.create(
        to="x@y.example", kind="k", next_try=NOON, written=NOON, state=AccountEmailState.DEAD
    )
    with held_at(NOON):
        rollout = rules_change(here.operator)
    support = person(Role.SUPPORT)

    found = counts(support)
    assert (found["access_emails"], found["emails"]) == (1, 0)
    assert (found["rollouts"], found["rollouts_paused"]) == (1, 0)
    with held_at(NOON):
        pause(rollout, here.operator)
    found = counts(support)
    assert (found["rollouts"], found["rollouts_paused"]) == (0, 1)


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_what_is_counted_is_what_the_role_may_see(role: Role, here: Town) -> None:
    staff = person(role)
    found = counts(staff)

    assert ("flags" in found) == may(staff, Act.READ_FLAGS)
    assert ("appeals" in found) == may(staff, Act.DECIDE_APPEALS)
    assert ("payments" in found) == may(staff, Act.READ_PAYMENTS)
    assert ("emails" in found) == may(staff, Act.READ_EMAILS)
    assert ("rollouts" in found) == may(staff, Act.READ_ROLLOUTS)
    assert set(found.values()) <= {0, here.proposal.paid}


def test_one_query_counts_everything_and_none_is_asked_for_nothing(
    here: Town, django_assert_num_queries: Any
) -> None:
    operator, member = person(Role.OPERATOR), here.user_of(here.freelancer)
    with django_assert_num_queries(1):
        assert counts(operator)
    with django_assert_num_queries(0):
        assert counts(member) == {}
