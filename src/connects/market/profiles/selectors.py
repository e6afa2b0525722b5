"""One profile, by who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from connects.market.grants.models import Badge
from connects.market.people.models import Account, Membership, TeamMembership, User
from connects.market.people.permissions import Act, may
from connects.market.profiles.models import Profile, ShownTo
from connects.market.proposals.models import Invitation, Proposal, ProposalStatus
from connects.vocabulary.parties import AccountKind


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


def profile_of(account: Account) -> Profile:
    """An account's profile; an empty one where it has told nothing yet."""
    found = Profile.objects.filter(account=account).first()
    return found or Profile(account=account, changed=account.registered)


def person_for(user: User | None, viewer: Account | None, handle: str) -> Person | None:
    """The person of that handle, if the caller may see them; a closed account is seen by nobody."""
    rows = Account.objects.select_related("profile").exclude(kind=AccountKind.CLIENT)
    account = rows.filter(handle=handle, closed=None).first()
    if account is None:
        return None
    person = persons([account])[0]
    return person if _may_see(person, user, viewer) else None


def _may_see(person: Person, user: User | None, viewer: Account | None) -> bool:
    account, shown = person.account, person.profile.shown_to
    if user is not None:
        if may(user, Act.READ_ACCOUNTS):
            return True
        if Membership.objects.filter(user=user, account=account).exists():
            return True
    if account.suspended is not None:
        return False
    if shown == ShownTo.EVERYONE:
        return True
    if viewer is None:
        return False
    return shown == ShownTo.MEMBERS or have_dealings(account, viewer)


def have_dealings(account: Account, viewer: Account) -> bool:
    """Whether one has proposed to the other or was invited by them, or they share a team."""
    return (
        Proposal.objects.filter(account=account, job__client=viewer).exists()
        or Invitation.objects.filter(account=account, job__client=viewer).exists()
        or TeamMembership.objects.filter(account=account, agency=viewer, left=None).exists()
    )


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
