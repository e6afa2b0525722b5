"""Lines of wallets as programs read them: in the API, in the feed and in deliveries alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connects.journal.port import Record
from connects.ledger.entries import Entry
from connects.market.events.references import subjects_named


def entry_documents(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The lines, with their references by the host's ids.

    That takes one query; another where some are about proposals that are reserved only, or purchases.
    """
    names = subjects_named({record.entry.reference for record in records})
    return [
        {
            "sequence": entry.number,
            "kind": entry.kind.value,
            "credits": entry.credits,
            "balance": entry.balance,
            "debt_change": entry.debt_change,
            "withheld": entry.withheld,
            "reference": names[entry.reference],
            "rule_book": entry.rule_book,
            "lots": _lots(entry),
            "effective": instant(entry.effective),
            "recorded": instant(recorded),
            "hash": head.hex(),
        }
        for entry, recorded, head in records
    ]


def _lots(entry: Entry) -> list[dict[str, int]]:
    """What the line changes of each lot, the one that it issues among them: together its `credits`."""
    changes: dict[int, int] = {} if entry.lot is None else {entry.lot.number: entry.lot.credits}
    for draw in entry.draws:
        changes[draw.lot] = changes.get(draw.lot, 0) + draw.credits
    return [{"lot": lot, "credits": credits} for lot, credits in changes.items()]


def instant(moment: datetime) -> str:
    """An instant in UTC as JSON has it."""
    return moment.isoformat().replace("+00:00", "Z")
