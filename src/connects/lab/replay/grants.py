"""What accounts get and buy under a rule book: registration, cycles, grants, purchases."""

from __future__ import annotations

import numpy as np

from connects.lab.kernel import recorded as k
from connects.lab.kernel.columns import NEVER, NONE, PLAN, PURCHASE, SIGNUP
from connects.lab.kernel.tables_of_accounts import ACCOUNT_KINDS
from connects.lab.replay.cycles import cycles
from connects.lab.replay.reading.columns import ORIGINS, Column, Table
from connects.lab.replay.record import LOT_OF, kind_number, places_in
from connects.lab.replay.terms import Gathered, Terms, expiries, of_kinds
from connects.ledger.entries import EntryKind

OTHER, REGISTRATION, BOUGHT = map(ORIGINS.index, ("other", "registration", "purchase"))


def grants(terms: Terms, known: Table, gathered: Gathered) -> None:
    """All that is given and bought; `known` are the recorded issues of these wallets."""
    _registrations(terms, known, gathered)
    cycles(terms, gathered)
    _as_recorded(terms, known, gathered)
    _purchases(terms, known, gathered)


def _registrations(terms: Terms, known: Table, gathered: Gathered) -> None:
    book = terms.book
    gets = _got_gifts(terms, known) & (terms.registered < NEVER)
    signup = terms.by_kind(of_kinds(book.grants.signup_connects))
    month = terms.by_kind(of_kinds(book.plan(book.default_plan).monthly_connects))
    for kind, credits in ((SIGNUP, signup), (PLAN, month)):
        who = np.flatnonzero(gets & (credits > 0))
        at = terms.registered[who]
        gathered.issue(
            who,
            at,
            k.ISSUE,
            [kind, credits[who], 0, expiries(book, at), terms.limit[who], NONE, 0],
        )


def _got_gifts(terms: Terms, known: Table) -> Column:
    """Who was given something for registering, or could not have been by the rules of that day."""
    got = np.zeros(terms.high - terms.low, bool)
    got[known["wallet"][known["origin"] == REGISTRATION]] = True
    enrolments = terms.record.rest["enrolments"]
    place = places_in(terms.record.ids[terms.low : terms.high], enrolments["account"])
    order = np.argsort(enrolments["effective"], kind="stable")[::-1]
    order = order[place[order] >= 0]
    first: dict[int, str] = dict(
        zip(place[order].tolist(), enrolments["label"][order].tolist(), strict=True)
    )
    for w in np.flatnonzero(~got).tolist():
        book = terms.record.books.get(first.get(w, ""))
        kind = ACCOUNT_KINDS[terms.agency[w]]
        if book is not None:
            gives = book.grants.signup_connects(kind)
            gives += book.plan(book.default_plan).monthly_connects(kind)
            got[w] = not gives
    return got


def _as_recorded(terms: Terms, known: Table, gathered: Gathered) -> None:
    """What staff, promo codes, badges and imports brought: as it was, under the limit that is tried."""
    rows = np.flatnonzero(known["origin"] == OTHER)
    rows = rows[[number in LOT_OF for number in known["kind"][rows].tolist()]]
    rows = rows[known["kind"][rows] != kind_number(EntryKind.RETURN)]
    wallet, at = known["wallet"][rows], known["effective"][rows]
    kind = np.array([LOT_OF[number] for number in known["kind"][rows].tolist()], np.int64)
    credits = (known["credits"] + known["withheld"])[rows]
    # Where nothing of it came, it is not known how long it would have lived.
    ends = np.where(known["credits"][rows] > 0, known["expires"][rows], expiries(terms.book, at))
    limit = np.where(kind == PURCHASE, NONE, terms.limit[wallet])
    columns: list[Column | int] = [kind, credits, known["cost"][rows], np.maximum(ends, at + 1)]
    gathered.issue(wallet, at, k.ISSUE, [*columns, limit, known["number"][rows], 0])


def _purchases(terms: Terms, known: Table, gathered: Gathered) -> None:
    """What was bought: as many Connects, for what the rule book asks where it sells as many."""
    book, rows = terms.book, np.flatnonzero(known["origin"] == BOUGHT)
    wallet, at = known["wallet"][rows], known["effective"][rows]
    credits = known["credits"][rows].astype(np.int64)
    cost = known["cost"][rows].astype(np.int64)
    agency = terms.agency[wallet]
    for size, kind in {*zip(credits.tolist(), agency.tolist(), strict=True)}:
        asked = book.bundles.price_of(size, ACCOUNT_KINDS[kind])
        if asked is not None:
            cost[(credits == size) & (agency == kind)] = asked
    limit = terms.limit[wallet]
    if book.bundles.paid_plans_only:
        buys = [
            book.plan(p).price(ACCOUNT_KINDS[a]) > 0
            for p, a in zip(terms.plan, terms.agency, strict=True)
        ]
        limit = np.where(np.array(buys)[wallet], limit, 0)
    columns: list[Column | int] = [PURCHASE, credits, cost, expiries(book, at), limit]
    gathered.issue(wallet, at, k.BUY, [*columns, known["number"][rows], known["balance"][rows]])
