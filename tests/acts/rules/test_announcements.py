"""Announcements belong to rule books; members discuss them, moderators keep order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from connects.acts.credits.award_badge import add_badge
from connects.acts.rules import announce
from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.announcements.models import Announcement, Reply
from connects.market.announcements.selectors import discussion, outdated_by
from connects.market.limits.table import REPLIES
from connects.market.notices.models import Notice
from connects.market.people.models import Account, User
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import registered

NOW = datetime(2019, 5, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return User.objects.create_user("olga@test.example", "Olga", None, Role.OPERATOR.value)


def announced(
    staff: User, title: str = "Connects cost money", effective: datetime = NOW, **changes: str
) -> Announcement:
    form = announce.AnnouncementText(
        title=title,
        introduction=changes.get("introduction", "From May on, Connects are paid for."),
        rule_book=changes.get("rule_book", "upwork-2019-05"),
        effective=effective,
    )
    with held_at(NOW):
        answer = announce.announce(form, staff)
    assert isinstance(answer, Announcement), answer
    return answer


def said(
    announcement: Announcement,
    account: Account,
    text: str = "Why?",
    key: str = "1",
    at: datetime = NOW,
) -> Reply | Refused:
    user = User.objects.get(memberships__account=account)
    with held_at(at):
        return announce.reply_to_announcement(announcement, account, user, text, key)


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters["problem"]


def test_a_reply_is_made_once_and_shows_who_said_it(olga: User) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
        add_badge(ana, "top-rated")
    announcement = announced(olga)
    for number in range(3):
        said(announcement, ana, f"Question {number}", str(number))
    said(announcement, ana, "Question 2", "2")

    page = discussion(announcement, 2, size=2)

    (view,) = page.replies
    assert (view.number, page.page.total) == (3, 3)
    assert (view.name, view.standing, view.member_since) == ("Ana", "freelancer, top-rated", NOW)


def test_thousands_of_replies_are_paged_with_few_questions(
    olga: User, django_assert_max_num_queries: object
) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)
    user = User.objects.get(memberships__account=ana)
    Reply.objects.bulk_create(
        Reply(
            announcement=announcement, account=ana, user=user, text="Why?", posted=NOW, key=f"k{n}"
        )
        for n in range(4_559)
    )

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        response = Client().get(f"/announcements/{announcement.slug}/?page=183")

    assert response.status_code == 200
    assert b"4559 of 4559" in response.content


def test_replies_are_refused_when_empty_too_long_too_many_or_closed(olga: User) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)

    assert problem(said(announcement, ana, " ")) == "required"
    assert problem(said(announcement, ana, "x" * 4_001)) == "too_long"
    assert problem(said(announcement, ana, "a\x00b")) == "control_characters"
    assert problem(said(announcement, ana, key="")) == "not_a_key"
    for number in range(REPLIES.most):
        assert isinstance(said(announcement, ana, key=str(number)), Reply)
    assert problem(said(announcement, ana, key="more")) == "too_many_replies"
    assert isinstance(said(announcement, ana, key="more", at=NOW + timedelta(minutes=11)), Reply)
    announce.set_closed(announcement, olga, closed=True)
    assert (
        problem(said(announcement, ana, key="late", at=NOW + timedelta(hours=1)))
        == "closed_to_replies"
    )


def test_moderators_hide_pin_and_close_and_each_act_is_audited(olga: User) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)
    abuse = said(announcement, ana, "Something rude")
    assert isinstance(abuse, Reply)
    with held_at(NOW):
        announce.hide(abuse, olga, "rude")
        update = announce.pin_update(announcement, olga, "Agencies move later.", "u1")
        announce.pin_update(announcement, olga, "Agencies move later.", "u1")
        announce.set_closed(announcement, olga, closed=True)
        announce.set_closed(announcement, olga, closed=False)

    body = Client().get(f"/announcements/{announcement.slug}/").content.decode()
    assert "Something rude" not in body
    assert "Hidden by a moderator: rude" in body
    assert "Agencies move later." in body
    assert isinstance(update, Reply)
    announce.unpin(update, olga)
    acts = list(StaffAct.objects.order_by("id").values_list("act", flat=True))
    assert acts == ["announce", "hide-reply", "pin", "close-replies", "open-replies", "unpin"]


def test_members_and_support_do_not_moderate_or_announce(olga: User) -> None:
    announcement = announced(olga)
    sue = User.objects.create_user("sue@test.example", "Sue", None, Role.SUPPORT.value)

    assert problem(announce.set_closed(announcement, sue, closed=True)) == "staff_role"
    assert problem(announce.pin_update(announcement, sue, "x", "k")) == "staff_role"
    form = announce.AnnouncementText(
        title="x", introduction="x", rule_book="upwork-2018", effective=NOW
    )
    assert problem(announce.announce(form, sue)) == "staff_role"


@pytest.mark.parametrize(
    ("title", "book"),
    [("", "upwork-2018"), ("!!!", "upwork-2018"), ("x" * 121, "upwork-2018"), ("Fine", "no-such")],
)
def test_a_bad_announcement_is_refused(olga: User, title: str, book: str) -> None:
    form = announce.AnnouncementText(title=title, introduction="x", rule_book=book, effective=NOW)

    assert isinstance(announce.announce(form, olga), Refused)


def test_an_announcement_is_outdated_from_the_instant_at_which_newer_rules_hold(olga: User) -> None:
    first = announced(olga)
    second = announced(
        olga, "Limits of December", NOW + timedelta(days=200), rule_book="upwork-2019-12"
    )

    assert outdated_by(first, NOW + timedelta(days=200, microseconds=-1)) is None
    assert outdated_by(first, NOW + timedelta(days=200)) == second
    assert outdated_by(second, NOW + timedelta(days=400)) is None
    with held_at(NOW + timedelta(days=300)):
        body = Client().get(f"/announcements/{first.slug}/").content.decode()
    assert "This announcement is outdated" in body
    assert f"/announcements/{second.slug}/" in body


def test_the_notice_of_a_move_leads_to_the_announcement(olga: User) -> None:
    announcement = announced(olga)
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER, "upwork-2018")
        enrol(ana, "upwork-2019-05")
        run(NOW)

    notice = Notice.objects.get(account=ana)
    assert notice.parameters["announcement"] == announcement.slug
