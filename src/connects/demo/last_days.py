"""The demo's last days: something is under way everywhere, so that no page is first met empty.

An agency with a team, flags and appeals to decide, codes and taxes, invitations to answer, and people
with some Connects and a handful of notices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from connects.acts.accounts import invite_to_team
from connects.acts.accounts.set_member_terms import set_member_terms
from connects.acts.credits import redeem_promo
from connects.acts.jobs.flag import flag_job
from connects.acts.jobs.make_cloud import make_cloud
from connects.acts.money.set_tax import set_tax
from connects.acts.notices.outbox import mark_read
from connects.acts.proposals import appeal, client_acts, invite, message, offer
from connects.acts.purchases import buy as purchases
from connects.acts.staff import grant_courtesy
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Job, JobStatus
from connects.market.moderation.models import Appeal, FlagReason
from connects.market.people.models import Account, User
from connects.market.proposals.models import Proposal, ProposalStatus
from connects.vocabulary.parties import AccountKind, Role

TEAM = 3
FLAGGED = 4
APPEALS = 3
INVITED = 3
TAXES = (("DE", "VAT", 1900), ("FR", "VAT", 2000), ("GB", "VAT", 2000))

Event = tuple[datetime, Callable[[], None]]


def plan(
    clients: Sequence[Account], proposers: Sequence[Account], until: datetime
) -> Iterator[Event]:
    """What happens in the last days; the lists are filled by the time that it does."""
    yield until - timedelta(days=6), lambda: set_codes_and_taxes(until)
    yield until - timedelta(days=5), lambda: gather_team(proposers)
    yield until - timedelta(days=4), lambda: flag_jobs(proposers)
    yield until - timedelta(days=3), file_appeals
    yield until - timedelta(hours=30), lambda: give_connects(proposers)
    yield until - timedelta(hours=26), lambda: read_notices(proposers, clients)
    yield until - timedelta(hours=3), lambda: write_to_them(clients, proposers)


def _staff(role: Role) -> User:
    return User.objects.get(staff_role=role.value)


def _first(accounts: Sequence[Account], kind: AccountKind) -> Account:
    return next(account for account in accounts if account.kind == kind)


def _freelancers(accounts: Sequence[Account]) -> list[Account]:
    return [account for account in accounts if account.kind == AccountKind.FREELANCER]


def set_codes_and_taxes(until: datetime) -> None:
    """Two codes, one of them used; taxes of three countries, from tomorrow on."""
    for code, connects, days in (("WELCOME-10", 10, 30), ("AUTUMN-5", 5, 2)):
        terms = redeem_promo.PromoTerms(
            code=code,
            connects=connects,
            valid_from=clock_now() - timedelta(days=1),
            valid_until=until + timedelta(days=days),
        )
        redeem_promo.make_promo(terms, _staff(Role.OPERATOR))
    tomorrow = clock_now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    for country, name, basis_points in TAXES:
        set_tax(country, name, basis_points, tomorrow, _staff(Role.FINANCE), clock_now())


def gather_team(proposers: Sequence[Account]) -> None:
    """The agency has an admin and members with limits, and waits for one more to answer."""
    agency = _first(proposers, AccountKind.AGENCY)
    others = _freelancers(proposers)[1 : TEAM + 2]
    for number, member in enumerate(others):
        role = Role.AGENCY_MEMBER if number else Role.AGENCY_ADMIN
        invite_to_team.invite_to_team(member, agency, role)
        if number < TEAM:
            invite_to_team.answer_team_invitation(agency, member, accepts=True)
    set_member_terms(agency, others[1], 40, may_spend=True)
    set_member_terms(agency, others[2], 0, may_spend=False)


def _open_jobs() -> Iterator[Job]:
    rows = Job.objects.filter(status=JobStatus.OPEN, cloud__isnull=True).order_by("-posted", "id")
    return rows.select_related("client").iterator()


def flag_jobs(proposers: Sequence[Account]) -> None:
    """A few open jobs are flagged, each for another reason and by one more member."""
    reasons = (FlagReason.UNPAID_WORK, FlagReason.CONTACT_OUTSIDE, FlagReason.DUPLICATE)
    by = _freelancers(proposers)
    for number, job in enumerate(_open_jobs()):
        if number == FLAGGED:
            break
        for account in by[5 : 6 + number]:
            flag_job(job, account, reasons[number % len(reasons)], "Please look at this one.")


def file_appeals() -> None:
    """Some ask for what did not come back; one of the appeals waits for a second person."""
    ended = Proposal.objects.exclude(job__status=JobStatus.OPEN).filter(
        status=ProposalStatus.SUBMITTED, returned=0, paid__gt=0
    )
    for proposal in ended.select_related("job", "account").order_by("-submitted")[:APPEALS]:
        appeal.file_appeal(proposal, proposal.account, "The client never looked at my letter.")
    first = Appeal.objects.order_by("id").first()
    if first is not None:
        why = "The job was a copy of an earlier one."
        appeal.propose_decision(first, _staff(Role.MODERATOR), why, grants=True)


def give_connects(proposers: Sequence[Account]) -> None:
    """Those who sign in hold some: bought, from a code, and from us."""
    for kind in (AccountKind.FREELANCER, AccountKind.AGENCY):
        account = _first(proposers, kind)
        purchases.order(account, 40, "demo-last-days")
        redeem_promo.redeem_promo(account, "WELCOME-10", "demo-code")
        why = "Sorry for the outage on Monday"
        grant_courtesy.grant(account, 6, why, _staff(Role.SUPPORT), f"demo-{account.pk}")


def read_notices(proposers: Sequence[Account], clients: Sequence[Account]) -> None:
    """What has come until now is read, so that a handful of new notices is left."""
    for account in (
        _first(proposers, AccountKind.FREELANCER),
        _first(proposers, AccountKind.AGENCY),
        clients[0],
    ):
        mark_read(account, clock_now())


def write_to_them(clients: Sequence[Account], proposers: Sequence[Account]) -> None:
    """Invitations, a message, a place on a shortlist, an offer, and a cloud, all new today."""
    ana = _first(proposers, AccountKind.FREELANCER)
    jobs = [job for job in _open_jobs() if not job.proposals.filter(account=ana).exists()]
    for job in jobs[:INVITED]:
        invite.invite_to_job(job, ana, job.client)
    waiting = Proposal.objects.filter(
        account=ana, status=ProposalStatus.SUBMITTED, job__status=JobStatus.OPEN
    )
    rows = list(waiting.select_related("job", "job__client").order_by("-submitted")[:3])
    if rows:
        client_acts.message(rows[0], rows[0].job.client, "When could you begin?")
        message.answer_client(rows[0], ana, "On Monday. I would start with the first draft.")
    if len(rows) > 1:
        client_acts.shortlist(rows[1], rows[1].job.client)
    if len(rows) > 2:
        offer.make_offer(rows[2], rows[2].job.client)
    make_cloud("People we know", clients[0], _freelancers(proposers)[:4])
