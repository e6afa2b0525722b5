"""Events of the feed as programs read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connects.bootstrap.journals import journal
from connects.market.events.documents import entry_documents, instant
from connects.market.events.feed import Place
from connects.market.events.models import FeedEvent
from connects.market.people.models import Account
from connects.vocabulary.event_types import WALLET_ENTRY


def event_documents(places: Sequence[Place]) -> list[dict[str, Any]]:
    """The events as programs read them, with as many queries for one as for many."""
    lines = [place.line for place in places if place.row.type == WALLET_ENTRY]
    documents = _line_documents(lines)
    return [
        {
            "id": place.event_id,
            "type": place.row.type,
            **(documents[place.line] if place.row.type == WALLET_ENTRY else _market(place.row)),
        }
        for place in places
    ]


def _market(row: FeedEvent) -> dict[str, Any]:
    assert row.happened is not None
    return {"timestamp": instant(row.happened), "data": row.data}


def _line_documents(lines: Sequence[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    if not lines:
        return {}
    ids = sorted(set(lines))
    records, debts = journal().entries(ids), journal().debts(ids)
    owners = Account.objects.filter(pk__in={wallet for wallet, _ in lines})
    names = {
        pk: own or handle for pk, own, handle in owners.values_list("pk", "external_id", "handle")
    }
    told = {}
    for line, document in zip(records, entry_documents(list(records.values())), strict=True):
        account = names.get(line[0], str(line[0]))
        data = {"account": account, **document, "debt": debts[line]}
        told[line] = {"timestamp": document["recorded"], "data": data}
    return told
