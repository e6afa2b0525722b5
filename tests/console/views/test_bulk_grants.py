"""Grants from a file: every bad row is shown with its line, and nothing is half done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from connects.bootstrap.journals import journal
from connects.market.corrections.models import Correction
from connects.vocabulary.parties import Role
from tests.console.desk import DONE, REFUSED, Desk, told
from tests.market.people import Town

HEAD = "handle,credits,reason,expires\n"


def tried(desk: Desk, table: str | bytes, act: str = "try") -> tuple[int, str]:
    content = table if isinstance(table, bytes) else table.encode()
    file = SimpleUploadedFile("grants.csv", content, "text/csv")
    answer = desk.client.post("/console/corrections/from-a-file/", {"act": act, "file": file})
    return answer.status_code, told(answer)  # type: ignore[arg-type]


BAD_ROWS = [
    ("nobody,5,an outage,", "We could not find that person."),
    ("ana,five,an outage,", "enter a whole number"),
    ("ana,-5,an outage,", "enter a whole number"),
    ("ana,5,,", "Reason: fill this in"),
    ("ana,5,an outage,soon", "a date and time in UTC"),
    ("ana,5,an outage,2019-01-01", "still to come"),
    ("ana,5,an outage,,and more,cells", "more cells"),
    ("acme,5,an outage,", "wallet"),
    ("an\x00a,5,an outage,", "We could not find that person."),
    ("ana,5,an\x00outage,", "characters that cannot be shown"),
    (f"{'a' * 300},5,an outage,", "We could not find that person."),
    ("ana", "enter a whole number"),
    ("ana,,an outage,", "enter a whole number"),
    ("ana,99999999999,an outage,", "enter a whole number"),
]


@pytest.mark.parametrize(("row", "words"), BAD_ROWS, ids=[row for row, _ in BAD_ROWS])
def test_a_bad_row_is_shown_with_its_line_and_no_other_is_granted(
    row: str, words: str, here: Town
) -> None:
    desk = Desk(Role.SUPPORT)
    before = journal().wallet(here.agency.pk).balance
    for act in ("try", "grant"):
        status, page = tried(desk, f"{HEAD}studio,5,an outage,\n{row}\n", act)

        assert status == REFUSED
        assert "1 of 2 rows cannot be granted, so none was." in page
        assert words in page
        assert '<th scope="row">3</th>' in page
    assert journal().wallet(here.agency.pk).balance == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "table", ["", "handle,credits\nana,5\n", b"\xff\xfe\x00", HEAD, 'handle,credits,reason\n"ana']
)
def test_what_is_no_table_is_refused_whole(table: str | bytes, here: Town) -> None:
    status, page = tried(Desk(Role.SUPPORT), table)

    assert status == REFUSED
    assert 'role="alert"' in page


def test_heads_are_read_however_they_are_written(here: Town) -> None:
    status, page = tried(Desk(Role.SUPPORT), "Handle , CREDITS,Reason\nana,5,an outage\n")

    assert status == 200
    assert "Grant 5 Connects in 1 row" in page


def test_an_account_is_known_by_the_address_of_its_person_too(here: Town) -> None:
    desk, table = Desk(Role.SUPPORT), f"{HEAD}Ana@test.example,5,an outage,\n"
    before = journal().wallet(here.freelancer.pk).balance
    assert tried(desk, table)[0] == 200
    desk.do("corrections/from-a-file/", act="grant", table=table)

    assert journal().wallet(here.freelancer.pk).balance == before + 5
    assert tried(desk, f"{HEAD}acme@test.example,5,an outage,\n")[0] == REFUSED
    desk.do("corrections/from-a-file/", act="grant", table=f"{HEAD}ana,5,an outage,\n")
    assert journal().wallet(here.freelancer.pk).balance == before + 5
    twice = f"{HEAD}ana,6,an outage,\nana@test.example,6,an outage,\n"
    assert "says the same as one before it" in tried(desk, twice)[1]


def test_a_good_table_says_its_sum_before_and_after(here: Town) -> None:
    desk, table = Desk(Role.SUPPORT), f"{HEAD}ana,5,an outage,\nstudio,2000,an outage,\n"
    _, page = tried(desk, table)
    assert "Grant 2,005 Connects in 2 rows" in page
    assert not Correction.objects.exists()

    answer = desk.send("corrections/from-a-file/", act="grant", table=table)
    assert answer.status_code == DONE
    page = desk.page("corrections/")
    assert "5 Connects granted in 1 row. 1 wait for a second person." in page
    desk.send("corrections/from-a-file/", act="grant", table=table)
    assert "2 had been asked for before." in desk.page("corrections/")
