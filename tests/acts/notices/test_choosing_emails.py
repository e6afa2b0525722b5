"""Who chooses how to be told is told so; who has not is told at once, and of losses always."""

import pytest

from connects.acts.notices.choose_emails import choose_emails, chosen_emails, preferences_of
from connects.market.people.models import User
from connects.statements.notices.groups import GROUPS, How, NoticeGroup
from connects.vocabulary.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("ana@test.example", "Ana", None)


def told(user: User, code: str) -> How:
    return chosen_emails(preferences_of([user.pk]), user.pk, code)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_who_has_not_chosen_is_told_at_once(ana: User, group: NoticeGroup) -> None:
    assert {told(ana, code) for code in group.codes} == {How.AT_ONCE}


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
@pytest.mark.parametrize("how", How)
def test_a_choice_holds_for_its_group_alone(ana: User, group: NoticeGroup, how: How) -> None:
    answer = choose_emails(ana, group.name, how.value)

    assert isinstance(answer, Refused) == (how not in group.choices)
    expected = how if how in group.choices else How.AT_ONCE
    assert {told(ana, code) for code in group.codes} == {expected}
    others = [code for other in GROUPS if other != group for code in other.codes]
    assert {told(ana, code) for code in others} == {How.AT_ONCE}


def test_the_last_choice_counts(ana: User) -> None:
    for how in (How.NEVER, How.DIGEST):
        choose_emails(ana, "work", how.value)

    assert told(ana, "invited") is How.DIGEST


@pytest.mark.parametrize(
    ("group", "how"), [("nonsense", "digest"), ("work", "hourly"), ("", ""), ("x" * 900, "never")]
)
def test_a_choice_that_there_is_not_is_refused(ana: User, group: str, how: str) -> None:
    assert isinstance(choose_emails(ana, group, how), Refused)
    assert preferences_of([ana.pk]) == {}


def test_a_choice_is_each_persons_own(ana: User) -> None:
    ben = User.objects.create_user("ben@test.example", "Ben", None)
    choose_emails(ben, "work", "never")

    assert told(ana, "invited") is How.AT_ONCE
    assert preferences_of([ana.pk, ben.pk]) == {(ben.pk, "work"): How.NEVER}


def test_a_notice_that_nobody_has_sorted_is_told_at_once(ana: User) -> None:
    assert told(ana, "unheard-of") is How.AT_ONCE
