"""Signed roots: what members can hold against us, and what we can no longer change."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.roots import make_todays_root
from connects.journal.databases.choose import store_of
from connects.journal.models import Root, RootPage
from connects.journal.port import Record
from connects.journal.post import Journal
from connects.journal.proof.roots import make
from connects.journal.proof.roots.check import verify_roots
from connects.journal.proof.roots.inclusion import inclusion_of, proof_document
from connects.journal.proof.roots.signing import Signer, is_signed, signer_from
from connects.journal.proof.roots.tree import (
    DEPTH,
    EMPTY,
    PAGE_DEPTH,
    Leaf,
    node_hash,
    path_in,
    root_over,
    top_of,
)
from connects.ledger.commands import Issue, Spend
from connects.ledger.lots import LotKind
from connects.web.static.web import check_statement
from tests.market.people import NOON, town

NOW = datetime(2019, 5, 20, 9, 0, 0, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
SCRIPT = Path(check_statement.__file__)
IDS = st.dictionaries(st.integers(1, 2**63 - 1) | st.integers(1, 5_000), st.integers(1, 99))


def folded(leaf: Leaf, path: tuple[bytes, ...]) -> bytes:
    """The root to which a leaf's path leads."""
    found, wallet = leaf.hash(), leaf.wallet
    for sibling in path:
        found = node_hash(sibling, found) if wallet & 1 else node_hash(found, sibling)
        wallet >>= 1
    return found


@pytest.fixture
def signer() -> Signer:
    return Signer(Ed25519PrivateKey.generate())


@pytest.fixture
def posted(db: None) -> Journal:
    made = Journal(store_of())
    made.store.open_wallets([1, 2, 3, 5_000])
    frame: dict[str, Any] = {"reference": "é|:test", "rule_book": "test@1", "effective": NOW}
    for wallet in (1, 2, 5_000):
        lot: dict[str, Any] = {
            "kind": LotKind.PURCHASE,
            "credits": 20,
            "cost_cents": 300,
            "expires": NOW + 365 * DAY,
        }
        made.post(
            [
                Issue(wallet=wallet, key="issue", **frame, **lot),
                Spend(wallet=wallet, key="spend", **frame, credits=6),
            ],
            NOW,
        )
    return made


def spend(made: Journal, wallet: int, key: str) -> None:
    moment = NOW + DAY
    command = Spend(
        wallet=wallet, key=key, reference="x", rule_book="test@1", effective=moment, credits=1
    )
    made.post([command], moment)


def proof_file(made: Journal, folder: Path, wallet: int, number: int | None = None) -> Path:
    found = inclusion_of(made, wallet, number)
    assert found is not None
    file = folder / "proof.json"
    file.write_text("".join(proof_document(found, made.records(wallet))))
    return file


def checked(file: Path, *more: str, alone: bool = True) -> subprocess.CompletedProcess[str]:
    """What the script says; `alone`: without any installed package, in an empty folder."""
    program = [sys.executable, *(["-I", "-S"] if alone else []), str(SCRIPT), str(file), *more]
    return subprocess.run(program, cwd=file.parent, capture_output=True, text=True, check=False)


@given(IDS)
def test_every_path_leads_to_the_root_over_all_wallets(numbers: dict[int, int]) -> None:
    leaves = [Leaf(wallet, number, bytes([number]) * 32) for wallet, number in numbers.items()]
    level = {leaf.wallet: leaf.hash() for leaf in leaves}
    root = top_of(level, DEPTH)

    pages = {
        page: top_of({w % 1024: h for w, h in level.items() if w >> PAGE_DEPTH == page}, PAGE_DEPTH)
        for page in {wallet >> PAGE_DEPTH for wallet in level}
    }
    assert root_over(pages) == root
    for leaf in leaves[:5]:
        path = path_in(level, leaf.wallet, DEPTH)
        assert folded(leaf, path) == root
        assert folded(leaf._replace(number=leaf.number + 1), path) != root
        assert folded(leaf._replace(wallet=leaf.wallet ^ 1), path) != root


def test_a_tree_without_wallets_is_empty() -> None:
    assert root_over({}) == EMPTY


def test_a_day_has_one_root_and_each_names_the_one_before(posted: Journal, signer: Signer) -> None:
    first = make.make_root(posted, signer, NOW)
    assert make.make_root(posted, signer, NOW + timedelta(hours=1)) is None
    second = make.make_root(posted, signer, NOW + DAY)

    assert first is not None
    assert second is not None
    assert (first.wallets, second.number) == (3, 2)
    assert second.previous == make.statement_of(first).digest()
    assert is_signed(make.statement_of(second), signer.public, bytes(second.signature))
    assert [proof.breaches for proof in verify_roots(posted)] == [(), ()]


def test_of_two_workers_that_make_a_root_at_once_one_has_made_it(
    posted: Journal, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make.make_root(posted, signer, NOW)
    monkeypatch.setattr(make, "newest_root", lambda: None)  # as the other one saw it a moment ago

    assert make.make_root(posted, signer, NOW) is None
    assert [bytes(root.root) for root in Root.objects.all()] == [first and first.root]
    assert [proof.breaches for proof in verify_roots(posted)] == [()]


def test_a_page_that_did_not_change_is_kept_once(posted: Journal, signer: Signer) -> None:
    make.make_root(posted, signer, NOW)
    spend(posted, 5_000, "more")

    make.make_root(posted, signer, NOW + DAY)

    pages = RootPage.objects.order_by("root_id", "page").values_list("root_id", "page")
    assert list(pages) == [(1, 0), (1, 4), (2, 4)]


def test_a_member_can_check_their_statement_with_nothing_but_python(
    posted: Journal, signer: Signer, tmp_path: Path
) -> None:
    made = make.make_root(posted, signer, NOW)
    assert made is not None
    spend(posted, 2, "after the root")
    file = proof_file(posted, tmp_path, 2)

    told = checked(file, "--root", made.root.hex(), "--key", signer.public.hex())

    assert told.returncode == 0, told.stdout + told.stderr
    assert "2 lines" in told.stdout
    assert "balance after it: 14 Connects" in told.stdout
    assert f"over 3 wallets: {made.root.hex()}" in told.stdout
    assert "not checked" in told.stdout
    assert "signature: valid" in checked(file, alone=False).stdout


def test_an_older_root_is_proved_as_long_as_its_pages_are_kept(
    posted: Journal, signer: Signer, tmp_path: Path
) -> None:
    made = make.make_root(posted, signer, NOW)
    assert made is not None
    for days in range(1, 4):
        spend(posted, 1, f"spend-{days}")
        make.make_root(posted, signer, NOW + days * DAY)

    old = checked(proof_file(posted, tmp_path, 1, 1), "--root", made.root.hex())
    new = checked(proof_file(posted, tmp_path, 1))

    assert (old.returncode, new.returncode) == (0, 0)
    assert ("2 lines" in old.stdout, "5 lines" in new.stdout) == (True, True)


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("entries", 1, "reference"), "proposal:9", "line 2 is not what its hash covers"),
        (("entries", 1, "credits"), -5, "line 2 says 14 Connects"),
        (("entries", 1, "number"), 3, "line 2 is missing"),
        (("entries_in_root",), 3, "the root covers 3 lines"),
        (("path", 0), "11" * 32, "your lines lead to the root"),
        (("path",), [], "the length of a path"),
        (("wallet",), 3, "line 1 is not what its hash covers"),
        (("root", "root"), "22" * 32, "the proof names"),
        (("root", "day"), "2020-01-01", "about another root"),
        (("root", "signature"), "33" * 64, "not signed with the key"),
    ],
)
def test_the_script_says_what_does_not_hold(
    posted: Journal,
    signer: Signer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    path: tuple[Any, ...],
    value: object,
    says: str,
) -> None:
    make.make_root(posted, signer, NOW)
    file = proof_file(posted, tmp_path, 2)
    document = json.loads(file.read_text())
    within = document
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = value
    file.write_text(json.dumps(document))
    monkeypatch.setattr(sys, "argv", ["check_statement.py", str(file)])

    assert check_statement.main() == 1
    assert says in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "[]", "{", '{"format": "connects-proof-1"}', "\x00"])
def test_what_is_no_proof_is_called_so(tmp_path: Path, content: str) -> None:
    file = tmp_path / "proof.json"
    file.write_text(content)

    told = checked(file)

    assert told.returncode == 2
    assert "is no proof" in told.stderr
    assert "Traceback" not in told.stderr


def test_another_root_or_key_than_the_published_one_is_named(
    posted: Journal, signer: Signer, tmp_path: Path
) -> None:
    make.make_root(posted, signer, NOW)
    file = proof_file(posted, tmp_path, 1)

    assert "the root that you compare with is another one" in checked(file, "--root", "ab").stdout
    assert "the key that you compare with is another one" in checked(file, "--key", "ab").stdout


def tamper(sql: str) -> None:
    """As one would who owns the database, and takes its guards away."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER journal_entry_unchanged")
            cursor.execute("DROP TRIGGER journal_entry_kept")
        cursor.execute(sql)


OTHER_HASH = {"postgresql": "decode(repeat('ab', 32), 'hex')", "sqlite": "zeroblob(32)"}


@pytest.mark.parametrize("change", ["changed", "deleted"])
def test_a_line_that_was_signed_cannot_be_changed_unnoticed(
    posted: Journal, signer: Signer, change: str
) -> None:
    make.make_root(posted, signer, NOW)
    changes = {
        "changed": f"UPDATE journal_entry SET hash = {OTHER_HASH[connection.vendor]}",
        "deleted": "DELETE FROM journal_entry",
    }

    tamper(changes[change] + " WHERE wallet = 2 AND number = 2")

    (proof,) = verify_roots(posted)
    says = {"changed": "no longer what was signed", "deleted": "1 entries are no longer there"}
    assert len(proof.breaches) == 1
    assert says[change] in proof.breaches[0]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"root": bytes(32)}, "its pages do not add up"),
        ({"wallets": 2}, "signature is not that of its key"),
        ({"previous": bytes([1]) * 32}, "does not name the root before it"),
        ({"pages": b""}, "its pages do not add up"),
    ],
)
def test_a_root_that_was_changed_is_named(
    posted: Journal, signer: Signer, changes: dict[str, object], says: str
) -> None:
    make.make_root(posted, signer, NOW)

    Root.objects.update(**changes)

    (proof,) = verify_roots(posted)
    assert says in " ".join(proof.breaches)


def test_a_root_that_was_left_out_is_missed_by_the_next(posted: Journal, signer: Signer) -> None:
    for days in range(3):
        make.make_root(posted, signer, NOW + days * DAY)

    Root.objects.filter(number=2).delete()

    _, third = verify_roots(posted)
    assert "follows root 1" in third.breaches
    assert "does not name the root before it" in third.breaches


def test_a_new_key_signs_from_then_on_and_old_roots_keep_theirs(
    posted: Journal, signer: Signer
) -> None:
    other = Signer(Ed25519PrivateKey.generate())
    make.make_root(posted, signer, NOW)
    make.make_root(posted, other, NOW + DAY)

    keys = [bytes(root.public_key) for root in Root.objects.order_by("number")]
    assert keys == [signer.public, other.public]
    assert [proof.breaches for proof in verify_roots(posted)] == [(), ()]


def test_the_key_is_made_once_and_kept_readable_to_its_owner_alone(tmp_path: Path) -> None:
    kept = tmp_path / "new" / "root_key.pem"

    first, again = signer_from("", kept), signer_from("", kept)

    assert first.public == again.public
    assert kept.stat().st_mode & 0o077 == 0
    assert signer_from(kept.read_text(), tmp_path / "none").public == first.public
    assert signer_from(str(kept), tmp_path / "none").public == first.public


@pytest.mark.parametrize("given", ["-----BEGIN nonsense", "/no/such/file.pem"])
def test_a_key_that_is_none_is_refused_in_words(tmp_path: Path, given: str) -> None:
    with pytest.raises(ValueError, match=r"key"):
        signer_from(given, tmp_path / "none")


def test_the_worker_makes_one_root_a_day(posted: Journal, settings: Any, tmp_path: Path) -> None:
    settings.VAR, settings.ROOT_KEY = tmp_path, ""
    with held_at(NOW):
        assert make_todays_root() is not None
        assert make_todays_root() is None
    with held_at(NOW + DAY):
        assert make_todays_root() is not None


@pytest.mark.django_db
def test_members_download_their_own_proof_and_anyone_sees_the_roots(
    settings: Any, tmp_path: Path
) -> None:
    settings.VAR, settings.ROOT_KEY = tmp_path, ""
    with held_at(NOON):
        here = town()
        assert Client().get("/roots/").status_code == 200
        made = make_todays_root()
        assert made is not None
        client = Client()
        client.force_login(
            here.user_of(here.freelancer), backend="django.contrib.auth.backends.ModelBackend"
        )
        file = tmp_path / "connects-proof.json"
        response = client.get("/membership/proof.json")
        file.write_bytes(b"".join(response))

        told = checked(file, "--root", made.root.hex())
        published = Client().get("/roots.json").json()["roots"]

        assert told.returncode == 0, told.stdout + told.stderr
        assert published[0]["root"] == made.root.hex()
        assert made.root.hex() in Client().get("/roots/").content.decode()
        assert client.get("/membership/proof.json?root=7").status_code == 404
        assert client.get("/membership/proof.json?root=x").status_code == 404
        last: Record = list(journal().records(here.freelancer.pk))[-1]
        assert f"balance after it: {last.entry.balance} Connects" in told.stdout
