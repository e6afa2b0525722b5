"""Deliver Connects that wait for room under the balance limit, while their days run.

Two kinds wait: the rest of a paid month's Connects, within that month, and a one-time grant with a
deadline. Everything else that does not fit is cut (docs/rules.md 3.6).

Room appears when a balance falls: by a proposal (`schedule_delivery_check`), by an expiry (the next one
is known, so the row is checked at that instant), or otherwise (a check a day).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.notices.outbox import put_in_outbox
from connects.bootstrap.journals import journal
from connects.ledger.commands import Issue
from connects.ledger.lots import LotKind
from connects.ledger.wallet import Wallet
from connects.market.grants.models import WaitingConnects
from connects.market.members.selectors import party_of
from connects.movements.party import Party
from connects.vocabulary.amounts import Connects
from connects.vocabulary.events import Event
from connects.vocabulary.refusals import Parameter, Refused

EVERY = timedelta(days=1)
BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The part of an issue that did not fit. `key` is that issue's, `payment` what paid for it, or ""."""

    account: int
    kind: LotKind
    credits: Connects
    key: str
    reference: str
    until: datetime
    payment: str = ""


def hold_for_room(rests: Iterable[Rest], now: datetime) -> None:
    """Keep what did not fit, once for each issue. Runs in the caller's transaction."""
    rows = [
        WaitingConnects(
            account_id=rest.account,
            key=rest.key,
            kind=rest.kind.value,
            credits=rest.credits,
            reference=rest.reference,
            payment=rest.payment,
            until=rest.until,
            check_at=_next_check(journal().wallet(rest.account), rest.until, now),
        )
        for rest in rests
    ]
    WaitingConnects.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        _tell(row, "connects-waiting", {"connects": row.credits}, now)


def schedule_delivery_check(accounts: Iterable[int], now: datetime) -> None:
    """These balances have fallen: check soon. In the transaction that lowered them."""
    rows = WaitingConnects.objects.filter(account_id__in=list(accounts), ended__isnull=True)
    rows.filter(check_at__gt=now).update(check_at=now)


def waiting_for(account: int) -> list[WaitingConnects]:
    """The Connects that wait for this account, the first to lapse first."""
    rows = WaitingConnects.objects.filter(account_id=account, ended__isnull=True)
    return list(rows.order_by("until", "id"))


def next_due(until: datetime) -> datetime | None:
    """The first instant, by `until`, at which something may be delivered or lapses."""
    rows = WaitingConnects.objects.filter(check_at__lte=until, ended__isnull=True)
    return rows.order_by("check_at").values_list("check_at", flat=True).first()


def do_due(until: datetime, now: datetime) -> None:
    """Deliver a batch of what has room, and end what has waited too long, each at its own instant."""
    with transaction.atomic():
        rows = WaitingConnects.objects.select_for_update(of=("self",), skip_locked=True)
        due = rows.filter(check_at__lte=until, ended__isnull=True).select_related("account")
        for row in due.order_by("check_at", "id")[:BATCH]:
            _deliver(row, row.check_at, now)


def _deliver(row: WaitingConnects, at: datetime, now: datetime) -> None:
    journal().lock((row.account_id,))
    wallet = journal().wallet(row.account_id)
    if at >= row.until:
        row.ended = row.until
        _tell(row, "waiting-connects-lapsed", {"connects": row.credits}, now)
    else:
        party = party_of(row.account, at)
        room = room_in(wallet, party, at)
        fits = row.credits if room is None else min(row.credits, room)
        if fits:
            wallet = _issue(row, party, fits, at, now)
        row.check_at = _next_check(wallet, row.until, at)
    row.save()


def _issue(
    row: WaitingConnects, party: Party, fits: Connects, at: datetime, now: datetime
) -> Wallet:
    row.parts += 1
    posted = journal().post_one(
        Issue(
            wallet=row.account_id,
            key=f"{row.key}:rest:{row.parts}",
            reference=row.reference,
            rule_book=party.book.label,
            effective=at,
            kind=LotKind(row.kind),
            credits=fits,
            expires=party.book.expiry.of_issue(at),
        ),
        now,
    )
    assert not isinstance(posted, Refused), posted
    row.lots = [*row.lots, posted.entry_number]
    row.credits -= fits
    if not row.credits:
        row.ended = at
    balance = posted.wallet.balance
    _tell(row, "waiting-connects", {"connects": fits, "left": row.credits, "balance": balance}, now)
    return posted.wallet


def room_in(wallet: Wallet, party: Party, at: datetime) -> Connects | None:
    """The Connects that may come now: the room under the limit, and what a debt takes; None: all."""
    limits, most = party.book.limits, party.balance_limit
    if most is None:
        return None
    live = wallet.with_lots(tuple(lot for lot in wallet.lots if lot.live_at(at)))
    return wallet.debt + max(most - live.counted(plan_too=limits.counts_plan_connects), 0)


def late_lots(payment: str) -> list[int]:
    """The lots that came late of what a payment had paid for."""
    rows = WaitingConnects.objects.filter(payment=payment).order_by("id")
    return [number for lots in rows.values_list("lots", flat=True) for number in lots]


def hold_back(payment: str, credits: Connects, now: datetime) -> list[list[int]]:
    """Money of a payment went back, so these do not come: rows and how many of each.

    In the caller's transaction.
    """
    rows = WaitingConnects.objects.select_for_update(of=("self",)).filter(payment=payment)
    held = []
    for row in rows.filter(ended__isnull=True).order_by("id"):
        taken = min(row.credits, credits)
        credits -= taken
        row.credits -= taken
        row.ended = now if not row.credits else None
        row.save(update_fields=["credits", "ended"])
        held.append([row.pk, taken])
    return [each for each in held if each[1]]


def resume_waiting(held: Iterable[Sequence[int]], now: datetime) -> None:
    """The money is here after all: what was held back waits on, while its days run."""
    for number, credits in held:
        row = WaitingConnects.objects.select_for_update(of=("self",)).get(pk=number)
        row.credits += credits
        row.ended, row.check_at = None, now
        row.save(update_fields=["credits", "ended", "check_at"])


def _next_check(wallet: Wallet, until: datetime, at: datetime) -> datetime:
    expiries = [lot.expires for lot in wallet.lots if lot.expires and lot.expires > at]
    return min([at + EVERY, until, *expiries])


def _tell(
    row: WaitingConnects, code: str, parameters: Mapping[str, Parameter], now: datetime
) -> None:
    event = Event(
        key=f"{code}:{row.account_id}:{row.key}:{row.parts}",
        account=row.account_id,
        code=code,
        parameters={**parameters, "until": row.until.isoformat()},
    )
    put_in_outbox([event], now)
