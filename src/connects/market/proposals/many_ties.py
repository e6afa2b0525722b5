"""How many accounts stand each to the job that it proposes to, or would."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import CharField, IntegerField, Q, QuerySet, Value

from connects.market.by_lists import Asked, ByLists, Row, paired, rows_together
from connects.market.jobs.models import Job
from connects.market.many_rows import read_row
from connects.market.people.models import Account, Membership, User
from connects.market.people.own_accounts import MANAGERS
from connects.market.proposals.held import live
from connects.market.proposals.models import Invitation, Proposal, ProposalStatus
from connects.market.proposals.ties import Ties
from connects.vocabulary.parties import AccountKind


class Pair(NamedTuple):
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


class Known(NamedTuple):
    """What is known of a pair, as of the job's lock."""

    ties: Ties
    earlier: tuple[Earlier, ...]


def locked_pairs(pairs: Sequence[Pair], *asked: Asked) -> tuple[list[Known], list[list[Row]]]:
    """Lock the pairs' jobs in the order of their ids, and say how each account stands to its own.

    Of the jobs only what a proposal asks for is read. With two queries, which go with those that are
    `asked` besides, once the jobs are locked; and another where a job is for a cloud. Raises
    `Job.DoesNotExist`.
    """
    numbers = sorted({pair.job for pair in pairs})
    locked, between, *told = rows_together(
        _JOBS.of(numbers), _asked_between(pairs, numbers, clients_of=numbers), *asked
    )
    if len(locked) < len(numbers):
        raise Job.DoesNotExist
    rows = [dict(zip(_OF_A_JOB, row, strict=True)) for row in locked]
    return _known(pairs, {row["id"]: read_row(Job, row) for row in rows}, between), told


def ties_between(pairs: Sequence[Pair], jobs: Mapping[int, Job]) -> list[Ties]:
    """How each account stands to its job of these, with one query, or two where one is for a cloud."""
    clients = {job.client_id for job in jobs.values()}
    (rows,) = rows_together(_asked_between(pairs, sorted(jobs), clients))
    return [known.ties for known in _known(pairs, jobs, rows)]


def _known(pairs: Sequence[Pair], jobs: Mapping[int, Job], rows: Sequence[Row]) -> list[Known]:
    found = _Found(_clouds(pairs, jobs), rows)
    known = []
    for pair in pairs:
        job, account = jobs[pair.job], pair.account.id
        sent = found.sent.get(account, ())
        earlier = [each for each in sent if pair.job == each.job or pair.key == each.key]
        gain = found.gain(pair.member, pair.accounts)
        known.append(Known(found.ties(job, account, gain, earlier), tuple(earlier)))
    return known


_OF_A_JOB = (
    "id",
    "public_id",
    "external_id",
    "client_id",
    "title",
    "kind",
    "status",
    "cloud_id",
    "revision",
    "proposal_count",
    "takes_more",
)
_JOBS = ByLists(
    lambda jobs: (
        Job.objects.select_for_update().filter(pk__in=jobs).order_by("pk").values_list(*_OF_A_JOB)
    ),
    int,
)


class _Found:
    """What there is between the accounts and the jobs, and which of the accounts are in which clouds."""

    def __init__(
        self, clouds: set[tuple[int | None, int]], rows: Sequence[tuple[Any, ...]]
    ) -> None:
        self.clouds = clouds
        self.invited: set[tuple[int, int]] = set()
        self.held: set[tuple[int, int]] = set()
        self.sent: dict[int, set[Earlier]] = defaultdict(set)
        self.acts: dict[int, set[int]] = defaultdict(set)
        self.manages: dict[int, set[int]] = defaultdict(set)
        for kind, one, account, text, status, paid in rows:
            if kind == "invited":
                self.invited.add((one, account))
            elif kind == "held":
                self.held.add((one, account))
            elif kind == "sent":
                self.sent[account].add(Earlier(one, text, status, paid))
            else:
                self.acts[account].add(one)
                if text in MANAGERS:
                    self.manages[account].add(one)
        self.held_jobs = {job for job, _ in self.held}
        self.held_by = Counter(account for _, account in self.held)

    def ties(self, job: Job, account: int, gain: set[int], earlier: Sequence[Earlier]) -> Ties:
        """How an account stands to a job; `gain` are the people who gain from its proposal."""
        return Ties(
            job,
            invited=(job.id, account) in self.invited,
            in_cloud=(job.cloud_id, account) in self.clouds,
            is_own=not gain.isdisjoint(self.acts.get(job.client_id, ())),
            withdrew_free=any(_was_withdrawn_free(each, job.id) for each in earlier),
            reserved=(job.id, account) in self.held,
            any_reserved=job.id in self.held_jobs,
            own_reservations=self.held_by.get(account, 0),
        )

    def gain(self, member: User | None, accounts: Sequence[Account]) -> set[int]:
        """The people who gain from a proposal; see `own_accounts.memberships_on_both_sides`."""
        gain = set() if member is None else {member.id}
        for account in accounts:
            acts = self.manages if account.kind == AccountKind.AGENCY else self.acts
            gain |= acts.get(account.id, set())
        return gain


def _was_withdrawn_free(sent: Earlier, job: int) -> bool:
    return sent.job == job and sent.status == ProposalStatus.WITHDRAWN and not sent.paid


def _asked_between(
    pairs: Sequence[Pair],
    jobs: Sequence[int],
    clients: Collection[int] = (),
    clients_of: Sequence[int] = (),
) -> Asked:
    """All that there is between them, of four tables (a proposal perhaps twice), with one query.

    The jobs' clients are given where they are known, and else by their jobs.
    """
    accounts = {pair.account.id for pair in pairs}
    people = {*clients, *(each.id for pair in pairs for each in pair.accounts)}
    by_job = sorted({(pair.account.id, pair.job) for pair in pairs})
    by_key = sorted({(pair.account.id, pair.key) for pair in pairs})
    return _BETWEEN.of(jobs, sorted(accounts), sorted(people), clients_of, by_job, by_key)


def _between(
    jobs: list[int],
    accounts: list[int],
    people: list[int],
    clients_of: list[int],
    by_job: list[Any],
    by_key: list[Any],
) -> QuerySet[Any, Any]:
    invited = Invitation.objects.filter(job__in=jobs, account__in=accounts)
    to_job = paired(Proposal.objects.all(), "account_id", "job_id", by_job)
    under_key = paired(Proposal.objects.all(), "account_id", "key", by_key)
    of_sent = ("job_id", "account_id", "key", "status", "paid")
    of_acts = (_text("acts"), "user_id", "account_id", "role")
    held = live().filter(Q(job__in=jobs) | Q(account__in=accounts)).order_by()
    acts = Membership.objects.filter(account__in=people)
    clients = Job.objects.filter(pk__in=clients_of).order_by().values("client_id")
    for_clients = Membership.objects.filter(account__in=clients)
    nothing = (_text(""), _text(""), Value(0, IntegerField()))
    return invited.values_list(_text("invited"), "job_id", "account_id", *nothing).union(
        to_job.values_list(_text("sent"), *of_sent),
        under_key.values_list(_text("sent"), *of_sent),
        held.values_list(_text("held"), "job_id", "account_id", *nothing),
        acts.values_list(*of_acts, *nothing[1:]),
        for_clients.values_list(*of_acts, *nothing[1:]),
        all=True,
    )


def _text(said: str) -> Value:
    return Value(said, CharField())


_BETWEEN = ByLists(_between, int, int, int, int, (int, int), (int, str))


def _clouds(pairs: Sequence[Pair], jobs: Mapping[int, Job]) -> set[tuple[int | None, int]]:
    clouds = {job.cloud_id for job in jobs.values()} - {None}
    if not clouds:
        return set()
    accounts = {pair.account.id for pair in pairs}
    rows = Account.objects.filter(pk__in=accounts, member_of_clouds__in=clouds)
    return set(rows.values_list("member_of_clouds", "pk"))
