"""Proposals of many requests at once share a transaction, and so its statements and its commit.

Only where the site is served: `begin` is called by the web server's process, in which requests have
threads. Each thread's proposal is taken with all that wait, by a thread with a connection of its own
(`journal.group_commit`); the answer comes when it is committed.

While one of two groups waits for the database, the other's requests are read and answered. Proposals to
one job go to one group, so that the two seldom wait for each other.

A thread that answers many requests by itself (`together`) needs neither group: its requests' proposals
are taken with one another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from threading import Lock, local

from django.db import transaction

from connects.acts.proposals.by_name import NamedSubmission, NotFound, submit_found
from connects.acts.proposals.submission import Submission
from connects.acts.proposals.submit_many import Sent
from connects.bootstrap.clock import now as clock_now
from connects.bootstrap.own_transactions import OwnTransactions
from connects.journal.group_commit import GroupCommit, Limits
from connects.journal.rounds import Rounds
from connects.vocabulary.refusals import Refused

LIMITS = Limits(batch_size=200, queue_size=1_000, linger=0.001, timeout=10.0)
Asked = Submission | NamedSubmission
Answered = Sent | Refused | NotFound
Group = GroupCommit[Asked, Answered]
GROUPS = 2
_groups: dict[int, tuple[Group, ...]] = {}
_lock = Lock()
_is_on = False
_own = local()


def together(calls: Sequence[Callable[[], None]]) -> Iterator[int]:
    """Make the calls in this thread; the number of each, as soon as it is done. None may raise.

    A call that sends a proposal waits until all of them have come so far, and shares their transaction.
    """
    _own.rounds = Rounds(OwnTransactions(_sent))
    try:
        yield from _own.rounds.run(calls)
    finally:
        _own.rounds = None


def begin() -> None:
    """Gather the proposals of this process, and of those that are forked off it, from now on."""
    global _is_on  # noqa: PLW0603 a process serves, or it does not
    _is_on = True


def end() -> None:
    """Let everyone send by themselves again."""
    global _is_on  # noqa: PLW0603
    _is_on = False
    with _lock:
        groups = _groups.pop(os.getpid(), ())
    for group in groups:
        group.close()


def gathered(job: int | str) -> Group | Rounds[Asked, Answered] | None:
    """What gathers proposals to a job, if anything does. A fork has threads of its own."""
    rounds: Rounds[Asked, Answered] | None = getattr(_own, "rounds", None)
    if rounds is not None:
        return rounds
    if not _is_on:
        return None
    groups = _groups.get(os.getpid())
    if groups is None:
        with _lock:
            if os.getpid() not in _groups:
                _groups[os.getpid()] = tuple(
                    GroupCommit(OwnTransactions(_sent), LIMITS) for _ in range(GROUPS)
                )
            groups = _groups[os.getpid()]
    return groups[hash(job) % GROUPS]


def _sent(asked: Sequence[Asked]) -> list[Answered]:
    with transaction.atomic(durable=True):
        return submit_found(asked, clock_now())
