"""Accounts by what a host calls them, with what reading their wallets asks of them."""

from __future__ import annotations

from collections.abc import Sequence

from connects.market.by_lists import ByLists
from connects.market.external_ids import by_name, called
from connects.market.many_rows import read_row
from connects.market.people.models import Account

_COLUMNS = ("id", "external_id", "handle", "kind", "suspended")


def accounts_to_read(names: Sequence[str]) -> dict[str, Account]:
    """The accounts that a host calls so, by that name, with one query.

    Of each only what tells it apart, and whether it may act; the rest is read when it is asked for.
    """
    rows = _CALLED.rows(names)
    return by_name(
        (read_row(Account, dict(zip(_COLUMNS, row, strict=True))) for row in rows), "handle"
    )


_CALLED = ByLists(
    lambda names: called(Account.objects.all(), names, "handle").values_list(*_COLUMNS), str
)
