"""Undo an import, as long as nothing has moved after it.

Lines are never deleted, so what came in is voided, line by line, and the books' opening with it. The
accounts stay, with empty wallets: their lines have been told to others under these numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.journal.port import Posted
from connects.ledger.commands import Void
from connects.ledger.wallet import Wallet
from connects.market.intake.models import Import, ImportedAccount, ImportState
from connects.market.many_rows import add_to
from connects.market.people.models import Account
from connects.vocabulary.imports import import_reference

ACCOUNTS_AT_ONCE = 1_000

Progress = Callable[[int], None]
"""Hears how many accounts were taken back by now."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of it: how many accounts were taken back now, and whose wallets have moved since.

    Where the first look finds any that has moved, nothing is taken back.
    """

    accounts: int
    moved: tuple[str, ...]


def take_back(run: Import, progress: Progress) -> TakenBack:
    """Take back all that the import brought in; one that was stopped is gone on with."""
    if run.state == ImportState.UNDONE:
        return TakenBack(0, ())
    if run.state != ImportState.UNDOING and (moved := _moved(run)):
        return TakenBack(0, tuple(moved))
    Import.objects.filter(pk=run.pk).update(state=ImportState.UNDOING)
    done, moved, last = 0, [], 0
    while True:
        with transaction.atomic():
            locked = Import.objects.select_for_update().get(pk=run.pk)
            rows = list(_left(locked).filter(pk__gt=last)[:ACCOUNTS_AT_ONCE])
            if not rows:
                break
            last = rows[-1].pk
            left = _take_back(locked, rows, clock_now())
        done, moved = done + len(rows) - len(left), [*moved, *left]
        progress(done)
    _finish(run, moved)
    return TakenBack(done, tuple(moved))


def _left(run: Import) -> QuerySet[ImportedAccount]:
    """What is not taken back yet, in the order in which it came."""
    return run.imported.filter(taken_back=False).order_by("pk")


def _moved(run: Import) -> list[str]:
    """The accounts whose wallets have moved since."""
    found: list[str] = []
    last = 0
    while rows := list(_left(run).filter(pk__gt=last, lots__gt=0)[:ACCOUNTS_AT_ONCE]):
        last = rows[-1].pk
        wallets = journal().read([row.account_id for row in rows])
        found += _called(
            [row for row in rows if wallets[row.account_id].wallet.last_entry != row.last_entry]
        )
    return found


def _called(rows: Sequence[ImportedAccount]) -> list[str]:
    accounts = Account.objects.in_bulk([row.account_id for row in rows])
    return [accounts[row.account_id].external_id or accounts[row.account_id].handle for row in rows]


def _take_back(run: Import, rows: Sequence[ImportedAccount], now: datetime) -> list[str]:
    """Void what these accounts got; those whose wallets moved meanwhile are left, and named."""
    filled = {row.account_id: row for row in rows if row.lots}
    wallets = {pk: stored.wallet for pk, stored in journal().lock(sorted(filled)).items()}
    left = [row for pk, row in filled.items() if wallets[pk].last_entry != row.last_entry]
    for row in left:
        del filled[row.account_id]
    last = _void(run, [wallets[pk] for pk in filled], now)
    add_to(
        ImportedAccount,
        "last_entry",
        {row.pk: last[pk] - row.last_entry for pk, row in filled.items()},
    )
    moved = {row.pk for row in left}
    taken = [row for row in rows if row.pk not in moved]
    run.imported.filter(pk__in=[row.pk for row in taken]).update(taken_back=True)
    Account.objects.filter(pk__in=[row.account_id for row in taken if row.record_told]).update(
        told_posts_ended=None, told_left_open=None, told_hires=None
    )
    return _called(left)


def _void(run: Import, wallets: Sequence[Wallet], now: datetime) -> dict[int, int]:
    """Void all that these wallets hold; the number of each one's last line."""
    reference = import_reference(run.name, run.as_of.date(), run.digest)
    places = [(wallet.id, lot.number) for wallet in wallets for lot in wallet.lots]
    issued = journal().entries(places)
    commands = [
        Void(
            wallet=wallet.id,
            key=f"undo-import:{run.name}:{lot.number}",
            reference=reference,
            rule_book=issued[wallet.id, lot.number].entry.rule_book,
            # At the instant of the last lot: at none after it, nothing was there.
            effective=wallet.moment,
            lot=lot.number,
            credits=lot.credits,
        )
        for wallet in wallets
        for lot in wallet.lots
    ]
    last: dict[int, int] = {}
    for outcome in journal().post(commands, now):
        assert isinstance(outcome, Posted), outcome
        last[outcome.wallet.id] = outcome.wallet.last_entry
    return last


def _finish(run: Import, moved: Sequence[str]) -> None:
    """Note that all is taken back, unless something had to be left."""
    if moved:
        return
    now = clock_now()
    with transaction.atomic():
        Import.objects.filter(pk=run.pk).update(state=ImportState.UNDONE, undone=now)
        note_act(None, "undo-import", f"import:{run.name}", run.source, now, {"lots": run.lots})
