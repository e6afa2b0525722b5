"""Receipts and statements show every name, or say that they could not and where it stands whole."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from connects.acts.money.set_billing_details import set_billing_profile
from connects.acts.purchases import buy as purchases
from connects.bootstrap.clock import held_at
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from connects.web import fonts
from connects.web.pdf import table_pdf
from tests.market.people import NOON, registered

FONTS = Path(__file__).parents[1] / "fonts"
PAGE = "http://127.0.0.1:8000/membership/receipts/"
NOTE = "could not be printed"

SHIPPED = {
    "Polish": "Łukasz Żółć",
    "Vietnamese": "Nguyễn Thị",
    "Greek": "Αθηνά Ψυχή",
    "Cyrillic": "Ольга Щукина Їжак",
    "Arabic": "محمد الفارسي",
    "Persian": "پژمان گچی",
    "Hebrew": "דוד כהן",
}
FURTHER = {"Japanese": "山田　太郎", "Hindi": "क्षितिज शर्मा", "emoji": "👩 Ana 🎉"}


@pytest.fixture(autouse=True)
def no_fonts_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "SYSTEM", ())


@pytest.fixture
def further_fonts(settings: Any) -> None:
    settings.FONTS = (FONTS,)


def printed(pdf: bytes) -> str:
    """The text of a document's first page, as a reader would copy it."""
    paper = pypdfium2.PdfDocument(pdf)
    try:
        first = paper[0]
        text = first.get_textpage()
        said: str = text.get_text_range()
        text.close()
        first.close()
    finally:
        paper.close()
    return said


def boxes(pdf: bytes, sign: str) -> list[tuple[float, float]]:
    """Where a character stands, each time: its left and its right end."""
    paper = pypdfium2.PdfDocument(pdf)
    first = paper[0]
    text = first.get_textpage()
    all_of_them = range(text.count_chars())
    found = [text.get_charbox(i) for i in all_of_them if text.get_text_range(i, 1) == sign]
    text.close()
    first.close()
    paper.close()
    return [(left, right) for left, _, right, _ in found]


def left_of(pdf: bytes, sign: str) -> float:
    return min(left for left, _ in boxes(pdf, sign))


def test_a_number_behind_a_name_from_right_to_left_stands_behind_it() -> None:
    said = table_pdf("Receipt", ("Plan דוד 7 Connects",), (), PAGE)
    of_its_own = table_pdf("Receipt", ("דוד 7",), (), PAGE)

    assert left_of(said, "7") > max(left for left, _ in boxes(said, "ד"))
    assert left_of(of_its_own, "7") < left_of(of_its_own, "ד")


def widths(pdf: bytes, sign: str) -> set[float]:
    return {round(right - left, 1) for left, right in boxes(pdf, sign)}


def is_in(name: str, said: str, times: int = 1) -> bool:
    """Whether all of a name's characters are there; readers differ in the order that they make out."""
    letters = Counter({sign: times * count for sign, count in Counter(name).items() if sign > "~"})
    return letters <= Counter(said)


def document(*names: str) -> bytes:
    return table_pdf("Receipt 2019-000001", names, [("Paid by", names[0])], PAGE)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("script", SHIPPED)
def test_the_font_that_ships_prints_names_of_five_scripts(script: str) -> None:
    said = printed(document(SHIPPED[script]))

    assert is_in(SHIPPED[script], said, times=2)
    assert NOTE not in said


@pytest.mark.parametrize(
    ("name", "first", "last"), [("محمد الفارسي", "ح", "ي"), ("דוד כהן", "ו", "ן")]
)
def test_what_is_written_from_right_to_left_stands_so(name: str, first: str, last: str) -> None:
    pdf = document(name)

    assert left_of(pdf, last) < left_of(pdf, first)


def test_arabic_letters_have_the_forms_of_their_places() -> None:
    """Alone, a letter is as wide everywhere (in two sizes of type); within a word it is not."""
    assert len(widths(document("ب ب ب"), "ب")) == 2
    assert len(widths(document("ببب"), "ب")) > 2


@pytest.mark.parametrize("script", FURTHER)
def test_further_scripts_are_printed_by_fonts_of_the_operators_folder(
    script: str, further_fonts: None
) -> None:
    said = printed(document(FURTHER[script]))

    assert is_in(FURTHER[script].replace("\u3000", ""), said)
    assert NOTE not in said


def test_the_systems_noto_fonts_are_found_by_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "SYSTEM", (FONTS.parent,))

    assert NOTE not in printed(document(*FURTHER.values()))


@pytest.mark.parametrize("script", FURTHER)
def test_a_document_says_what_it_could_not_print_and_where_it_is_whole(script: str) -> None:
    said = " ".join(printed(document(FURTHER[script])).split())

    assert NOTE in said
    assert PAGE in said
    assert "shows it whole" in said
    assert fonts.REPLACEMENT in said


@pytest.mark.parametrize("content", [b"", b"\0\1\0\0\0\xff", b"OTTO", b"ttcf" + b"\xff" * 40])
def test_a_file_that_is_no_font_is_passed_over(
    content: bytes, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "evil.ttf").write_bytes(content)
    settings.FONTS = (tmp_path, tmp_path / "none", FONTS)

    assert NOTE not in printed(document(*FURTHER.values()))


def test_a_font_that_breaks_while_it_is_used_leaves_a_receipt_that_says_so(
    further_fonts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(self: object, glyph: object) -> None:
        raise AttributeError("data")

    monkeypatch.setattr("fpdf.font_type_3.CBDTColorFont.load_glyph_image", breaks)

    assert NOTE in printed(document(FURTHER["emoji"]))


def test_the_fonts_that_ship_are_small_and_come_with_their_licence() -> None:
    shipped = [*fonts.SHIPPED.parent.iterdir()]

    assert sum(file.stat().st_size for file in shipped) < 2_000_000
    assert "Bitstream" in (fonts.SHIPPED.parent / "LICENSE.txt").read_text()


@pytest.fixture
def yuki() -> Iterator[Account]:
    with held_at(NOON):
        account = registered("yuki", AccountKind.FREELANCER)
        Account.objects.filter(pk=account.pk).update(name="山田 太郎")
        set_billing_profile(
            account, name="山田 太郎 & دوستان", address="東京都", country="JP", tax_number=""
        )
        assert isinstance(purchases.order(account, 10, "first"), Purchase)
        yield account


@pytest.mark.django_db
def test_the_receipts_page_shows_whole_what_its_pdf_points_to(yuki: Account) -> None:
    document = yuki.documents.get()
    client = Client()
    client.force_login(
        yuki.memberships.get().user, backend="django.contrib.auth.backends.ModelBackend"
    )
    page = f"/membership/receipts/{document.series}/{document.number}/"

    said = printed(client.get(f"{page.rstrip('/')}.pdf").content)
    shown = client.get(page).content.decode()
    statement = printed(client.get("/membership/statement.pdf").content)

    assert page in without_blanks(said)
    assert "山田 太郎 &amp; دوستان" in shown
    assert "東京都" in shown
    assert document.label in shown
    assert "/membership/statement/?month=2019-05" in without_blanks(statement)
    assert "山田 太郎" in client.get("/membership/statement/?month=2019-05").content.decode()


@pytest.mark.django_db
def test_nobody_sees_the_receipt_of_another(yuki: Account) -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
    document = yuki.documents.get()
    client = Client()
    client.force_login(
        ana.memberships.get().user, backend="django.contrib.auth.backends.ModelBackend"
    )

    page = f"/membership/receipts/{document.series}/{document.number}/"
    assert client.get(page).status_code == 404
