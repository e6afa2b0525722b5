"""Private talent clouds: a client's own circle, whose jobs are for its members alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from connects.acts.notices.tell_account import tell_account
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Cloud
from connects.market.people.models import Account
from connects.market.people.standing import suspended_problem
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.typed_input import name_refused

MEMBERS_MOST = 1_000


def make_cloud(name: str, client: Account, members: Sequence[Account]) -> Cloud | Refused:
    """Make a cloud, or add members to the one of that name. Refused with `not_allowed` or `invalid`."""
    if client.kind != AccountKind.CLIENT:
        return not_allowed(Problem.CLIENTS_ONLY)
    refused = suspended_problem(client) or name_refused("name", name)
    if refused is not None:
        return refused
    if not all(AccountKind(member.kind).holds_wallet for member in members):
        return invalid(Problem.NO_WALLET, field="members")
    with transaction.atomic():
        cloud, _ = Cloud.objects.get_or_create(client=client, name=name)
        if cloud.members.count() + len(members) > MEMBERS_MOST:
            return invalid(Problem.TOO_MANY, field="members")
        there = set(cloud.members.values_list("pk", flat=True))
        cloud.members.add(*members)
        now = clock_now()
        for member in members:
            if member.pk not in there:
                _tell(cloud, member, "cloud-joined", now)
        return cloud


def leave_cloud(cloud: Cloud, member: Account) -> None:
    """Take a member out; what they have sent stands."""
    with transaction.atomic():
        if cloud.members.filter(pk=member.pk).exists():
            cloud.members.remove(member)
            _tell(cloud, member, "cloud-left", clock_now())


def _tell(cloud: Cloud, member: Account, code: str, now: datetime) -> None:
    names = {"client": cloud.client.name, "name": cloud.name}
    tell_account(member.pk, code, f"{cloud.pk}", now, **names)
