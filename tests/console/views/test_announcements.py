"""Announcements: published with their rule book, discussed, and kept civil."""

from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.rules.announce import reply_to_announcement
from connects.market.announcements.models import Announcement, AnnouncementEdit, Reply
from connects.vocabulary.parties import Role
from connects.vocabulary.refusals import Refused
from tests.console.desk import Desk, audited
from tests.market.people import Town

pytestmark = pytest.mark.django_db

FORM: dict[str, object] = {
    "title": "Other rules",
    "introduction": "They are fairer.",
    "rule_book": "fair-2026",
    "effective": "2019-07-01",
}
PAGE = "announcements/other-rules/"


@pytest.fixture
def published(here: Town) -> Announcement:
    Desk(Role.POLICY).do("announcements/", **FORM)
    return Announcement.objects.get()


def asked(here: Town, published: Announcement, text: str = "Why?") -> Reply:
    member = here.user_of(here.freelancer)
    answer = reply_to_announcement(published, here.freelancer, member, text, text[:20])
    assert isinstance(answer, Reply), answer
    return answer


def is_closed(published: Announcement) -> bool:
    return Announcement.objects.get(pk=published.pk).closed


def test_an_announcement_is_published_with_the_rule_book_that_answers_its_questions(
    here: Town, published: Announcement
) -> None:
    assert (published.slug, published.edition.name) == ("other-rules", "fair-2026")
    assert "Other rules" in Desk(Role.MODERATOR).page("announcements/")
    assert audited("announce") == [("announcement:other-rules", "policy", "Other rules")]


@pytest.mark.parametrize(
    "form",
    [
        {"title": ""},
        {"title": "x" * 500},
        {"title": "!!!"},
        {"introduction": ""},
        {"introduction": "x" * 50_000},
        {"rule_book": "no-such-book"},
        {"effective": "soon"},
        {"rollout": "0123456789abcdef"},
    ],
)
def test_an_announcement_that_makes_no_sense_is_not_published(
    here: Town, form: dict[str, object]
) -> None:
    answer = Desk(Role.POLICY).send("announcements/", **{**FORM, **form})

    assert answer.status_code in (200, 409)
    assert not Announcement.objects.exists()


def test_a_title_that_is_taken_is_refused(here: Town, published: Announcement) -> None:
    Desk(Role.POLICY).refused("announcements/", **FORM)

    assert Announcement.objects.count() == 1


def test_moderators_read_announcements_and_have_no_form_to_publish(here: Town) -> None:
    assert 'name="introduction"' in Desk(Role.POLICY).page("announcements/")
    assert 'name="introduction"' not in Desk(Role.MODERATOR).page("announcements/")


def test_a_discussion_is_closed_and_opened(here: Town, published: Announcement) -> None:
    desk = Desk(Role.MODERATOR)

    desk.do(PAGE, act="close")
    assert is_closed(published)
    member = here.user_of(here.freelancer)
    published.refresh_from_db()
    assert not isinstance(
        reply_to_announcement(published, here.freelancer, member, "Why?", "k"), Reply
    )
    desk.do(PAGE, act="open")

    assert not is_closed(published)
    assert [subject for subject, *_ in audited("close-replies")] == ["announcement:other-rules"]
    assert [subject for subject, *_ in audited("open-replies")] == ["announcement:other-rules"]


def test_an_update_is_pinned_once_and_unpinned(here: Town, published: Announcement) -> None:
    desk = Desk(Role.MODERATOR)
    for _ in range(2):
        desk.do(PAGE, act="pin", text="It begins a week later.", key="k1")

    (update,) = Reply.objects.filter(pinned=True)
    assert "It begins a week later." in desk.page(PAGE)
    desk.do(PAGE, act="unpin", reply=update.pk)

    assert not Reply.objects.filter(pinned=True).exists()
    assert len(audited("pin")) == 1


def test_a_reply_is_hidden_with_its_reason_and_keeps_its_place(
    here: Town, published: Announcement
) -> None:
    rude = asked(here, published, "You are all thieves!")
    desk = Desk(Role.MODERATOR)
    desk.do(PAGE, act="hide", reply=rude.pk, reason="an insult")

    rude.refresh_from_db()
    assert rude.hidden_because == "an insult"
    assert audited("hide-reply") == [(f"reply:{rude.pk}", "moderator", "an insult")]
    public = desk.client.get("/announcements/other-rules/").content.decode()
    assert "thieves" not in public
    assert "an insult" in public


@pytest.mark.parametrize(
    "form", [{"act": "hide", "reason": ""}, {"act": "pin", "text": "", "key": "k"}]
)
def test_nothing_is_hidden_or_pinned_without_words(
    here: Town, published: Announcement, form: dict[str, str]
) -> None:
    said = asked(here, published)

    Desk(Role.MODERATOR).refused(PAGE, reply=said.pk, **form)

    said.refresh_from_db()
    assert not said.hidden_because
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 5_000, "-1"])
def test_a_reply_that_is_not_there_is_not_found(
    here: Town, published: Announcement, number: str
) -> None:
    for act in ("hide", "unpin"):
        answer = Desk(Role.OPERATOR).send(PAGE, act=act, reply=number, reason="an insult")
        assert answer.status_code == 404, act


def test_an_act_or_an_announcement_that_is_not_there_is_not_found(
    here: Town, published: Announcement
) -> None:
    desk = Desk(Role.OPERATOR)

    assert desk.send(PAGE, act="explode").status_code == 404
    desk.page("announcements/nothing/", expected=404)


def test_a_draft_is_seen_by_staff_alone_until_it_is_published(here: Town) -> None:
    policy, member = Desk(Role.POLICY), Client()
    assert (
        "This is how it will read"
        in policy.send("announcements/", act="preview", **FORM).content.decode()
    )
    assert not Announcement.objects.exists()
    policy.do("announcements/", act="draft", **FORM)

    assert member.get("/announcements/other-rules/").status_code == 404
    assert b"Other rules" not in member.get("/announcements/").content
    draft = Announcement.objects.get()
    user = here.user_of(here.freelancer)
    assert isinstance(reply_to_announcement(draft, here.freelancer, user, "Hm", "k"), Refused)
    assert "This is a draft" in policy.client.get("/announcements/other-rules/").content.decode()

    changed = {**FORM, "title": "Better rules", "rule_book": "upwork-2023"}
    policy.do(f"{PAGE}edit/", act="publish", **changed)
    body = member.get("/announcements/other-rules/").content.decode()
    assert "Better rules" in body
    assert "This is a draft" not in body
    assert Announcement.objects.get().edition.name == "upwork-2023"
    policy.do(f"{PAGE}edit/", act="discard", sure="on")
    assert Announcement.objects.count() == 1


def test_a_draft_is_thrown_away(here: Town) -> None:
    Desk(Role.POLICY).do("announcements/", act="draft", **FORM)

    Desk(Role.POLICY).do(f"{PAGE}edit/", act="discard", sure="on")

    assert not Announcement.objects.exists()
    assert len(audited("discard-announcement")) == 1


def test_readers_see_that_an_announcement_was_edited_and_what_changed(
    here: Town, published: Announcement
) -> None:
    policy, form = Desk(Role.POLICY), {**FORM, "introduction": "They are much <b>fairer."}
    at_five = published.effective + timedelta(hours=5)
    Announcement.objects.update(effective=at_five)
    for _ in range(2):  # the second changes nothing
        policy.do(f"{PAGE}edit/", act="save", **form)
    assert Announcement.objects.get().effective == at_five, "its day is the same"
    policy.do(f"{PAGE}edit/", act="save", **{**form, "effective": "2019-08-01"})
    policy.refused(f"{PAGE}edit/", act="save", **{**form, "title": "\u200b"})

    body = Client().get("/announcements/other-rules/").content.decode()

    assert AnnouncementEdit.objects.count() == 2
    assert "Edited: see what changed" in body
    assert "<ins>much &lt;b&gt;fairer.</ins>" in body
    assert "<del>1 July 2019</del> <ins>1 August 2019</ins>" in body
    assert Announcement.objects.get().edition.name == "fair-2026"
    assert Desk(Role.MODERATOR).client.get(f"/console/{PAGE}edit/").status_code == 404
