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
from connects.market.announcements.selectors import discussion, outdated_by, rank_of
from connects.market.limits.table import REPLIES
from connects.market.members.selectors import chains_of
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
    assert b"4,560 of 4,560" in response.content


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


def test_rules_of_another_family_outdate_nothing(olga: User) -> None:
    first = announced(olga)
    announced(olga, "For our UK members", NOW + timedelta(days=9), rule_book="peopleperhour")

    assert outdated_by(first, NOW + timedelta(days=99)) is None


def test_whether_it_is_outdated_is_judged_for_the_readers_own_rules(olga: User) -> None:
    first = announced(olga)
    second = announced(olga, "Limits", NOW + timedelta(days=9), rule_book="upwork-2019-12")
    with held_at(NOW):
        stays = registered("ana", AccountKind.FREELANCER, "upwork-2019-05")
        moves = registered("bea", AccountKind.FREELANCER, "upwork-2019-05")
        enrol(moves, "upwork-2019-12", notice=False)
    later = NOW + timedelta(days=30)

    def newer(account: Account) -> Announcement | None:
        chain = chains_of([account.pk], later)[account.pk]
        return outdated_by(first, later, [link.book.digest for link in chain])

    assert newer(stays) is None
    assert newer(moves) == second
    client = Client()
    client.force_login(User.objects.get(memberships__account=stays))
    with held_at(later):
        assert b"is outdated" not in client.get(f"/announcements/{first.slug}/").content


def test_old_limits_stand_struck_through_beside_the_new(olga: User) -> None:
    first = announced(olga)
    second = announced(olga, "Limits", NOW + timedelta(days=9), rule_book="upwork-2019-12")
    with held_at(NOW):
        body = Client().get(f"/announcements/{second.slug}/").content.decode()

    assert second.follows == first
    assert "<del>" in body
    assert "<ins>" in body
    assert f"/announcements/{first.slug}/" in body
    assert '<span class="rank">operator</span>' in body
    assert "1 of 1" in body


def test_a_reply_answers_another_and_quotes_it(olga: User) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
        bea = registered("bea", AccountKind.FREELANCER)
    announcement = announced(olga)
    first = said(announcement, ana, "Does it cost more?")
    assert isinstance(first, Reply)
    client = Client()
    client.force_login(User.objects.get(memberships__account=bea))
    page = f"/announcements/{announcement.slug}/"
    with held_at(NOW):
        asked = client.get(f"{page}?answer={first.pk}").content.decode()
        form = {"text": "No.", "key": "k", "answers": str(first.pk)}
        told = client.post(page, form, follow=True).content.decode()

    assert f'name="answers" value="{first.pk}"' in asked
    assert Reply.objects.get(text="No.").answers == first
    assert "Does it cost more?</blockquote>" in told


@pytest.mark.parametrize("answers", ["", "0", "999", "x", "9" * 30, "-1"])
def test_an_answer_to_nothing_is_a_reply(olga: User, answers: str) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)
    client = Client()
    client.force_login(User.objects.get(memberships__account=ana))
    with held_at(NOW):
        client.post(
            f"/announcements/{announcement.slug}/", {"text": "No.", "key": "k", "answers": answers}
        )

    assert Reply.objects.get().answers is None


def test_a_discussion_is_searched(olga: User) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)
    for number, text in enumerate(("About the price", "About PayPal", "Rude price")):
        said(announcement, ana, text, str(number))
    announce.hide(Reply.objects.get(text="Rude price"), olga, "rude")

    body = Client().get(f"/announcements/{announcement.slug}/?q=PRICE").content.decode()

    assert "1 reply contains “PRICE”." in body
    assert "About the price" in body
    assert "About PayPal" not in body


def test_ranks_come_with_participation(settings: object, olga: User) -> None:
    settings.DISCUSSION_RANKS = (("Regular", 2), ("Guru", 4))  # type: ignore[attr-defined]
    assert [rank_of(n) for n in (0, 1, 2, 3, 4, 99)] == [
        "",
        "",
        "Regular",
        "Regular",
        "Guru",
        "Guru",
    ]
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)
    for number in range(2):
        said(announcement, ana, f"Question {number}", str(number))

    assert [view.rank for view in discussion(announcement, 1).replies] == ["Regular", "Regular"]


def test_a_reply_becomes_a_question_for_everyone(olga: User) -> None:
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER)
    announcement = announced(olga)
    reply = said(announcement, ana, "what about cents???")
    assert isinstance(reply, Reply)

    assert problem(announce.ask_for_all(reply, olga, " ", "They are rounded.")) == "required"
    done = announce.ask_for_all(reply, olga, "What about cents?", "They are rounded.")
    member = User.objects.get(memberships__account=ana)
    refused = announce.ask_for_all(reply, member, "Mine?", "Yes.")

    assert not isinstance(done, Refused)
    assert problem(refused) == "staff_role"
    body = Client().get(f"/announcements/{announcement.slug}/").content.decode()
    assert "<summary>What about cents?</summary>" in body
    assert "They are rounded." in body
    assert StaffAct.objects.filter(act="answer-question").count() == 1


def test_a_closed_discussion_says_why(olga: User) -> None:
    announcement = announced(olga)
    announce.set_closed(announcement, olga, closed=True, because="this is outdated")

    body = Client().get(f"/announcements/{announcement.slug}/").content.decode()

    assert "closed to replies, because this is outdated." in body
    announce.set_closed(announcement, olga, closed=False)
    assert Announcement.objects.get().closed_because == ""


def test_the_notice_of_a_move_leads_to_the_announcement(olga: User) -> None:
    announcement = announced(olga)
    with held_at(NOW):
        ana = registered("ana", AccountKind.FREELANCER, "upwork-2018")
        enrol(ana, "upwork-2019-05")
        run(NOW)

    notice = Notice.objects.get(account=ana)
    assert notice.parameters["announcement"] == announcement.slug
