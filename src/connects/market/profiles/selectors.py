"""One profile, by who may see it."""

from __future__ import annotations

from connects.market.people.models import Account, Membership, TeamMembership, User
from connects.market.people.permissions import Act, may
from connects.market.profiles.models import Profile, ShownTo
from connects.market.profiles.persons import Person, persons
from connects.market.proposals.models import Invitation, Proposal
from connects.vocabulary.parties import AccountKind


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
