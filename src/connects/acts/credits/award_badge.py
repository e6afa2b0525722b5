"""Award badges, and the Connects that a rule book grants to their holders when they move to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from connects.acts.credits.deliver_waiting import Rest, hold_for_room
from connects.acts.credits.tell_of_grant import grant_notices
from connects.acts.notices.outbox import put_in_outbox
from connects.acts.oversight.audit import note_act
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.journals import journal
from connects.journal.port import Outcome, Posted
from connects.ledger.lots import LotKind
from connects.market.grants.models import Badge
from connects.market.members.selectors import chains_of, party_of
from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, denied
from connects.market.people.standing import closed_problem
from connects.movements.grant_connects import Grant, grant_connects
from connects.movements.party import Party
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid
from connects.vocabulary.typed_input import name_refused

NAME_CHARACTERS = 40


def add_badge(account: Account, name: str, staff: User | None = None) -> Account | Refused:
    """The account earns a badge; a grant that is still open to its holders is made at once.

    Refused with `invalid` or `not_allowed`. A badge that is held already stays as it is.
    """
    refused = _problem(name, staff) or closed_problem(account)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        held, is_new = Badge.objects.get_or_create(
            account=account, name=name, lost__isnull=True, defaults={"earned": now}
        )
        if is_new:
            note_act(staff, "add-badge", f"account:{account.handle}", held.name, now)
        if AccountKind(account.kind).holds_wallet:
            since = chains_of([account.pk], now)[account.pk][-1].since
            grant_for_badges({account.pk: since}, [party_of(account, now)], now)
    return account


def remove_badge(account: Account, name: str, staff: User | None = None) -> Account | Refused:
    """The account loses a badge; what it brought stays. Refused with `invalid` or `not_allowed`."""
    refused = _problem(name, staff)
    if refused is not None:
        return refused
    now = clock_now()
    with transaction.atomic():
        if not Badge.objects.filter(account=account, name=name, lost__isnull=True).update(lost=now):
            return invalid(Problem.BADGE_NOT_HELD, field="badge")
        note_act(staff, "remove-badge", f"account:{account.handle}", name, now)
    return account


def _problem(name: str, staff: User | None) -> Refused | None:
    return denied(staff, Act.CHANGE_BADGES) or name_refused("badge", name, NAME_CHARACTERS)


def grant_for_badges(
    moved: Mapping[int, datetime], parties: Iterable[Party], now: datetime
) -> None:
    """Make the badge grants of these parties' rule books that are due to them.

    `moved` says when each account's rule book began to hold; a grant is open for the rule book's days
    from then on, and what does not fit under the balance limit comes within these days. It bears the
    grant's name as its key, so it is made once in an account's life.
    """
    generous = [party for party in parties if party.book.grants.badges]
    if not generous:
        return
    held = defaultdict(set)
    rows = Badge.objects.filter(
        account_id__in=[party.account for party in generous], lost__isnull=True
    )
    for account, name in rows.values_list("account_id", "name"):
        held[account].add(name)
    grants = [
        Grant(
            party=party,
            kind=LotKind.BONUS,
            credits=rule.connects,
            reason=f"badge-grant:{rule.name}",
            effective=now,
        )
        for party in generous
        for rule in party.book.grants.badges
        if held[party.account].intersection(rule.badges)
        and now <= moved[party.account] + timedelta(days=rule.within_days)
    ]
    outcomes = grant_connects(journal(), grants, now)
    put_in_outbox(grant_notices(grants, outcomes, "badge"), now)
    hold_for_room(_left_over(grants, outcomes, moved), now)


def _left_over(
    grants: Sequence[Grant], outcomes: Sequence[Outcome], moved: Mapping[int, datetime]
) -> Iterator[Rest]:
    """The parts of grants that did not fit under the balance limit: they come while the grant's days
    run.
    """
    for grant, outcome in zip(grants, outcomes, strict=True):
        if not isinstance(outcome, Posted) or outcome.repeated or outcome.record is None:
            continue
        rules = {f"badge-grant:{rule.name}": rule for rule in grant.party.book.grants.badges}
        days = timedelta(days=rules[grant.reason].within_days)
        if outcome.record.entry.withheld:
            yield Rest(
                account=grant.party.account,
                kind=grant.kind,
                credits=outcome.record.entry.withheld,
                key=grant.reason,
                reference=grant.reason,
                until=moved[grant.party.account] + days,
            )
