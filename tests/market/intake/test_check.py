"""Every difference of an import is named: its file, its line, its field."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connects.bootstrap.clock import held_at
from connects.market.books.models import MonthClose
from connects.market.intake.check import Checked, check
from connects.market.intake.differences import MANIFEST, SENTENCES, Code, Difference
from connects.market.intake.fields import SHAPES
from connects.market.intake.lines import LINE_MOST
from connects.market.intake.models import Import, ImportState
from connects.market.intake.staging import staging
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from tests.architecture.sources import ROOT
from tests.market.intake.folders import Folder, lot
from tests.market.people import registered

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
Spoil = Callable[[Folder], object]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "cutover")


def differences(folder: Path) -> tuple[list[Difference], Checked | None]:
    found: list[Difference] = []
    with held_at(NOW), staging() as staged:
        checked = check(folder, staged, found.append, NOW, lambda _: None)
    return found, checked


def places(folder: Path) -> list[tuple[str, int | None, str, str]]:
    found, _ = differences(folder)
    return [(each.file, each.line, each.field, each.code.value) for each in found]


def changed(shape: str, line: int, **values: Any) -> Spoil:
    """A line (the first is 1) that says something else."""
    return lambda folder: getattr(folder, shape)[line - 1].update(values)


def without(shape: str, line: int, name: str) -> Spoil:
    return lambda folder: getattr(folder, shape)[line - 1].pop(name)


def further(shape: str, **values: Any) -> Spoil:
    return lambda folder: getattr(folder, shape).append(values)


LINE_FAULTS: dict[str, tuple[Spoil, tuple[str, int, str, Code]]] = {
    "an account twice": (
        lambda folder: folder.accounts.append(dict(folder.accounts[0])),
        ("accounts.jsonl", 5, "account", Code.ACCOUNT_TWICE),
    ),
    "an id with a blank": (
        changed("accounts", 3, account="u 8"),
        ("accounts.jsonl", 3, "account", Code.NOT_AN_ID),
    ),
    "a kind of account that there is not": (
        changed("accounts", 3, kind="robot"),
        ("accounts.jsonl", 3, "kind", Code.UNKNOWN_KIND),
    ),
    "a country in words": (
        changed("accounts", 1, country="Portugal"),
        ("accounts.jsonl", 1, "country", Code.NOT_A_COUNTRY),
    ),
    "a name that turns the line round": (
        changed("accounts", 1, name="A\u202ena"),
        ("accounts.jsonl", 1, "name", Code.HIDDEN_CHARACTERS),
    ),
    "a name without a letter": (
        changed("accounts", 1, name="…"),
        ("accounts.jsonl", 1, "name", Code.NOT_A_NAME),
    ),
    "a registration after the instant": (
        changed("accounts", 1, registered_at="2026-11-01T00:00:01Z"),
        ("accounts.jsonl", 1, "registered_at", Code.IN_THE_FUTURE),
    ),
    "a rule book that there is not": (
        changed("accounts", 2, rule_book="upwork-1066"),
        ("accounts.jsonl", 2, "rule_book", Code.RULE_BOOK_UNKNOWN),
    ),
    "yes as a word": (
        changed("accounts", 4, payment_verified="yes"),
        ("accounts.jsonl", 4, "payment_verified", Code.NOT_YES_OR_NO),
    ),
    "a lot twice": (
        lambda folder: folder.lots.append(dict(folder.lots[1])),
        ("lots.jsonl", 5, "lot", Code.LOT_TWICE),
    ),
    "a lot of nobody": (
        changed("lots", 2, account="u-9"),
        ("lots.jsonl", 2, "account", Code.ACCOUNT_UNKNOWN),
    ),
    "a lot of a client": (
        changed("lots", 2, account="c-1"),
        ("lots.jsonl", 2, "account", Code.WRONG_KIND),
    ),
    "a kind of lot that there is not": (
        changed("lots", 2, kind="gift"),
        ("lots.jsonl", 2, "kind", Code.UNKNOWN_KIND),
    ),
    "no Connects": (
        changed("lots", 2, credits=0),
        ("lots.jsonl", 2, "credits", Code.NOT_A_WHOLE_NUMBER),
    ),
    "half a Connect": (
        changed("lots", 2, credits=7.5),
        ("lots.jsonl", 2, "credits", Code.NOT_A_WHOLE_NUMBER),
    ),
    "a number in words": (
        changed("lots", 2, credits="80"),
        ("lots.jsonl", 2, "credits", Code.NOT_A_WHOLE_NUMBER),
    ),
    "more left than there were": (
        changed("lots", 1, of=30),
        ("lots.jsonl", 1, "credits", Code.MORE_THAN_OF),
    ),
    "a cost below nothing": (
        changed("lots", 1, cost_cents=-1),
        ("lots.jsonl", 1, "cost_cents", Code.NOT_A_WHOLE_NUMBER),
    ),
    "a purchase without its cost": (
        lambda folder: folder.lots[0].update(cost_cents=None),
        ("lots.jsonl", 1, "cost_cents", Code.MISSING),
    ),
    "another currency": (
        changed("lots", 1, currency="EUR"),
        ("lots.jsonl", 1, "currency", Code.OTHER_CURRENCY),
    ),
    "an instant without a zone": (
        changed("lots", 1, issued="2026-03-01T00:00:00"),
        ("lots.jsonl", 1, "issued", Code.NO_ZONE),
    ),
    "a day that no month has": (
        changed("lots", 1, issued="2026-02-30T00:00:00Z"),
        ("lots.jsonl", 1, "issued", Code.NOT_AN_INSTANT),
    ),
    "a lot from after the instant": (
        changed("lots", 1, issued="2026-11-01T00:00:00.000001Z"),
        ("lots.jsonl", 1, "issued", Code.ISSUED_LATER),
    ),
    "a lot that has ended": (
        changed("lots", 1, expires="2026-11-01T00:00:00Z"),
        ("lots.jsonl", 1, "expires", Code.EXPIRED_ALREADY),
    ),
    "a lot that ends before it begins": (
        changed("lots", 1, expires="2026-02-01T00:00:00Z"),
        ("lots.jsonl", 1, "expires", Code.EXPIRES_BEFORE_ISSUED),
    ),
    "no word of an end": (
        without("lots", 3, "expires"),
        ("lots.jsonl", 3, "expires", Code.MISSING),
    ),
    "more than a wallet holds": (
        changed("lots", 1, credits=2**31 - 1, of=None),
        ("lots.jsonl", 1, "credits", Code.AMOUNT_TOO_LARGE),
    ),
    "a field that cannot come in": (
        changed("lots", 4, debt=3),
        ("lots.jsonl", 4, "debt", Code.UNKNOWN_FIELD),
    ),
    "a record twice": (
        further("client_records", account="c-1", posts_ended=1),
        ("client_records.jsonl", 2, "account", Code.RECORD_TWICE),
    ),
    "a record of a freelancer": (
        further("client_records", account="u-7", posts_ended=1),
        ("client_records.jsonl", 2, "account", Code.WRONG_KIND),
    ),
    "more hires than ended": (
        changed("client_records", 1, hires=13),
        ("client_records.jsonl", 1, "hires", Code.MORE_THAN_ENDED),
    ),
    "no word of how many ended": (
        without("client_records", 1, "posts_ended"),
        ("client_records.jsonl", 1, "posts_ended", Code.MISSING),
    ),
}


@pytest.mark.parametrize("fault", LINE_FAULTS)
def test_a_planted_fault_of_a_line_is_named_by_file_line_and_field(
    folder: Folder, fault: str
) -> None:
    spoil, place = LINE_FAULTS[fault]
    spoil(folder)

    assert place in places(folder.write())


def test_twenty_faults_planted_at_once_are_all_found(folder: Folder) -> None:
    folder.accounts += [{"account": f"w-{n}", "kind": "freelancer"} for n in range(40)]
    good = [lot(f"G-{n}", f"w-{n}") for n in range(40)]
    faults: list[tuple[dict[str, Any], str]] = [
        ({"account": "w 1"}, "account"),
        ({"account": "nobody"}, "account"),
        ({"account": "c-1"}, "account"),
        ({"lot": "G-0"}, "lot"),
        ({"lot": ""}, "lot"),
        ({"kind": "gift"}, "kind"),
        ({"kind": "None"}, "kind"),
        ({"credits": 0}, "credits"),
        ({"credits": -3}, "credits"),
        ({"credits": 1.5}, "credits"),
        ({"credits": True}, "credits"),
        ({"credits": 11, "of": 10}, "credits"),
        ({"of": 0}, "of"),
        ({"cost_cents": None}, "cost_cents"),
        ({"cost_cents": "1.50"}, "cost_cents"),
        ({"currency": "EUR"}, "currency"),
        ({"issued": "yesterday"}, "issued"),
        ({"issued": "2026-05-01T00:00:00"}, "issued"),
        ({"issued": "2026-12-24T00:00:00Z"}, "issued"),
        ({"expires": "2026-10-31T23:59:59Z"}, "expires"),
        ({"expires": "2026-04-01T00:00:00Z"}, "expires"),
        ({"note": "hello"}, "note"),
    ]
    for number, (values, _) in enumerate(faults):
        good[number] = good[number] | {"lot": f"B-{number}"} | values
    folder.lots = [lot("G-0", "w-39"), *good]
    folder.manifest["totals"] = {"credits": 1}

    found, _ = differences(folder.write())

    planted = {(number + 2, name) for number, (_, name) in enumerate(faults)}
    assert {(each.line, each.field) for each in found if each.file == "lots.jsonl"} == planted


MANIFEST_FAULTS: dict[str, tuple[dict[str, Any], str, Code]] = {
    "no name": ({"name": None}, "name", Code.MISSING),
    "a name with a way out": ({"name": "../x"}, "name", Code.NOT_AN_ID),
    "an instant that is to come": ({"as_of": "2026-11-03T00:00:00Z"}, "as_of", Code.IN_THE_FUTURE),
    "another mode": ({"mode": "history"}, "mode", Code.MODE_UNKNOWN),
    "a field of its own": ({"tenant": 1}, "tenant", Code.UNKNOWN_FIELD),
    "no totals": ({"totals": None}, "totals", Code.MISSING),
    "a list of files": ({"files": []}, "files", Code.NOT_A_TABLE),
    "a file that is not there": (
        {"files": {"lots.csv": {"lines": 1}}},
        "files.lots.csv",
        Code.FILE_MISSING,
    ),
    "a file elsewhere": (
        {"files": {"../lots.jsonl": {"lines": 1}}},
        "files.../lots.jsonl",
        Code.FILE_UNKNOWN,
    ),
    "fewer lines": (
        {"files": {"lots.jsonl": {"lines": 3}}},
        "files.lots.jsonl.lines",
        Code.LINES_DIFFER,
    ),
    "another file": (
        {"files": {"lots.jsonl": {"lines": 4, "sha256": "0" * 64}}},
        "files.lots.jsonl.sha256",
        Code.DIGEST_DIFFERS,
    ),
    "no digest": (
        {"files": {"lots.jsonl": {"lines": 4, "sha256": "12"}}},
        "files.lots.jsonl.sha256",
        Code.NOT_A_DIGEST,
    ),
    "another sum": ({"totals": {"credits": 126}}, "totals.credits", Code.TOTAL_DIFFERS),
    "another number of wallets": (
        {"totals": {"credits": 127, "wallets": 4}},
        "totals.wallets",
        Code.TOTAL_DIFFERS,
    ),
    "another cost": (
        {"totals": {"credits": 127, "cost_cents": 1}},
        "totals.cost_cents",
        Code.TOTAL_DIFFERS,
    ),
    "another share of a kind": (
        {"totals": {"credits": 127, "by_kind": {"plan": 81}}},
        "totals.by_kind.plan",
        Code.TOTAL_DIFFERS,
    ),
    "a kind that there is not": (
        {"totals": {"credits": 127, "by_kind": {"gift": 1}}},
        "totals.by_kind.gift",
        Code.UNKNOWN_KIND,
    ),
}


@pytest.mark.parametrize("fault", MANIFEST_FAULTS)
def test_a_planted_fault_of_the_manifest_is_named(folder: Folder, fault: str) -> None:
    folder.manifest, field, code = MANIFEST_FAULTS[fault]

    assert (MANIFEST, None, field, code) in places(folder.write())


@pytest.mark.parametrize("text", [None, "", "[]", "{", '"x"', "\x00", "[" * 100_000])
def test_a_manifest_that_is_none_is_named(folder: Folder, text: str | None) -> None:
    path = folder.write() / MANIFEST
    path.unlink() if text is None else path.write_text(text)

    found, checked = differences(folder.path)

    assert checked is None
    assert [each.file for each in found] == [MANIFEST]


LINES_THAT_CANNOT_BE_READ = {
    b'{"account": \n': Code.UNREADABLE,
    b"[1]\n": Code.UNREADABLE,
    b"NaN\n": Code.UNREADABLE,
    b'{"lot": "a", "lot": "b"}\n': Code.UNREADABLE,
    b'{"lot": ' + b"9" * 5_000 + b"}\n": Code.UNREADABLE,
    b"[" * 50_000 + b"\n": Code.UNREADABLE,
    b'{"lot": "\xff"}\n': Code.NOT_UTF_8,
    b'{"lot": "' + b"a" * LINE_MOST + b'"}\n': Code.LINE_TOO_LONG,
}


@pytest.mark.parametrize("line", LINES_THAT_CANNOT_BE_READ, ids=lambda line: line[:12])
def test_a_line_that_cannot_be_read_hides_no_other(folder: Folder, line: bytes) -> None:
    path = folder.write() / "lots.jsonl"
    before = path.read_bytes()
    path.write_bytes(before + line + b'{"lot": "next"}\n')
    found = places(folder.path)

    assert ("lots.jsonl", 5, "", LINES_THAT_CANNOT_BE_READ[line]) in found
    assert ("lots.jsonl", 6, "account", Code.MISSING) in found


CSV_FAULTS = {
    b"u-7,L-2,purchase": (2, "", Code.WRONG_NUMBER_OF_CELLS),
    b"u-7,L\xff,purchase,1,1,2026-03-01T00:00:00Z,": (2, "", Code.NOT_UTF_8),
    b"u-7,L-2,purchase,1e3,1,2026-03-01T00:00:00Z,": (2, "credits", Code.NOT_A_WHOLE_NUMBER),
    b'u-7,"L"-2,purchase,1,1,2026-03-01T00:00:00Z,': (2, "", Code.UNREADABLE),
}


@pytest.mark.parametrize("line", CSV_FAULTS)
def test_a_fault_in_csv_is_named(tmp_path: Path, line: bytes) -> None:
    folder = Folder(tmp_path / "csv", ending="csv")
    header = b"account,lot,kind,credits,cost_cents,issued,expires\r\n"
    (folder.write() / "lots.csv").write_bytes(header + line + b"\r\n")

    assert ("lots.csv", *CSV_FAULTS[line]) in places(folder.path)


@pytest.mark.parametrize(
    "name", ["lots.csv", "lots.jsonl.gz", "LOTS.JSONL", "lots.txt", "lots2.csv", "more.ndjson"]
)
def test_a_file_that_looks_as_if_it_should_come_in_must_be_named(folder: Folder, name: str) -> None:
    folder.write()
    (folder.path / name).write_bytes(b"")
    (folder.path / "README.md").write_text("How this was made")

    assert places(folder.path) == [(name, None, "", Code.FILE_NOT_NAMED)]


@pytest.mark.parametrize(
    ("header", "field", "code"),
    [
        ("account,lot".encode("utf-16"), "", Code.NOT_UTF_8),
        (b"account,l\xf6t", "", Code.NOT_UTF_8),
        (b"account,\x1b[31m", r"\x1b[31m", Code.UNKNOWN_FIELD),
    ],
)
def test_a_header_that_is_not_text_of_ours_is_told_as_it_can_be_printed(
    tmp_path: Path, header: bytes, field: str, code: Code
) -> None:
    folder = Folder(tmp_path / "csv", ending="csv")
    (folder.write() / "lots.csv").write_bytes(header + b"\r\n")

    assert ("lots.csv", 1, field, code) in places(folder.path)


def test_a_digest_may_be_written_in_capitals(folder: Folder) -> None:
    told = json.loads((folder.write() / "manifest.json").read_text())
    for each in told["files"].values():
        each["sha256"] = each["sha256"].upper()
    (folder.path / "manifest.json").write_text(json.dumps(told))

    assert places(folder.path) == []


def test_an_account_has_one_id(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "json")
    folder.accounts[2]["id"] = "u-9"
    as_csv = Folder(tmp_path / "csv", ending="csv")
    as_csv.accounts[2]["id"] = "u-9"

    assert places(folder.write()) == [("accounts.jsonl", 3, "id", Code.UNKNOWN_FIELD)]
    assert places(as_csv.write()) == [("accounts.csv", 1, "id", Code.UNKNOWN_FIELD)]


def test_a_cell_with_a_line_break_is_part_of_one_line(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "csv", ending="csv")
    folder.accounts[0]["name"] = "Ana\nLima"

    assert places(folder.write()) == [("accounts.csv", 2, "name", Code.HIDDEN_CHARACTERS)]


def test_a_header_says_what_is_wrong_once(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "csv", ending="csv")
    (folder.write() / "lots.csv").write_text("account,lot,lot,kind,debt\r\na,b,c,d,e\r\n" * 2)

    assert {place for place in places(folder.path) if place[0] == "lots.csv"} == {
        ("lots.csv", 1, "lot", Code.COLUMN_TWICE),
        ("lots.csv", 1, "debt", Code.UNKNOWN_FIELD),
        ("lots.csv", 1, "credits", Code.MISSING),
        ("lots.csv", 1, "issued", Code.MISSING),
        ("lots.csv", 1, "expires", Code.MISSING),
    }


def test_who_is_here_already_must_be_the_same(folder: Folder) -> None:
    with held_at(NOW):
        Account.objects.filter(pk=registered("ana", AccountKind.FREELANCER).pk).update(
            external_id="u-7"
        )
        Account.objects.filter(pk=registered("acme", AccountKind.CLIENT).pk).update(
            external_id="c-1", told_posts_ended=5, told_left_open=3, told_hires=6
        )
    found = places(folder.write())

    assert ("accounts.jsonl", 1, "registered_at", Code.ALREADY_DIFFERENT) in found
    assert ("accounts.jsonl", 4, "payment_verified", Code.ALREADY_DIFFERENT) in found
    assert ("client_records.jsonl", 1, "posts_ended", Code.ALREADY_DIFFERENT) in found
    # A newcomer's gift has moved their wallet.
    assert ("lots.jsonl", 1, "account", Code.WALLET_IN_USE) in found


def test_a_name_is_for_one_import(folder: Folder) -> None:
    row = Import.objects.create(
        name="cutover", digest="0", as_of=NOW, accounts_in_all=0, lots_in_all=0, began=NOW
    )
    taken = places(folder.write())
    Import.objects.filter(pk=row.pk).update(state=ImportState.UNDONE)
    undone = places(folder.path)

    assert taken == [(MANIFEST, None, "name", Code.NAME_TAKEN)]
    assert undone == [(MANIFEST, None, "name", Code.NAME_UNDONE)]


def test_a_closed_month_is_not_opened_again(folder: Folder) -> None:
    MonthClose.objects.create(month="2026-11-01", figures={}, made=NOW)

    assert places(folder.write()) == [(MANIFEST, None, "as_of", Code.MONTH_CLOSED)]


def test_the_summary_says_what_comes_in_and_what_happens_next(folder: Folder) -> None:
    folder.lots[1]["credits"] = 900
    found, checked = differences(folder.write())

    assert found == []
    assert checked is not None
    told = checked.summary
    assert (told.accounts, told.wallets, told.lots, told.credits) == (4, 3, 4, 947)
    assert (told.told_cents, told.cost_cents) == (855, 780)
    assert (told.ending_soon, told.over_limit) == (1, 1)


def test_the_check_changes_nothing(folder: Folder) -> None:
    differences(folder.write())

    assert not Account.objects.exists()
    assert not Import.objects.exists()


def test_a_file_may_begin_with_a_byte_order_mark_and_have_blank_lines(folder: Folder) -> None:
    path = folder.write() / "accounts.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b"\n  \n")
    folder.write_manifest()
    manifest = folder.path / MANIFEST
    manifest.write_bytes(b"\xef\xbb\xbf" + manifest.read_bytes())

    assert places(folder.path) == []


def test_a_manifest_says_each_thing_once(folder: Folder) -> None:
    path = folder.write() / MANIFEST
    path.write_text(path.read_text().replace('"credits": 127', '"credits": 1, "credits": 127'))

    (difference,), checked = differences(folder.path)

    assert (difference.code, checked) == (Code.UNREADABLE, None)
    assert "a field is there twice" in str(difference)


def test_every_code_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Code)


def test_a_difference_tells_its_place_its_fault_and_its_code(folder: Folder) -> None:
    folder.lots[0]["credits"] = 0
    found, _ = differences(folder.write())

    assert str(found[0]) == (
        "lots.jsonl:1: credits: it must be a whole number from 1 to 2,147,483,647 [not_a_whole_number]"
    )
    assert json.loads((folder.path / MANIFEST).read_text())["mode"] == "opening"


def test_every_code_and_field_is_documented() -> None:
    page = (ROOT / "docs/coming-in.md").read_text()
    fields = {name for shape in SHAPES.values() for name in shape}

    assert [code for code in Code if f"`{code}`" not in page] == []
    assert [name for name in fields if f'"{name}"' not in page] == []


def test_the_documented_example_comes_in(tmp_path: Path) -> None:
    page = (ROOT / "docs/coming-in.md").read_text()
    manifest, *files = re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    told = json.loads(manifest)
    del told["files"]["accounts.jsonl"]["sha256"]
    (tmp_path / MANIFEST).write_text(json.dumps(told))
    for name, lines in zip(told["files"], files, strict=True):
        (tmp_path / name).write_text(lines)

    assert places(tmp_path) == []
