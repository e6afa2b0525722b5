"""The demo: ninety days of a small marketplace, played from a seed through the ordinary services.

Nothing is written past a service, so what the demo shows is what the software does. The days are
planned first (what happens when), then played in order with the clock held at each event, with all
that falls due in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from connects.acts.accounts import register as people
from connects.acts.accounts.edit_profile import edit_profile
from connects.acts.jobs import end, take_down
from connects.acts.jobs import publish as jobs
from connects.acts.jobs.record_demand import record_demand
from connects.acts.proposals import client_acts, invite
from connects.acts.proposals import submit as proposals
from connects.acts.proposals.submission import ProposalForm
from connects.acts.purchases import buy as purchases
from connects.bootstrap.clock import held_at
from connects.bootstrap.providers import pretended_payments
from connects.demo import last_days, move
from connects.demo.people import asking_for, profile_of
from connects.demo.posts import job_fields
from connects.demo.texts import COUNTRIES, LETTERS, QUESTIONS, company_name, person_name
from connects.due.run import run
from connects.market.jobs.models import CloseReason, Job
from connects.market.people.models import STAFF_ROLES, Account, User
from connects.market.proposals.models import Proposal
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import RefusalCode, Refused

READINGS_EVERY = 3
DAYS = 90
CLIENTS = 40
FREELANCERS = 80
AGENCIES = 6
POSTS = 300
PROPOSALS_EACH = (0, 9)
PASSWORD = "proposal-credits"  # noqa: S105 the demo's sign-ins are printed for everyone to use

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way into the demo: a role, and the e-mail of someone who has it."""

    role: str
    email: str


SIGN_INS = (
    SignIn("freelancer", "freelancer@demo.example"),
    SignIn("agency", "agency@demo.example"),
    SignIn("client", "client@demo.example"),
    *(SignIn(role.value, f"{role.value}@demo.example") for role in reversed(STAFF_ROLES)),
)
# One of each role, so that what needs two people can be seen to its end.
STAFF_NAMES = {
    Role.OPERATOR: "Olga Operator",
    Role.POLICY: "Paul Policy",
    Role.FINANCE: "Fay Finance",
    Role.SUPPORT: "Sue Support",
    Role.MODERATOR: "Mo Moderator",
}


@dataclass(frozen=True, slots=True, order=True)
class _Planned:
    """Something that will happen; `number` keeps the order of what happens at one instant."""

    at: datetime
    number: int
    do: Callable[[], None] = field(compare=False)


@dataclass(slots=True)
class _Market:
    """Who and what there is so far."""

    chance: Random
    clients: list[Account] = field(default_factory=list)
    proposers: list[Account] = field(default_factory=list)
    posted: dict[int, Job] = field(default_factory=dict)
    orders: int = 0


def is_empty() -> bool:
    """Whether nobody has taken part yet."""
    return not Account.objects.exists() and not User.objects.exists()


def is_here() -> bool:
    """Whether any of the demo's people are in the database, whose password everybody knows."""
    return bool(sign_ins())


def sign_ins() -> tuple[SignIn, ...]:
    """Those of the demo's people who can sign in here: one may be gone, or never have been."""
    emails = [sign_in.email for sign_in in SIGN_INS]
    rows = User.objects.filter(email__in=emails, is_active=True)
    here = set(rows.values_list("email", flat=True))
    return tuple(sign_in for sign_in in SIGN_INS if sign_in.email in here)


def fill(until: datetime, seed: int = 2019, progress: Progress | None = None) -> None:
    """Play the demo's ninety days up to `until`, in one transaction: all of it or none."""
    market = _Market(Random(seed))
    start = until - timedelta(days=DAYS)
    plan = sorted(
        _Planned(at, number, do) for number, (at, do) in enumerate(_plan(market, start, until))
    )
    with pretended_payments(), transaction.atomic():
        with held_at(start):
            for role, name in STAFF_NAMES.items():
                User.objects.create_user(f"{role.value}@demo.example", name, PASSWORD, role.value)
        for done, planned in enumerate(plan):
            if done % 50 == 0:
                run(planned.at)
                if progress is not None:
                    progress(done, len(plan))
            with held_at(planned.at):
                planned.do()
        run(until)


def _plan(
    market: _Market, start: datetime, until: datetime
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    chance = market.chance
    kinds = [AccountKind.CLIENT] * CLIENTS + [AccountKind.FREELANCER] * FREELANCERS
    kinds += [AccountKind.AGENCY] * AGENCIES
    for place, kind in enumerate(kinds):
        # The first of each kind is there from the start: it is who the printed sign-ins are.
        first = place == kinds.index(kind)
        at = start if first else start + _some(chance, timedelta(days=25))
        yield at, lambda kind=kind, first=first: _join(market, kind, signs_in=first)  # type: ignore[misc]
    yield from _plan_move(market, start, until)
    yield from last_days.plan(market.clients, market.proposers, until)
    for day in range(7, DAYS, READINGS_EVERY):
        at = start + timedelta(days=day)
        yield at, lambda at=at: _read_demand(at)  # type: ignore[misc]
    for number in range(POSTS):
        posted = start + timedelta(days=1) + _some(chance, timedelta(days=DAYS - 1, hours=-2))
        yield from _plan_post(market, number, posted, until)


def _read_demand(at: datetime) -> None:
    """As the worker does, though not every minute."""
    record_demand(at)


def _plan_move(
    market: _Market, start: datetime, until: datetime
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """The move to other rules is in progress when the demo opens: some have moved, some are told."""
    yield start + timedelta(days=59), lambda: move.schedule(market.proposers[0], until)
    yield start + timedelta(days=60), lambda: move.announce(until)
    for said in move.REPLIES:
        at = start + timedelta(days=60 + said.days)
        yield at, lambda said=said: move.reply(market.proposers[said.by], said)  # type: ignore[misc]
    yield until - timedelta(days=6), move.tell_how_far_it_is


def _plan_post(
    market: _Market, number: int, posted: datetime, until: datetime
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    chance = market.chance
    yield posted, lambda: _post(market, number)
    for _ in range(chance.randint(*PROPOSALS_EACH)):
        at = posted + _some(chance, timedelta(days=4))
        if at < until:
            yield at, lambda: _propose(market, number)
    looked = posted + timedelta(days=3) + _some(chance, timedelta(days=2))
    if looked < until:
        yield looked, lambda: _look(market, number)
    ended = posted + timedelta(days=5) + _some(chance, timedelta(days=20))
    if ended < until and chance.random() < 0.75:
        yield ended, lambda: _end(market, number)


def _some(chance: Random, most: timedelta) -> timedelta:
    return timedelta(seconds=chance.randrange(int(most.total_seconds())))


def _join(market: _Market, kind: AccountKind, *, signs_in: bool) -> None:
    chance = market.chance
    name = person_name(chance) if kind is AccountKind.FREELANCER else company_name(chance)
    account = people.register(
        people.Registration(
            name=name,
            kind=kind,
            country=chance.choice(COUNTRIES),
            email=f"{kind.value}@demo.example" if signs_in else None,
            password=PASSWORD if signs_in else None,
            payment_verified=chance.random() < 0.9,
            rule_book=move.FIRST_RULES,
        )
    )
    assert isinstance(account, Account), account
    if kind is not AccountKind.CLIENT:
        edit_profile(account, profile_of(account.pk, name))
    (market.clients if kind is AccountKind.CLIENT else market.proposers).append(account)


def _post(market: _Market, number: int) -> None:
    client = market.chance.choice(market.clients[: 1 + number // 4] or market.clients)
    job = jobs.post(job_fields(market.chance), client)
    assert isinstance(job, Job), job
    market.posted[number] = job


def _propose(market: _Market, number: int) -> None:
    chance = market.chance
    # Some are busier than others; the first of the list, who signs in, among them.
    account = market.proposers[int(len(market.proposers) * chance.random() ** 2)]
    job = market.posted[number]
    form = ProposalForm(
        key=f"demo-{number}", cover_letter=chance.choice(LETTERS), asking=asking_for(job, account)
    )
    answer = proposals.submit(job, account, form)
    if isinstance(answer, Refused) and answer.code is RefusalCode.INSUFFICIENT_CONNECTS:
        market.orders += 1
        purchases.order(account, chance.choice((10, 20, 40)), f"demo-{market.orders}")
        proposals.submit(job, account, form)


def _look(market: _Market, number: int) -> None:
    """The client looks at what has come: opens most, writes to some, and invites someone."""
    chance, job = market.chance, market.posted[number]
    for proposal in Proposal.objects.filter(job=job).order_by("id"):
        if chance.random() < 0.7:
            client_acts.open_proposal(proposal, job.client)
        if chance.random() < 0.2:
            client_acts.message(proposal, job.client, chance.choice(QUESTIONS))
    if chance.random() < 0.2:
        invite.invite_to_job(job, chance.choice(market.proposers), job.client)


def _end(market: _Market, number: int) -> None:
    chance = market.chance
    job = market.posted[number]
    draw = chance.random()
    if draw < 0.05:
        take_down.remove_job(job, None, "Asked for unpaid sample work")
        return
    proposal = Proposal.objects.filter(job=job).order_by("id").first()
    if draw < 0.55 and proposal is not None:
        client_acts.hire(proposal, job.client)
        end.close(job, job.client, CloseReason.FILLED)
        return
    end.close(job, job.client, chance.choice((CloseReason.NOT_HIRING, CloseReason.HIRED_ELSEWHERE)))
