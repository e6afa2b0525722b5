"""The host's own ids: what may be one, and what is found under it.

What was made on our own pages has no id of a host's. It is found by the name that its address has here,
so that one kind of address serves both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from ninja import Path
from pydantic import Field

from connects.api.callers import Stopped
from connects.api.problems import UNKNOWN, WRONG_KIND, invalid
from connects.bootstrap.journals import journal
from connects.ledger.wallet import Wallet
from connects.market.external_ids import ID, ID_CHARACTERS, host_id, is_id
from connects.market.jobs.models import Job
from connects.market.jobs.selectors import jobs_called_with_clients
from connects.market.people.holders import accounts_to_read
from connects.market.people.models import Account
from connects.market.people.selectors import accounts_called
from connects.market.proposals.held import reservations_called
from connects.market.proposals.models import HeldProposal, Proposal
from connects.market.proposals.selectors import proposals_called, proposer_and_job
from connects.market.shared_reads import SharedReads
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem

_SCHEMA: dict[str, Any] = {"pattern": f"^{ID}$", "minLength": 1, "maxLength": ID_CHARACTERS}
HostId = Annotated[str, Path(description="Your own id."), Field(json_schema_extra=_SCHEMA)]
Named = Annotated[str, Field(json_schema_extra=_SCHEMA)]

T = TypeVar("T")


def checked_id(name: str, field: str = "id") -> str:
    """The name, where it can be one. Raises `Stopped` for any other text."""
    if not is_id(name):
        raise Stopped(422, invalid([{"field": field, "problem": Problem.NOT_AN_ID}]))
    return name


def account_named(name: str, field: str | None = None) -> Account:
    """The account of that id; `field` is where the body named it. Raises `Stopped` for none."""
    return _of(accounts_called, name, "account", field)


def holder_with_wallet(name: str) -> tuple[Account, Wallet]:
    """The account of that id, which holds a wallet, with it. Raises `Stopped` for none."""
    account, wallet = WITH_WALLETS.answer(checked_id(name))
    if account is None:
        raise unknown("account", name, None)
    if wallet is None:
        raise wrong_kind(account, "id")
    return account, wallet


def _with_wallets(names: Sequence[str]) -> list[tuple[Account | None, Wallet | None]]:
    """The accounts of these ids with their wallets, with two queries for all."""
    accounts = accounts_to_read(names)
    holders = [each.pk for each in accounts.values() if AccountKind(each.kind).holds_wallet]
    wallets = journal().read(holders) if holders else {}
    found = {
        name: (account, wallets[account.pk].wallet if account.pk in wallets else None)
        for name, account in accounts.items()
    }
    return [found.get(name, (None, None)) for name in names]


WITH_WALLETS = SharedReads(_with_wallets)


def holder_named(name: str, field: str | None = None) -> Account:
    """The same, of an account that holds a wallet."""
    account = account_named(name, field)
    if not AccountKind(account.kind).holds_wallet:
        raise wrong_kind(account, field or "id")
    return account


def proposer_named(account: str, job: str, name: str) -> tuple[Account, int, bool]:
    """Who proposes, and the number of the job, with one query. Raises `Stopped` for none.

    Also whether a reservation is called `name`.
    """
    checked_id(account, "account")
    checked_id(job, "job")
    found, number, is_reserved = proposer_and_job(account, job, name)
    if found is None:
        raise unknown("account", account, "account")
    if not AccountKind(found.kind).holds_wallet:
        raise wrong_kind(found, "account")
    if number is None:
        raise unknown("job", job, "job")
    return found, number, is_reserved


def client_named(name: str, field: str | None = None) -> Account:
    """The same, of a client."""
    account = account_named(name, field)
    if account.kind != AccountKind.CLIENT:
        raise wrong_kind(account, field or "id")
    return account


def job_named(name: str, field: str | None = None) -> Job:
    """The job of that id."""
    return _of(jobs_called_with_clients, name, "job", field)


def proposal_named(name: str) -> Proposal | HeldProposal:
    """The proposal of that id; one that is reserved only, where it was not sent."""
    return _of(proposals_named, name, "proposal", None)


def proposals_named(names: list[str]) -> dict[str, Proposal | HeldProposal]:
    """The proposals of those ids, by id; those that were not sent are reserved only."""
    sent = proposals_called(names)
    left = [name for name in names if name not in sent]
    return {**(reservations_called(left) if left else {}), **sent}


id_of = host_id


def unknown(noun: str, name: str, field: str | None) -> Stopped:
    """There is none of that id."""
    return Stopped.by(UNKNOWN[noun], id=name, field=field or "id")


def wrong_kind(account: Account, field: str) -> Stopped:
    """The account is of another kind than this takes."""
    return Stopped.by(WRONG_KIND, id=id_of(account), field=field, kind=account.kind)


def _of(find: Callable[[list[str]], dict[str, T]], name: str, noun: str, field: str | None) -> T:
    checked_id(name, field or "id")
    found = find([name]).get(name)
    if found is None:
        raise unknown(noun, name, field)
    return found
