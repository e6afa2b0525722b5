"""What another ledger held at one instant comes in, once, whole, and can be taken back."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from connects.acts.accounts.register import Registration, register
from connects.acts.intake.come_in import WalletInUse, come_in
from connects.acts.intake.take_back import TakenBack, take_back
from connects.acts.memberships.open_subscription import subscription_since
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run as run_due
from connects.journal.proof.roots.check import verify_roots
from connects.journal.proof.roots.make import make_root
from connects.journal.proof.roots.signing import Signer
from connects.journal.proof.verify_range import verify_range
from connects.ledger.commands import Spend
from connects.ledger.lots import LotKind
from connects.market.books.export import write_beancount
from connects.market.intake.check import check
from connects.market.intake.differences import Difference
from connects.market.intake.models import Import, ImportState
from connects.market.intake.staging import staging
from connects.market.members.editions import known_book
from connects.market.notices.models import OutboxEvent
from connects.market.people.models import Account, User
from connects.market.people.selectors import accounts_called
from connects.market.plans.models import Subscription
from connects.market.rollout.models import Move, MoveState
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from tests.market.intake.folders import Folder, lot
from tests.market.people import rules_change

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "cutover")


def nothing(_: int) -> None:
    pass


def brought(
    folder: Folder, progress: Callable[[int], None] = nothing, at_once: int = 5_000
) -> Import:
    """Check a folder, which must be without differences, and bring it in."""
    found: list[Difference] = []
    with held_at(NOW), staging() as staged:
        checked = check(folder.write(), staged, found.append, NOW, nothing)
        assert found == []
        assert checked is not None
        return come_in(checked, staged, progress, at_once)


def unexpected(difference: Difference) -> None:
    raise AssertionError(str(difference))


def account(name: str) -> Account:
    return accounts_called([name])[name]


def wallet(name: str) -> Any:
    return journal().wallet(account(name).pk)


def breaches() -> list[str]:
    return list(verify_range(journal(), 0, 2**62, incremental=False).breaches)


def books() -> tuple[str, dict[Any, int]]:
    written = StringIO()
    off = write_beancount(written, None, None, NOW.date())
    return written.getvalue(), off


def test_each_lot_comes_in_with_its_kind_cost_and_end(folder: Folder) -> None:
    run = brought(folder)

    given, bought = sorted(wallet("u-7").lots, key=lambda lot: lot.number)
    assert (given.kind, given.credits, given.cost_cents) == (LotKind.COURTESY, 5, 150)
    assert (given.issued, given.expires) == (datetime(2025, 1, 1, tzinfo=UTC), None)
    # Five of forty were spent elsewhere, and took their share of the cost with them.
    assert (bought.kind, bought.credits, bought.cost_cents) == (LotKind.PURCHASE, 35, 525)
    assert bought.expires == datetime(2027, 5, 1, tzinfo=UTC)
    assert [lot.kind for lot in wallet("a-1").lots] == [LotKind.RETURN, LotKind.PLAN]
    assert wallet("u-8").balance == 0
    assert (run.state, run.position, run.lots, run.credits) == (ImportState.DONE, 4, 4, 127)
    assert run.cost_cents == 525 + 150 + 105


def test_every_wallets_first_line_names_the_import_and_its_digest(folder: Folder) -> None:
    run = brought(folder)

    for name in ("u-7", "a-1"):
        first = journal().entry(account(name).pk, 1).entry
        assert first.reference == f"import:cutover@2026-11-01#{run.digest[:16]}"


def test_accounts_come_in_with_their_facts_and_without_gifts(folder: Folder) -> None:
    brought(folder)

    ana, client = account("u-7"), account("c-1")
    assert (ana.name, ana.country, ana.registered.year) == ("Ana", "PT", 2024)
    assert (client.payment_verified, client.told_posts_ended) == (True, 12)
    assert (client.told_left_open, client.told_hires) == (3, 6)
    assert ana.enrolments.get().effective == datetime(2026, 11, 1, tzinfo=UTC)
    assert account("a-1").enrolments.get().edition.name == "upwork-2019-05"
    assert not Subscription.objects.filter(account=client).exists()


def test_a_billing_cycle_goes_on_from_the_day_of_registration(folder: Folder) -> None:
    brought(folder)

    cycle = Subscription.objects.get(account=account("u-7"))
    assert cycle.cycle_start == datetime(2026, 10, 29, 9, tzinfo=UTC)
    assert cycle.renews == datetime(2026, 11, 29, 9, tzinfo=UTC)


def test_the_proof_the_roots_and_the_books_hold_afterwards(folder: Folder) -> None:
    brought(folder)

    written, off = books()
    assert breaches() == []
    assert off == {}
    assert "Equity:Opening  5.25 USD" in written
    assert "Equity:Opening  1.05 USD" in written
    assert "Expenses:Promotions" not in written.replace("open Expenses", "")
    with held_at(NOW):
        root = make_root(journal(), Signer(Ed25519PrivateKey.generate()), NOW)
    assert root is not None
    assert root.wallets == 2
    assert [proof.breaches for proof in verify_roots(journal())] == [()]


def test_a_csv_folder_brings_in_the_same(tmp_path: Path) -> None:
    brought(Folder(tmp_path / "csv", ending="csv"))

    assert [(lot.credits, lot.cost_cents) for lot in wallet("u-7").lots] == [(35, 525), (5, 150)]
    assert account("c-1").payment_verified is True


class Killed(Exception):
    pass


def test_a_run_that_was_killed_goes_on_and_brings_nothing_in_twice(folder: Folder) -> None:
    folder.lots += [lot(f"M-{n}", "u-8") for n in range(20)]

    def die(_: int) -> None:
        raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            brought(folder, die, at_once=2)
    halfway = Import.objects.get()
    run = brought(folder, at_once=2)

    assert (halfway.state, halfway.position) == (ImportState.RUNNING, 2)
    assert (run.state, run.lots, wallet("u-8").balance) == (ImportState.DONE, 24, 200)
    assert [wallet(name).last_entry for name in ("u-7", "a-1", "u-8")] == [2, 2, 20]
    assert breaches() == []
    assert books()[1] == {}


def test_what_came_in_is_brought_in_once(folder: Folder) -> None:
    brought(folder)
    again = brought(folder)

    assert again.lots == 4
    assert wallet("u-7").last_entry == 2
    acts = StaffAct.objects.filter(subject="import:cutover").values_list("act", flat=True)
    assert sorted(acts) == ["begin-import", "finish-import"]
    (finished,) = OutboxEvent.objects.filter(code="import.finished")
    assert finished.parameters == {
        "import": "cutover",
        "accounts": again.accounts_in_all,
        "lots": 4,
        "credits": again.credits,
    }


def test_an_import_is_undone_line_by_line_as_if_it_had_never_been(folder: Folder) -> None:
    run = brought(folder)
    with held_at(NOW):
        answer = take_back(run, nothing)

    assert answer == TakenBack(4, ())
    assert [wallet(name).balance for name in ("u-7", "a-1", "u-8")] == [0, 0, 0]
    assert account("c-1").told_posts_ended is None
    assert breaches() == []
    written, off = books()
    assert off == {}
    assert "Breakage" not in written.replace("open Income", "")
    assert Import.objects.get().state == ImportState.UNDONE
    assert take_back(Import.objects.get(), nothing) == TakenBack(0, ())


def test_what_was_undone_comes_in_again_under_another_name(folder: Folder) -> None:
    with held_at(NOW):
        take_back(brought(folder), nothing)
    folder.name, folder.lots[0]["credits"] = "second", 36

    brought(folder)

    assert wallet("u-7").balance == 41
    assert breaches() == []
    assert books()[1] == {}


def test_nothing_is_undone_once_a_wallet_has_moved(folder: Folder) -> None:
    run = brought(folder)
    spend = Spend(
        wallet=account("u-7").pk,
        key="s",
        reference="proposal:1",
        rule_book=journal().entry(account("u-7").pk, 1).entry.rule_book,
        effective=NOW,
        credits=1,
    )
    journal().post_one(spend, NOW)
    with held_at(NOW):
        answer = take_back(run, nothing)

    assert answer == TakenBack(0, ("u-7",))
    assert wallet("a-1").balance == 87
    assert Import.objects.get().state == ImportState.DONE


def test_an_undoing_that_was_killed_is_gone_on_with(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = brought(folder)
    monkeypatch.setattr("connects.acts.intake.take_back.ACCOUNTS_AT_ONCE", 1)

    def die(_: int) -> None:
        raise Killed

    with held_at(NOW), pytest.raises(Killed):
        take_back(run, die)
    half = Import.objects.get()
    with held_at(NOW):
        answer = take_back(half, nothing)

    assert half.state == ImportState.UNDOING
    assert answer == TakenBack(3, ())
    assert (wallet("u-7").last_entry, wallet("a-1").last_entry) == (4, 4)


def test_a_wallet_that_moves_between_check_and_run_stops_the_run(folder: Folder) -> None:
    folder.lots = folder.lots[:1]
    brought(folder)
    folder.name, folder.lots, folder.client_records = "next", [lot("N-1", "u-8")], []
    with held_at(NOW), staging() as staged:
        checked = check(folder.write(), staged, unexpected, NOW, nothing)
        assert checked is not None
        issue = lot("X", "u-8")
        folder.name, folder.lots = "between", [issue]
        brought(folder)
        with pytest.raises(WalletInUse, match="u-8"):
            come_in(checked, staged, nothing)

    assert wallet("u-8").balance == 10


def test_what_falls_due_after_the_instant_is_done_here(folder: Folder) -> None:
    brought(folder)
    run_due(datetime(2026, 11, 6, tzinfo=UTC))

    assert wallet("a-1").balance == 80
    assert breaches() == []
    assert books()[1] == {}


def test_who_is_here_with_an_empty_wallet_is_filled(folder: Folder) -> None:
    with held_at(NOW):
        for name, kind in (("u-8", AccountKind.FREELANCER), ("c-1", AccountKind.CLIENT)):
            register(Registration(name=name, kind=kind, external_id=name, with_gifts=False))
    folder.accounts = folder.accounts[:2]
    folder.lots.append(lot("L-5", "u-8"))
    folder.manifest["totals"] = {"wallets": 3, "credits": 137}
    before = account("u-8").pk
    brought(folder)

    assert (account("u-8").pk, wallet("u-8").balance) == (before, 10)
    assert (account("c-1").told_hires, account("c-1").revision) == (6, 2)
    made = Import.objects.get().imported.order_by("pk").values_list("made", flat=True)
    assert list(made) == [True, True, False, False]


def test_who_comes_in_while_rules_are_changing_moves_with_the_others(folder: Folder) -> None:
    with held_at(datetime(2026, 10, 1, tzinfo=UTC)):
        operator = User.objects.create_user("o@test.example", "Olga", None, Role.OPERATOR.value)
        rules_change(operator)
    folder.accounts[0]["rule_book"] = "upwork-2019-05"
    brought(folder)

    assert Move.objects.filter(account=account("u-7"), state=MoveState.PLANNED).exists()


@pytest.mark.parametrize(
    ("anchor", "start", "renews"),
    [
        ((2026, 1, 31), (2026, 2, 28), (2026, 3, 31)),
        ((2026, 3, 2), (2026, 3, 2), (2026, 4, 2)),
        ((2024, 2, 29), (2026, 2, 28), (2026, 3, 29)),
        ((2025, 12, 3), (2026, 2, 3), (2026, 3, 3)),
    ],
)
def test_a_cycle_that_runs_is_the_one_of_its_anchors_day(
    anchor: tuple[int, int, int], start: tuple[int, int, int], renews: tuple[int, int, int]
) -> None:
    at = datetime(2026, 3, 2, 12, tzinfo=UTC)
    book = known_book("fair-2026")
    assert book is not None
    cycle = subscription_since(
        Account(kind=AccountKind.FREELANCER.value), book, datetime(*anchor, tzinfo=UTC), at
    )

    assert (cycle.cycle_start, cycle.renews) == (
        datetime(*start, tzinfo=UTC),
        datetime(*renews, tzinfo=UTC),
    )
