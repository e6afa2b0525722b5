"""Accounts as others see them: their profiles, badges and records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from connects.market.grants.models import Badge
from connects.market.people.models import Account
from connects.market.profiles.models import Profile
from connects.market.proposals.models import Proposal, ProposalStatus


@dataclass(frozen=True, slots=True)
class Record:
    """What an account has done here: proposals that it sent and stand, and jobs that it was hired for."""

    sent: int = 0
    hired: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A freelancer or an agency as others see them."""

    account: Account
    profile: Profile
    badges: tuple[str, ...]
    record: Record

    @property
    def country(self) -> str:
        """Where they work, as a code; "" where they have not said."""
        return self.profile.country or self.account.country


def persons(accounts: Iterable[Account]) -> list[Person]:
    """These accounts as others see them, with two queries for all; their profiles must be loaded."""
    listed = list(accounts)
    ids = [account.pk for account in listed]
    badges: dict[int, list[str]] = {}
    held = Badge.objects.filter(account_id__in=ids, lost__isnull=True).order_by("name")
    for account, name in held.values_list("account_id", "name"):
        badges.setdefault(account, []).append(name)
    records = records_of_people(ids)
    return [
        Person(
            account,
            _loaded_profile(account),
            tuple(badges.get(account.pk, ())),
            records.get(account.pk, Record()),
        )
        for account in listed
    ]


def _loaded_profile(account: Account) -> Profile:
    return getattr(account, "profile", None) or Profile(account=account, changed=account.registered)


def records_of_people(accounts: Iterable[int]) -> dict[int, Record]:
    """What these accounts have done here, with one query for all."""
    stands = Proposal.objects.filter(account_id__in=list(accounts)).exclude(
        status=ProposalStatus.WITHDRAWN
    )
    rows = stands.values("account_id").annotate(
        sent=Count("pk"), hired=Count("pk", filter=Q(status=ProposalStatus.HIRED))
    )
    return {row["account_id"]: Record(row["sent"], row["hired"]) for row in rows.order_by()}
