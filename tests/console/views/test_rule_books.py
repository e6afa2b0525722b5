"""Rule books in the console: read in words and as written, compared, checked and kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from connects.market.members.models import UploadedBook
from connects.policy.shelf import shipped_names, shipped_text
from connects.vocabulary.parties import Role
from tests.acts.rules.test_uploading_rule_books import text
from tests.console.desk import DONE, NOT_THERE, REFUSED, Desk, audited, told
from tests.market.people import Town


def test_every_rule_book_is_listed_and_can_be_read(here: Town) -> None:
    desk = Desk(Role.SUPPORT)
    page = desk.page("rule-books/")

    for name in shipped_names():
        assert f'href="/console/rule-books/{name}/"' in page
        read = desk.page(f"rule-books/{name}/")
        assert "What comes back" in read
        assert "As it is written (TOML)" in read
    assert "Check a new one" not in page


def test_one_is_read_as_tables_in_words_and_as_it_is_written(here: Town) -> None:
    page = Desk(Role.MODERATOR).page("rule-books/upwork-2019-05@1/")

    assert "<caption>What a proposal costs</caption>" in page
    assert "<caption>For example, at average demand</caption>" in page
    assert "connects = { low = 5, high = 6 }" in page
    assert "Source: " in page


def test_two_are_compared_by_what_changes_and_what_examples_cost(here: Town) -> None:
    desk = Desk(Role.POLICY)
    page = desk.page("rule-books/compare/", before="upwork-2018", after="upwork-2019-05")

    assert "<del>" in page
    sentences = page.partition('<table class="texts cards-on-phone">')[2].partition("</table>")[0]
    assert sentences.count("data-label") == 2 * (sentences.count("<tr>") - 1) > 0
    assert 'data-label="upwork-2018@2"' in page or 'data-label="upwork-2018@1"' in page
    same = desk.page("rule-books/compare/", before="fair-2026", after="fair-2026")
    assert "Nothing changes for a freelancer." in same


@pytest.mark.parametrize("name", ["nonsense", "upwork-2018@99", "upwork-2018@x", "%00", "@"])
def test_what_is_not_known_is_not_found(name: str, here: Town) -> None:
    desk = Desk(Role.POLICY)

    desk.page(f"rule-books/{name}/", NOT_THERE)
    desk.page("rule-books/compare/", NOT_THERE, before="fair-2026", after=name)
    desk.page("rule-books/compare/", NOT_THERE)


def test_a_new_one_is_checked_first_and_kept_after(here: Town) -> None:
    desk = Desk(Role.POLICY)
    checked = told(desk.send("rule-books/", act="check", text=text()))
    assert "It is complete" in checked
    assert "Keep our-own@1" in checked
    assert not UploadedBook.objects.exists()

    there = desk.do("rule-books/", act="keep", text=text())
    assert there == "/console/rule-books/our-own@1/"
    assert "our-own@1 is kept." in desk.client.get(there).content.decode()
    assert '<option value="our-own">' in desk.page("accounts/ana/?act=move")
    assert audited("upload-rule-book")[0][:2] == ("rule-book:our-own@1", "policy")


def test_all_that_is_wrong_is_shown_and_the_text_stays(here: Town) -> None:
    page = Desk(Role.POLICY).refused("rule-books/", act="check", text='name = "mine"\nversion = 0')

    assert "This rule book has errors" in page
    assert page.count("<li>rule book: ") > 3
    assert "name = &quot;mine&quot;" in page


def test_a_file_is_read_and_one_that_is_no_text_is_refused(here: Town) -> None:
    desk = Desk(Role.POLICY)
    for content, status, words in (
        (text().encode(), 200, "It is complete"),
        (b"\xff\xfe\x00", REFUSED, "not a text in UTF-8"),
    ):
        file = SimpleUploadedFile("mine.toml", content)
        answer = desk.client.post("/console/rule-books/", {"act": "check", "file": file})
        assert answer.status_code == status
        assert words in answer.content.decode()


def test_more_money_that_costs_less_is_named_on_request(here: Town) -> None:
    falling = shipped_text("upwork-2023").replace("connects = 6", "connects = 2", 1)
    falling = falling.replace('name = "upwork-2023"', 'name = "falling"')
    desk = Desk(Role.POLICY)

    assert "It is complete" in told(desk.send("rule-books/", act="check", text=falling))
    page = desk.refused("rule-books/", act="check", text=falling, monotone="on")
    assert "more money costs less" in page


def test_who_may_not_upload_neither_checks_nor_keeps(here: Town) -> None:
    for act in ("check", "keep"):
        answer = Desk(Role.SUPPORT).send("rule-books/", act=act, text=text())
        assert answer.status_code == NOT_THERE
    taken = Desk(Role.OPERATOR).refused("rule-books/", act="keep", text=shipped_text("fair-2026"))
    assert "this one is taken" in taken
    assert not UploadedBook.objects.exists()


def test_a_kept_one_can_be_kept_again(here: Town) -> None:
    desk = Desk(Role.OPERATOR)
    for _ in range(2):
        assert desk.send("rule-books/", act="keep", text=text()).status_code == DONE
    assert UploadedBook.objects.count() == 1
