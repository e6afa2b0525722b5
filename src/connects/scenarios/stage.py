"""The stage: who and what a story has brought in so far. Its names (`ana`, `logo`) become rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from connects.billing.test_method import Behaviour
from connects.bootstrap.clock import now as clock_now
from connects.market.jobs.models import Cloud, Job
from connects.market.members.selectors import rule_book_of
from connects.market.people.models import Account, User
from connects.market.proposals.held import last_reservation
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.proposals.selectors import own_proposal, proposal_for_agency
from connects.vocabulary.amounts import Cents, decimals_of
from connects.vocabulary.parties import Role


class UnknownNameError(LookupError):
    """A step speaks of someone or something that the story has not brought in."""


@dataclass(slots=True)
class Stage:
    """Who and what a story has brought in so far, by its names for them.

    `behaviours` says how the test method treats single payers.
    """

    policy: str
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    purchases: dict[str, Any] = field(default_factory=dict)
    clouds: dict[str, Cloud] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        account: Account = row_named(self.accounts, name, "account")
        account.refresh_from_db()
        return account

    def job(self, name: str) -> Job:
        """The job as it stands now."""
        job: Job = row_named(self.jobs, name, "job")
        job.refresh_from_db()
        return job

    def staff(self, role: Role, name: str = "first") -> User:
        """One of the marketplace's people with that role; `name` tells two of them apart."""
        email = f"{name}-{role.value}@staff.example"
        found = User.objects.filter(email=email).first()
        return found or User.objects.create_user(email, f"{name} {role.value}", None, role.value)

    def proposal(self, keys: Mapping[str, Any]) -> Proposal:
        account, job = self.account(keys["account"]), self.job(keys["job"])
        found = own_proposal(account, job) or proposal_for_agency(account, job)
        if found is None:
            raise UnknownNameError(f"{keys['account']} has sent no proposal to {keys['job']}")
        return found

    def reservation(self, keys: Mapping[str, Any]) -> HeldProposal | None:
        """What the account reserved for the job and has not sent, if it did."""
        return last_reservation(self.account(keys["account"]), self.job(keys["job"]))


Verb: TypeAlias = Callable[[Stage, int, Mapping[str, Any]], object]


def row_named(names: Mapping[str, Any], name: str, what: str) -> Any:
    """The row of that name. Raises UnknownNameError where the story has not brought it in."""
    if name not in names:
        raise UnknownNameError(f"no {what} {name!r} in this story so far")
    return names[name]


def cents_of(amount: int | Decimal, currency: str) -> Cents:
    """An amount as a story writes it, in minor units of its currency."""
    return int(Decimal(amount) * 10 ** decimals_of(currency))


def own_cents(account: Account, amount: int | Decimal) -> Cents:
    """An amount in the currency of the account's rule book, in minor units of it."""
    return cents_of(amount, rule_book_of(account, clock_now()).currency)
