"""Appeals: one person proposes, another decides, and the member gets what was decided."""

import pytest

from connects.acts.jobs.end import close
from connects.bootstrap.journals import journal
from connects.market.jobs.models import CloseReason
from connects.market.moderation.models import Appeal, AppealState
from connects.market.notices.models import OutboxEvent
from connects.vocabulary.parties import Role
from tests.console.desk import Desk, audited
from tests.market.people import NOON, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal(here: Town) -> Appeal:
    return Appeal.objects.create(
        proposal=here.proposal, account=here.freelancer, text="The post was a copy.", made=NOON
    )


def page_of(appeal: Appeal) -> str:
    return f"appeals/{appeal.pk}/"


def state(appeal: Appeal) -> str:
    appeal.refresh_from_db()
    return appeal.state


def test_an_appeal_is_shown_with_the_proposal_and_its_lines(here: Town, appeal: Appeal) -> None:
    desk = Desk(Role.SUPPORT)

    assert "Ana" in desk.page("appeals/")
    page = desk.page(page_of(appeal))
    for fact in ("Draw a logo", "The post was a copy.", f"{here.proposal.paid} Connects", "never"):
        assert fact in page, fact


def test_two_people_grant_an_appeal_and_the_connects_come_back(here: Town, appeal: Appeal) -> None:
    before = journal().wallet(here.freelancer.pk).balance
    first, second = Desk(Role.SUPPORT), Desk(Role.MODERATOR)

    first.do(page_of(appeal), act="grant", reason="it was a copy")
    assert state(appeal) == AppealState.PROPOSED
    assert journal().wallet(here.freelancer.pk).balance == before
    waiting = second.page(page_of(appeal))
    assert f"Support would give back {here.proposal.paid} Connects: it was a copy" in waiting
    second.do(page_of(appeal), act="agree")
    done = second.page(page_of(appeal))
    assert f"{here.proposal.paid} Connects came back to Ana, who was told." in done

    assert state(appeal) == AppealState.GRANTED
    assert journal().wallet(here.freelancer.pk).balance == before + here.proposal.paid
    told = OutboxEvent.objects.get(code="appeal-decided")
    assert (told.account_id, told.parameters["reason"]) == (here.freelancer.pk, "it was a copy")
    assert [role for _, role, _ in audited("propose-appeal")] == ["support"]
    assert [role for _, role, _ in audited("decide-appeal")] == ["moderator"]


def test_two_people_refuse_an_appeal_and_nothing_comes_back(here: Town, appeal: Appeal) -> None:
    before = journal().wallet(here.freelancer.pk).balance

    Desk(Role.SUPPORT).do(page_of(appeal), act="refuse", reason="it was a real job")
    Desk(Role.MODERATOR).do(page_of(appeal), act="agree")

    assert state(appeal) == AppealState.REFUSED
    assert journal().wallet(here.freelancer.pk).balance == before


def test_nobody_decides_alone(here: Town, appeal: Appeal) -> None:
    desk = Desk(Role.SUPPORT)
    desk.do(page_of(appeal), act="grant", reason="it was a copy")

    desk.refused(page_of(appeal), act="agree")
    assert state(appeal) == AppealState.PROPOSED
    Desk(Role.SUPPORT, "sam").do(page_of(appeal), act="agree")
    assert state(appeal) == AppealState.GRANTED


def test_who_disagrees_opens_it_again(here: Town, appeal: Appeal) -> None:
    Desk(Role.SUPPORT).do(page_of(appeal), act="grant", reason="it was a copy")
    Desk(Role.MODERATOR).do(page_of(appeal), act="disagree")

    assert state(appeal) == AppealState.OPEN
    Desk(Role.MODERATOR).do(page_of(appeal), act="refuse", reason="it was a real job")
    assert state(appeal) == AppealState.PROPOSED


@pytest.mark.parametrize(
    "form",
    [
        {"act": "grant", "reason": ""},
        {"act": "refuse", "reason": " "},
        {"act": "agree"},
        {"act": "disagree"},
    ],
)
def test_what_cannot_be_decided_now_is_refused_in_words(
    here: Town, appeal: Appeal, form: dict[str, str]
) -> None:
    Desk(Role.SUPPORT).refused(page_of(appeal), **form)

    assert state(appeal) == AppealState.OPEN


def test_an_act_or_an_appeal_that_there_is_not_is_not_found(here: Town, appeal: Appeal) -> None:
    desk = Desk(Role.OPERATOR)

    assert desk.send(page_of(appeal), act="explode").status_code == 404
    desk.page("appeals/999999/", expected=404)
    desk.page(f"appeals/{2**63 - 1}/", expected=404)


def test_only_what_has_not_come_back_already_comes_back(here: Town, appeal: Appeal) -> None:
    before = journal().wallet(here.freelancer.pk).balance
    close(here.job, here.client, CloseReason.NOT_HIRING)
    returned = journal().wallet(here.freelancer.pk).balance - before

    Desk(Role.SUPPORT).do(page_of(appeal), act="grant", reason="it was a copy")
    Desk(Role.MODERATOR).do(page_of(appeal), act="agree")

    assert returned > 0
    assert journal().wallet(here.freelancer.pk).balance == before + here.proposal.paid
