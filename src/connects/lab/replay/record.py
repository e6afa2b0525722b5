"""All that a marketplace has recorded, sorted by wallet and time, ready to be played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from connects.lab.kernel.columns import KINDS as LOT_KINDS
from connects.lab.kernel.columns import NEVER
from connects.lab.replay.reading.columns import Column, Source, Table, Unusable
from connects.lab.replay.reading.queries import KINDS
from connects.ledger.entries import EntryKind
from connects.policy.parse import RuleBookProblems, parse_rule_book
from connects.policy.terms import RuleBook

Says = Callable[[str], None]
BY_THE_LEDGER = (
    EntryKind.REVERSE,
    EntryKind.REINSTATE,
    EntryKind.VOID,
    EntryKind.HOLD,
    EntryKind.RELEASE,
)
"""Lines that need more of a wallet's history than the arrays keep."""
AT_ONCE = 500_000
"""Lines and proposals that are played at once; a larger market is played in parts."""


@dataclass(frozen=True, slots=True)
class Record:
    """Tables as they were read, those of wallets and proposals sorted, with where each wallet's begin.

    Wallets are counted from 0, in the order of their ids; so are posts. `until` is the last instant of
    which anything is recorded.
    """

    source: Source
    books: dict[str, RuleBook]
    ids: Column
    wallets: Table
    accounts: Table
    people: Column
    lines: Table
    line_first: Column
    issues: Table
    debts: Table
    posts: Table
    proposals: Table
    proposal_first: Column
    until: int
    rest: dict[str, Table] = field(default_factory=dict)

    @property
    def parts(self) -> list[tuple[int, int]]:
        """Ranges of wallets that are played at once."""
        count = self.line_first + self.proposal_first
        bounds = [0]
        while bounds[-1] < len(self.ids):
            end = int(np.searchsorted(count, count[bounds[-1]] + AT_ONCE, side="right")) - 1
            bounds.append(min(max(end, bounds[-1] + 1), len(self.ids)))
        return list(pairwise(bounds))

    def of_people(self, column: str, otherwise: int, people: Column) -> Column:
        """What is told of accounts by their places; of those that are not there (-1), otherwise."""
        found = np.full(len(people), otherwise, np.int64)
        known = people >= 0
        found[known] = self.accounts[column][people[known]]
        return found

    def wallet_name(self, w: int) -> str:
        """The wallet as people know it."""
        number, person = int(self.ids[w]), int(self.people[w])
        handle = self.accounts["handle"][person] if person >= 0 else ""
        return f"wallet {number} ({handle})" if handle else f"wallet {number}"


def recorded(source: Source, says: Says) -> Record:
    """Read and sort what a source has. Raises Unusable for an empty or inconsistent one."""
    says("reading wallets")
    wallets = _sorted(source.read("wallets"), "id")
    if not len(wallets["id"]):
        raise Unusable("Nothing is recorded: there is no wallet yet.")
    ids = wallets["id"]
    _require_once(ids, "wallet")
    accounts = source.read("accounts")
    people = places_in(accounts["id"], ids)
    says("reading proposals")
    posts = _sorted(source.read("posts"), "id")
    _require_once(posts["id"], "post")
    proposals = _proposals(source.read("proposals"), ids, posts["id"])
    says("reading lines")
    lines = _by_wallet(source.read("lines"), ids)
    until = max(_last(lines["effective"]), _last(proposals["submitted"]), _last(posts["posted"]))
    return Record(
        source=source,
        books=_books(source.read("books")),
        ids=ids,
        wallets=wallets,
        accounts=accounts,
        people=people,
        lines=lines,
        line_first=_first(lines["wallet"], len(ids)),
        issues=_by_wallet(source.read("issues"), ids),
        debts=_by_wallet(source.read("debts"), ids),
        posts=posts,
        proposals=proposals,
        proposal_first=_first(proposals["account"], len(ids)),
        until=until,
        rest={name: source.read(name) for name in ("enrolments", "subscriptions", "payments")},
    )


def _require_once(ids: Column, what: str) -> None:
    twice = ids[1:][ids[1:] == ids[:-1]]
    if len(twice):
        raise Unusable(f"{what} {twice[0]} is there twice.")


def _books(table: Table) -> dict[str, RuleBook]:
    found = {}
    for label, text in zip(table["label"], table["text"], strict=True):
        try:
            found[str(label)] = parse_rule_book(str(text), str(label))
        except RuleBookProblems as error:
            raise Unusable(f"The recorded rule book {label} cannot be read: {error}") from error
    return found


def _last(moments: Column) -> int:
    known = moments[moments < NEVER]
    return int(known.max()) if len(known) else 0


def places_in(keys: Column, wanted: Column) -> Column:
    """Where each of the wanted stands among keys in any order, which are sorted; -1 where it does not."""
    order = np.argsort(keys, kind="stable")
    if not len(keys):
        return np.full(len(wanted), -1, np.int64)
    place = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    found: Column = np.where(keys[order][place] == wanted, order[place], -1)
    return found


def _sorted(table: Table, *by: str) -> Table:
    order = np.lexsort([table[name] for name in reversed(by)])
    return _in_order(table, order)


def _in_order(table: Table, order: Column) -> Table:
    """The table in that order; each column is let go as it is sorted, since they are large."""
    for name in list(table):
        table[name] = table[name][order]
    return table


def _by_wallet(table: Table, ids: Column) -> Table:
    """Lines in the order of wallets and numbers, with the wallets' places for their ids."""
    place = places_among_sorted(table["wallet"], ids)
    if (place < 0).any():
        lost = int(table["wallet"][place < 0][0])
        raise Unusable(f"wallet {lost} has lines, and is not there itself.")
    table["wallet"] = place
    key = place.astype(np.int64)
    key <<= 32
    key |= table["number"]
    if (key[1:] > key[:-1]).all():
        return table
    return _in_order(table, np.argsort(key))


def _proposals(table: Table, ids: Column, posts: Column) -> Table:
    table["account"] = places_among_sorted(table["account"], ids)
    table["post"] = places_among_sorted(table["post"], posts)
    for name, what in (("account", "wallet"), ("post", "post")):
        if (table[name] < 0).any():
            raise Unusable(f"A proposal is of a {what} that is not there.")
    for name in ("opened", "engaged", "interview", "last_return"):
        table[name] = np.where(table[name] > 2**61, NEVER, table[name])
    return _in_order(table, np.lexsort((table["submitted"], table["account"])))


def places_among_sorted(keys: Column, among: Column) -> Column:
    """The place of each key in a sorted list, as small numbers; -1 where it is not there.

    It costs by the keys alone, so that it may be asked for few of them again and again.
    """
    if not len(among):
        return np.full(len(keys), -1, np.int32)
    place = np.minimum(np.searchsorted(among, keys), len(among) - 1).astype(np.int32)
    place[among[place] != keys] = -1
    return place


def _first(wallets: Column, count: int) -> Column:
    """Where the rows of each wallet begin, and where the last one's end."""
    return np.searchsorted(wallets, np.arange(count + 1)).astype(np.int64)


def kind_number(kind: EntryKind) -> int:
    """The number that stands for a kind of line."""
    return KINDS.index(kind.value)


LOT_OF = {kind_number(EntryKind(kind.value)): number for number, kind in enumerate(LOT_KINDS)}
"""The number of a lot's kind in the arrays, by that of the line that issues it."""
