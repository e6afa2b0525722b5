"""How many accounts stand each to the job that it proposes to, with the jobs locked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, Q, QuerySet, Value

from connects.market.jobs.models import Job
from connects.market.people.models import Account, Membership, User
from connects.market.people.own_accounts import MANAGERS
from connects.market.proposals.held import live
from connects.market.proposals.models import Invitation, Proposal, ProposalStatus
from connects.market.proposals.ties import Ties
from connects.vocabulary.parties import AccountKind


@dataclass(frozen=True, slots=True)
class Pair:
    """An account that proposes to a job under a key; for an agency, `sender` is the member's own."""

    job: int
    account: Account
    key: str
    sender: Account | None = None
    member: User | None = None

    @property
    def accounts(self) -> tuple[Account, ...]:
        return (self.account,) if self.sender is None else (self.account, self.sender)


class Earlier(NamedTuple):
    """A proposal that the account has sent before: to the same job, or under the same key."""

    job: int
    key: str
    status: str
    paid: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a pair, as of the job's lock."""

    ties: Ties
    earlier: tuple[Earlier, ...]


def locked_pairs(pairs: Sequence[Pair]) -> list[Known]:
    """Lock the pairs' jobs in the order of their ids, and say how each account stands to its own.

    With two queries, and a third where one of the jobs is for a cloud. Raises `Job.DoesNotExist`.
    """
    rows = Job.objects.select_for_update(of=("self",)).filter(pk__in={pair.job for pair in pairs})
    jobs = {job.pk: job for job in rows.order_by("pk")}
    if len(jobs) < len({pair.job for pair in pairs}):
        raise Job.DoesNotExist
    found = _Found(pairs, jobs)
    return [found.known(pair) for pair in pairs]


class _Found:
    """What there is between the accounts and the jobs."""

    def __init__(self, pairs: Sequence[Pair], jobs: dict[int, Job]) -> None:
        self.jobs = jobs
        self.invited: set[tuple[int, int]] = set()
        self.held: list[tuple[int, int]] = []
        self.sent: dict[int, list[Earlier]] = {}
        self.acts: dict[int, set[int]] = {}
        self.manages: dict[int, set[int]] = {}
        for kind, one, account, text, status, paid in _rows(pairs, jobs):
            if kind == "invited":
                self.invited.add((one, account))
            elif kind == "held":
                self.held.append((one, account))
            elif kind == "sent":
                self.sent.setdefault(account, []).append(Earlier(one, text, status, paid))
            else:
                self.acts.setdefault(account, set()).add(one)
                if text in MANAGERS:
                    self.manages.setdefault(account, set()).add(one)
        self.clouds = _clouds(pairs, jobs)

    def known(self, pair: Pair) -> Known:
        job, account = self.jobs[pair.job], pair.account.pk
        earlier = tuple(
            each
            for each in self.sent.get(account, ())
            if each.job == job.pk or each.key == pair.key
        )
        ties = Ties(
            job,
            invited=(job.pk, account) in self.invited,
            in_cloud=(job.cloud_id, account) in self.clouds,
            is_own=not self.acts.get(job.client_id, set()).isdisjoint(self._gain(pair)),
            withdrew_free=any(
                each.job == job.pk and each.status == ProposalStatus.WITHDRAWN and not each.paid
                for each in earlier
            ),
            reserved=(job.pk, account) in self.held,
            any_reserved=any(held == job.pk for held, _ in self.held),
            own_reservations=sum(holder == account for _, holder in self.held),
        )
        return Known(ties, earlier)

    def _gain(self, pair: Pair) -> Iterator[int]:
        """The people who gain from the proposal; see `own_accounts.memberships_on_both_sides`."""
        if pair.member is not None:
            yield pair.member.pk
        for account in pair.accounts:
            acts = self.manages if account.kind == AccountKind.AGENCY else self.acts
            yield from acts.get(account.pk, ())


def _rows(pairs: Sequence[Pair], jobs: dict[int, Job]) -> QuerySet[Any, Any]:
    """All that there is between them, of four tables, with one query."""
    accounts = {pair.account.pk for pair in pairs}
    people = {each.pk for pair in pairs for each in pair.accounts}
    people |= {job.client_id for job in jobs.values()}
    invited = Invitation.objects.filter(job__in=jobs, account__in=accounts)
    sent = Proposal.objects.filter(
        Q(job__in=jobs) | Q(key__in={pair.key for pair in pairs}), account__in=accounts
    )
    held = live().filter(Q(job__in=jobs) | Q(account__in=accounts)).order_by()
    acts = Membership.objects.filter(account__in=people)
    nothing = (_text(""), _text(""), Value(0, IntegerField()))
    return invited.values_list(_text("invited"), "job_id", "account_id", *nothing).union(
        sent.values_list(_text("sent"), "job_id", "account_id", "key", "status", "paid"),
        held.values_list(_text("held"), "job_id", "account_id", *nothing),
        acts.values_list(_text("acts"), "user_id", "account_id", "role", *nothing[1:]),
        all=True,
    )


def _text(said: str) -> Value:
    return Value(said, CharField())


def _clouds(pairs: Sequence[Pair], jobs: dict[int, Job]) -> set[tuple[int | None, int]]:
    clouds = {job.cloud_id for job in jobs.values()} - {None}
    if not clouds:
        return set()
    accounts = {pair.account.pk for pair in pairs}
    rows = Account.objects.filter(pk__in=accounts, member_of_clouds__in=clouds)
    return set(rows.values_list("member_of_clouds", "pk"))
