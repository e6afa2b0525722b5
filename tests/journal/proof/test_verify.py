"""What `connects verify` finds, and what it need not read again."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from connects.cli.commands import verify as command
from connects.journal.databases.choose import store_of
from connects.journal.models import Checkpoint
from connects.journal.post import Journal
from connects.journal.proof import verify_range as parts
from connects.journal.proof.checkpoints import checkpoints_of
from connects.journal.proof.roots.make import make_root
from connects.journal.proof.roots.signing import Signer
from connects.journal.proof.verify import ENTRIES_AT_ONCE, verify, verify_wallet, verify_wallets
from connects.ledger.commands import Reverse
from connects.ledger.entries import EntryKind
from connects.vocabulary.parties import AccountKind
from tests.journal.test_contract import NOW, frame, give_back, issue, spend
from tests.market.people import registered

pytestmark = pytest.mark.django_db

EVERYTHING = (1, 10**6)


@pytest.fixture
def journal() -> Journal:
    made = Journal(store_of())
    made.store.open_wallets([1, 2, 3, 9_000])
    for wallet in (1, 2, 9_000):
        made.post([issue(wallet, 10), issue(wallet, 9, "more"), spend(wallet, 12)], NOW)
    return made


def proved(journal: Journal, *, incremental: bool) -> parts.RangeProof:
    return parts.verify_range(journal, *EVERYTHING, incremental=incremental)


def test_an_incremental_run_reads_only_what_is_new(journal: Journal) -> None:
    full = proved(journal, incremental=False)
    journal.post([spend(2, 1, "later"), spend(2, 2, "last")], NOW)

    again = proved(journal, incremental=True)

    assert (full.wallets, full.entries, full.broken) == (4, 9, 0)
    assert (again.wallets, again.unchanged, again.entries, again.broken) == (4, 3, 2, 0)
    assert proved(journal, incremental=True).entries == 0


def test_what_was_used_up_before_may_be_filled_again_or_taken_back_after(journal: Journal) -> None:
    proved(journal, incremental=False)
    assert [lot.number for lot in journal.wallet(1).lots] == [2]

    journal.post([give_back(1, 3, 11), Reverse(**frame(2, "reverse"), lot=1)], NOW)

    again = proved(journal, incremental=True)
    assert (again.entries, again.breaches) == (2, ())
    assert checkpoints_of([1])[1] == journal.store.read([1])[1]


def test_an_incremental_run_names_what_is_wrong_since(journal: Journal) -> None:
    proved(journal, incremental=False)
    journal.post([spend(1, 1, "later")], NOW)

    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET balance = 7 WHERE id = 1")

    (breach,) = proved(journal, incremental=True).breaches
    assert breach == "wallet 1: wallet: stored balance 7, journal says 6"
    assert checkpoints_of([1])[1].wallet.balance == 7  # as it was before


def test_a_row_that_was_put_back_is_named(journal: Journal) -> None:
    earlier = journal.store.read([1])[1]
    journal.post([spend(1, 1, "later")], NOW)
    proved(journal, incremental=False)

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_wallet SET balance = %s, last_entry = 3 WHERE id = 1",
            [earlier.wallet.balance],
        )

    for incremental in (True, False):
        assert proved(journal, incremental=incremental).broken == 1


def test_a_row_that_names_a_last_entry_beyond_all_bounds_is_named(journal: Journal) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET last_entry = 2000000000 WHERE id = 1")

    (breach, *_) = proved(journal, incremental=False).breaches
    assert "stored last entry 2000000000, journal says 3" in breach


def test_what_is_posted_while_a_wallet_is_read_is_no_breach(journal: Journal) -> None:
    read_before = list(journal.wallets())
    journal.post([spend(1, 1, "meanwhile"), spend(1, 2, "meanwhile too")], NOW)

    proofs = list(verify_wallets(journal, read_before, {}))

    assert [proof.breaches for proof in proofs] == [()] * 4


def test_an_entry_that_no_row_knows_of_is_named(journal: Journal) -> None:
    row = journal.store.read([1])[1]
    journal.post([spend(1, 1, "smuggled in")], NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET last_entry = 3 WHERE id = 1")

    (proof,) = verify_wallets(journal, [row], {})
    assert "wallet: stored last entry 3, journal says 4" in proof.breaches


def test_a_checkpoint_that_cannot_be_read_is_done_without(journal: Journal) -> None:
    proved(journal, incremental=False)

    Checkpoint.objects.filter(wallet=1).update(state="[1, 2")

    assert proved(journal, incremental=True).entries == 3
    assert proved(journal, incremental=True).entries == 0


def test_a_checkpoint_of_before_there_were_holds_goes_on_with_nothing_held(
    journal: Journal,
) -> None:
    proved(journal, incremental=False)
    checkpoint = Checkpoint.objects.get(wallet=2)
    *before, held = json.loads(checkpoint.state)
    assert held == 0
    Checkpoint.objects.filter(wallet=2).update(state=json.dumps(before))

    hold = replace(spend(2, 1, "hold"), kind=EntryKind.HOLD)
    journal.post([hold], NOW)

    again = proved(journal, incremental=True)
    assert (again.entries, again.breaches) == (1, ())
    assert journal.wallet(2).held == checkpoints_of([2])[2].wallet.held == 1


def test_a_wallet_with_more_entries_than_are_read_at_once_is_proved(journal: Journal) -> None:
    many = ENTRIES_AT_ONCE + 10
    journal.post([issue(3, many + 5, expires=None)], NOW)
    journal.post([spend(3, 1, f"s{n}", NOW + timedelta(seconds=n)) for n in range(many)], NOW)

    assert [(p.entries, p.breaches) for p in verify(journal) if p.wallet == 3] == [(many + 1, ())]


def test_ranges_reach_every_wallet_and_leap_over_gaps(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "RANGE", 2)

    assert list(parts.ranges(journal)) == [(1, 2), (3, 4), (9_000, 9_001)]
    found = [parts.verify_range(journal, *r, incremental=False) for r in parts.ranges(journal)]
    assert sum(part.wallets for part in found) == 4


def test_the_command_says_what_it_found(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PROGRESS_SECONDS", 0)
    alone = ["--processes", "1", "--roots"]

    first = CliRunner().invoke(command.verify, alone)
    again = CliRunner().invoke(command.verify, [*alone, "--incremental"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_wallet SET debt = 4 WHERE id = 9000")
    broken = CliRunner().invoke(command.verify, alone)

    assert (first.exit_code, again.exit_code, broken.exit_code) == (0, 0, 1)
    assert "4 wallets with 9 entries; 0 do not agree" in first.stdout
    assert "entries," in first.stderr
    assert "4 wallets, 4 of them unchanged, with 0 entries; 0 do not agree" in again.stdout
    assert "wallet 9000: wallet: stored debt 4, journal says 0" in broken.stdout
    assert "0 roots; 0 do not agree" in broken.stdout


def test_a_run_says_what_it_did_not_prove(journal: Journal) -> None:
    plain = CliRunner().invoke(command.verify, ["--processes", "1"])
    incremental = CliRunner().invoke(command.verify, ["--processes", "1", "--incremental"])
    rootless = CliRunner().invoke(command.verify, ["--processes", "1", "--roots"])
    make_root(journal, Signer(Ed25519PrivateKey.generate()), NOW)
    rooted = CliRunner().invoke(command.verify, ["--processes", "1", "--roots"])

    assert (
        "Not proved: that no line is gone from the end of a history (add --roots)" in plain.stdout
    )
    assert "leave out --incremental" in incremental.stdout
    assert "there is no signed root yet" in rootless.stdout
    assert "that no line after 20 May 2019, 09:00 UTC, the last root, is gone" in rooted.stdout


def test_a_wallet_that_is_gone_while_its_account_is_there_is_found() -> None:
    ana = registered("ana", AccountKind.FREELANCER)
    registered("acme", AccountKind.CLIENT)
    assert CliRunner().invoke(command.verify, ["--processes", "1"]).exit_code == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_wallet WHERE id = %s", [ana.pk])

    found = CliRunner().invoke(command.verify, ["--processes", "1"])

    assert found.exit_code == 1
    assert f"wallet {ana.pk}: its account is there, but it is not" in found.stdout


def test_an_instant_long_after_its_recording_is_found(journal: Journal) -> None:
    *before, last = journal.records(1)
    late = last.entry._replace(effective=last.recorded + timedelta(days=2))
    ahead = last._replace(entry=late)

    planted = verify_wallet(journal.store.read([1])[1], [*before, ahead])

    assert "entry 3: takes effect more than a day after it was written" in planted.breaches
