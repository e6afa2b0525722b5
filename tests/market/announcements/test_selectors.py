"""Reading announcements: the one that holds last first, and who said what below."""

from datetime import timedelta

import pytest

from connects.acts.credits.award_badge import add_badge
from connects.acts.rules.announce import (
    AnnouncementText,
    announce,
    hide,
    pin_update,
    reply_to_announcement,
)
from connects.bootstrap.clock import held_at
from connects.market.announcements.models import Announcement, Reply
from connects.market.announcements.selectors import (
    announcement_named,
    announcements,
    discussion,
    outdated_by,
)
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    with held_at(NOON):
        return town()


def published(here: Town, title: str, days: int = 10) -> Announcement:
    with held_at(NOON):
        answer = announce(
            AnnouncementText(
                title=title,
                introduction="They are fairer.",
                rule_book="fair-2026",
                effective=NOON + timedelta(days=days),
            ),
            here.operator,
        )
    assert isinstance(answer, Announcement), answer
    return answer


def said(here: Town, about: Announcement, text: str, hours: int = 0) -> Reply:
    with held_at(NOON + timedelta(hours=hours)):
        answer = reply_to_announcement(
            about, here.freelancer, here.user_of(here.freelancer), text, text
        )
    assert isinstance(answer, Reply), answer
    return answer


def test_announcements_come_by_when_they_hold_the_last_first(here: Town) -> None:
    for title, days in (("First", 5), ("Third", 30), ("Second", 10)):
        published(here, title, days)

    assert [row.title for row in announcements(1).items] == ["Third", "Second", "First"]
    assert announcement_named("second") is not None
    assert announcement_named("nothing") is None


def test_rules_are_outdated_only_once_later_ones_hold(here: Town) -> None:
    first, second = published(here, "First", 5), published(here, "Second", 10)
    third = published(here, "Third", 20)

    assert outdated_by(first, NOON + timedelta(days=9)) is None
    assert outdated_by(first, NOON + timedelta(days=10)) == second
    assert outdated_by(first, NOON + timedelta(days=99)) == third
    assert outdated_by(third, NOON + timedelta(days=99)) is None


def test_a_discussion_is_read_oldest_first_with_who_said_it(here: Town) -> None:
    about = published(here, "First")
    with held_at(NOON):
        add_badge(here.freelancer, "top-rated")
        reply_to_announcement(about, None, here.operator, "Ask here.", "staff")
    said(here, about, "Why?")
    staff, member = discussion(about, 1).replies

    assert (staff.number, staff.name, staff.standing, staff.member_since) == (
        1,
        "Olga",
        "operator",
        here.operator.joined,
    )
    assert (member.number, member.name, member.member_since) == (2, "Ana", NOON)
    assert member.standing == "freelancer, top-rated"


def test_replies_are_numbered_through_all_pages(here: Town) -> None:
    about = published(here, "First")
    for number in range(5):
        said(here, about, f"Reply {number}", hours=number)
    second = discussion(about, 2, size=2)

    assert [(view.number, view.reply.text) for view in second.replies] == [
        (3, "Reply 2"),
        (4, "Reply 3"),
    ]
    assert (second.page.pages, second.page.total) == (3, 5)
    assert discussion(about, 99, size=2).page.number == 3


def test_what_is_pinned_stands_on_every_page_the_newest_first(here: Town) -> None:
    about = published(here, "First")
    for number in range(3):
        said(here, about, f"Reply {number}", hours=number)
    with held_at(NOON):
        for text in ("It begins later.", "It begins sooner."):
            pin_update(about, here.operator, text, text)

    for page in (1, 2):
        pinned = [view.reply.text for view in discussion(about, page, size=2).pinned]
        assert pinned == ["It begins sooner.", "It begins later."]


def test_what_was_hidden_keeps_its_place(here: Town) -> None:
    about = published(here, "First")
    rude = said(here, about, "You thieves!")
    said(here, about, "Why?", hours=1)
    with held_at(NOON):
        hide(rude, here.operator, "an insult")

    assert [view.number for view in discussion(about, 1).replies] == [1, 2]


def test_a_discussion_takes_as_many_queries_however_many_have_spoken(
    here: Town, django_assert_max_num_queries: object
) -> None:
    about = published(here, "First")
    for number in range(6):
        said(here, about, f"Reply {number}", hours=number)

    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(discussion(about, 1).replies) == 6
