"""Bring in what another ledger held: in chunks, each of which commits, so that a stopped run goes on.

Every wallet of an import is empty before, so its lots can be issued at the instants at which they were
issued elsewhere; each line names the import. Who is in is counted in the import's row, in the transaction
that brought them in: a run that comes later, or at the same time, takes the next chunk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from connects.acts.intake.open_accounts import AccountOpening, Opened
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.journal.port import Outcome, Posted
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.market.intake.check import Checked
from connects.market.intake.here import is_free, used_up_to
from connects.market.intake.models import Import, ImportedAccount, ImportState
from connects.market.intake.staging import Party, StagedLot, Staging
from connects.market.many_rows import new_row, save_new
from connects.vocabulary.events import Event
from connects.vocabulary.imports import import_reference

LOTS_AT_ONCE = 5_000

Progress = Callable[[int], None]
"""Hears how many lots are in by now."""


class WalletInUse(Exception):
    """A wallet that was empty when it was checked has moved since; nothing of its chunk came in."""

    def __init__(self, account: str) -> None:
        super().__init__(f"the wallet of {account} has moved since the import was checked")


def come_in(
    checked: Checked, staged: Staging, progress: Progress, lots_at_once: int = LOTS_AT_ONCE
) -> Import:
    """Bring in all that is not in yet, and give the import's row.

    What was checked must be without differences. Raises WalletInUse.
    """
    run = checked.already or _begin(checked)
    opening = AccountOpening(settings.DEFAULT_RULE_BOOK, run.as_of)
    while run.state == ImportState.RUNNING:
        with transaction.atomic():
            run = Import.objects.select_for_update().get(pk=run.pk)
            parties = staged.chunk_after(run.position, lots_at_once)
            if run.state == ImportState.RUNNING:
                _bring_in(_Chunk(run, parties, clock_now()), staged, opening)
        progress(run.lots)
    return run


def _begin(checked: Checked) -> Import:
    """Make the import's row, unless somebody else has just done so."""
    manifest, summary, now = checked.manifest, checked.summary, clock_now()
    with transaction.atomic():
        run, is_new = Import.objects.get_or_create(
            name=manifest.name,
            defaults={
                "digest": manifest.digest,
                "as_of": manifest.as_of,
                "source": manifest.source,
                "accounts_in_all": summary.accounts,
                "lots_in_all": summary.lots,
                "began": now,
            },
        )
        if is_new:
            told = {"digest": manifest.digest, "lots": summary.lots, "credits": summary.credits}
            note_act(None, "begin-import", f"import:{run.name}", manifest.source, now, told)
    assert run.digest == manifest.digest, "another import has taken this name since it was checked"
    return run


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some accounts on their way in, at that instant."""

    run: Import
    parties: Sequence[Party]
    now: datetime


def _bring_in(chunk: _Chunk, staged: Staging, opening: AccountOpening) -> None:
    """Bring in one chunk and count it; one without accounts is the end."""
    run = chunk.run
    if chunk.parties:
        opened = opening.open(chunk.parties, chunk.now)
        lots = list(staged.lots_between(chunk.parties[0].place, chunk.parties[-1].place))
        _require_free(chunk, opened)
        outcomes = journal().post(_issues(chunk, opened, lots), chunk.now)
        _note(chunk, opened, outcomes)
        run.position = chunk.parties[-1].place
        run.lots += len(lots)
        run.credits += sum(lot.credits for lot in lots)
        run.cost_cents += sum(lot.cost_cents for lot in lots)
    if run.position >= run.accounts_in_all:
        run.state, run.finished = ImportState.DONE, chunk.now
        told = {"lots": run.lots, "credits": run.credits, "cost_cents": run.cost_cents}
        note_act(None, "finish-import", f"import:{run.name}", run.source, chunk.now, told)
        put_in_outbox([_finished(run)], chunk.now)
    run.save()


def _finished(run: Import) -> Event:
    counts = {"accounts": run.accounts_in_all, "lots": run.lots, "credits": run.credits}
    return Event(
        f"import-finished:{run.pk}", None, "import.finished", {"import": run.name, **counts}
    )


def _require_free(chunk: _Chunk, opened: Mapping[str, Opened]) -> None:
    """Lock the wallets that were here before, and see that nothing has moved in them meanwhile."""
    before = {
        opened[party.name].pk: party.name
        for party in chunk.parties
        if party.lots and not opened[party.name].made
    }
    wallets = journal().lock(sorted(before))
    free = used_up_to([*before])
    for pk, stored in wallets.items():
        if not is_free(stored.wallet, free.get(pk, 0), chunk.run.as_of):
            raise WalletInUse(before[pk])


def _issues(chunk: _Chunk, opened: Mapping[str, Opened], lots: Sequence[StagedLot]) -> list[Issue]:
    run = chunk.run
    reference = import_reference(run.name, run.as_of.date(), run.digest)
    holders = {party.place: opened[party.name] for party in chunk.parties}
    return [
        Issue(
            wallet=holders[lot.place].pk,
            key=f"import:{run.name}:{lot.lot}",
            reference=reference,
            rule_book=holders[lot.place].rule_book,
            effective=lot.issued,
            kind=LotKind(lot.kind),
            credits=lot.credits,
            cost_cents=lot.cost_cents,
            expires=lot.expires,
        )
        for lot in lots
    ]


def _note(chunk: _Chunk, opened: Mapping[str, Opened], outcomes: Sequence[Outcome]) -> None:
    """Note where each wallet stands now."""
    last: dict[int, int] = {}
    for outcome in outcomes:
        # What was checked cannot be refused; if it is, nothing of the chunk may stay.
        assert isinstance(outcome, Posted), outcome
        assert not outcome.repeated, outcome
        last[outcome.wallet.id] = outcome.wallet.last_entry
    rows = []
    for party in chunk.parties:
        account = opened[party.name]
        values = {
            "run_id": chunk.run.pk,
            "account_id": account.pk,
            "made": account.made,
            "record_told": party.record is not None,
            "lots": party.lots,
            "last_entry": last.get(account.pk, 0),
        }
        rows.append(new_row(ImportedAccount, values))
    save_new(rows)
