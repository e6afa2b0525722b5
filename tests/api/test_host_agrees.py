"""Whatever a host sends, how often, in whatever order, and whoever dies: both know the same in the end.

Requests wait in the host's own queue and are sent in any order. One that is answered leaves it. One whose
answer is lost, or whose server dies at some statement, stays, and is sent again. Time passes, with or
without a worker; reservations run out; jobs end. After each step balances, what is held and what became
of each proposal are compared with `host_model`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from typing_extensions import override

from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.due.run import run
from connects.journal.proof.verify import verify
from connects.market.proposals.models import HeldProposal, Proposal
from tests.api.host_model import HostModel, Request, Told
from tests.api.hosts import Host
from tests.market.people import NOON

ACCOUNTS = ("u-1", "u-2")
JOBS = ("j-1", "j-2", "j-3")
NAMES = st.integers(0, 7).map(lambda number: f"p-{number}")


def asked(*acts: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Request]:
    """Requests of which these parts are said, and nothing else."""
    unsaid = {part: st.just(value) for part, value in Request._field_defaults.items()}
    return st.builds(Request, act=st.sampled_from(acts), **{**unsaid, **parts})


REQUESTS = st.one_of(
    asked(
        "put",
        name=NAMES,
        account=st.sampled_from(ACCOUNTS),
        job=st.sampled_from(JOBS),
        hold_seconds=st.none() | st.sampled_from([60, 900, 7 * 86_400]),
    ),
    asked("submit", "submit", "withdraw", name=NAMES),
    asked("end", name=st.sampled_from(JOBS)),
    asked(
        "grant",
        name=st.integers(0, 4).map(lambda number: f"g-{number}"),
        account=st.sampled_from(ACCOUNTS),
        credits=st.integers(1, 3),
    ),
)
BEGUN = (
    Request("put", "p-0", "u-1", "j-1", 900),
    Request("submit", "p-0"),
    Request("put", "p-1", "u-1", "j-2", 60),
    Request("submit", "p-1"),
    Request("put", "p-2", "u-2", "j-2"),
    Request("end", "j-2"),
)
"""What waits at first, so that there is something to disagree on from the beginning."""


class KilledError(Exception):
    """The server died here."""


@contextmanager
def dying_at(number: int) -> Iterator[None]:
    """The server dies before the statement of that number, if it gets that far."""
    left = number

    def run_or_die(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal left
        # What only begins and ends transactions is the database's own affair when a server dies.
        if sql.startswith(("SELECT", "INSERT", "UPDATE")):
            left -= 1
            if left == 0:
                raise KilledError
        return execute(sql, *rest)

    with connection.execute_wrapper(run_or_die):
        yield


class HostMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOON
        with held_at(NOON):
            self.host = Host()
            for job in JOBS:
                self.host.job(job)
            balances = {name: self.host.freelancer(name)["wallet"]["balance"] for name in ACCOUNTS}
            (quote,) = self.host.post("quotes", {"account": "u-1", "jobs": ["j-1"]}).json()[
                "quotes"
            ]
        self.model = HostModel(quote["connects"], balances, dict.fromkeys(JOBS, True), NOON)
        self.queue: list[Request] = list(BEGUN)
        self.sent: list[Request] = []

    def call(self, request: Request) -> Told:
        """Send a request; a server that died is answered with 500."""
        with held_at(self.now):
            match request.act:
                case "put":
                    answer = self.host.put(f"proposals/{request.name}", self.body(request))
                case "end":
                    answer = self.host.post(f"jobs/{request.name}/end", {"how": "not_hiring"})
                case "grant":
                    body = {
                        "account": request.account,
                        "credits": request.credits,
                        "reason": "A test",
                    }
                    answer = self.host.put(f"grants/{request.name}", body)
                case _:
                    answer = self.host.post(f"proposals/{request.name}/{request.act}")
        told = answer.json()
        return Told(answer.status_code, told["code"] if answer.status_code >= 400 else "")

    def body(self, request: Request) -> dict[str, Any]:
        body = {"account": request.account, "job": request.job, "max_connects": 50}
        held = request.hold_seconds
        return body if held is None else {**body, "hold_seconds": held}

    @rule(requests=st.lists(REQUESTS, min_size=1, max_size=4))
    def decide(self, requests: list[Request]) -> None:
        known = list(self.model.proposals)
        for request in requests:
            name = request.name
            if known and request.act in ("submit", "withdraw"):
                # Mostly about what is there.
                name = known[int(name[2:]) % len(known)]
            self.queue.append(request._replace(name=name))

    @precondition(lambda self: self.queue)
    @rule(calls=st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=4))
    def send(self, calls: list[tuple[int, bool]]) -> None:
        """Send what waits, in any order; an answer that is lost leaves it waiting."""
        for which, is_answered in calls:
            if self.queue:
                self.send_one(which, is_answered=is_answered)
        self.compare()

    def send_one(self, which: int, *, is_answered: bool) -> None:
        request = self.queue.pop(which % len(self.queue))
        self.sent.append(request)
        assert self.call(request) == self.model.answer(request), request
        if not is_answered:
            self.queue.append(request)

    @precondition(lambda self: self.queue)
    @rule(which=st.integers(0, 9), statement=st.integers(3, 30))
    def send_and_die(self, which: int, statement: int) -> None:
        """The server dies at a statement: nothing was done, or all of it and nobody heard."""
        request = self.queue[which % len(self.queue)]
        self.sent.append(request)
        with dying_at(statement):
            told = self.call(request)
        if told.status != 500:
            assert told == self.model.answer(request), request
        elif not self.agrees():
            # It died after all was done and before it could say so.
            self.model.answer(request)
        self.compare()

    @precondition(lambda self: self.sent)
    @rule(which=st.integers(0, 99))
    def send_again(self, which: int) -> None:
        """A library, a proxy or a person repeats something old."""
        request = self.sent[which % len(self.sent)]
        assert self.call(request) == self.model.answer(request), request
        self.compare()

    @precondition(lambda self: any(each.act == "put" for each in self.queue))
    @rule(atomic=st.booleans())
    def send_together(self, atomic: bool) -> None:
        """Send all proposals that wait in one call."""
        together = [each for each in self.queue if each.act == "put"]
        self.queue = [each for each in self.queue if each.act != "put"]
        self.sent += together
        items = [{"id": each.name, **self.body(each)} for each in together]
        with held_at(self.now):
            answer = self.host.put("proposals", {"items": items, "atomic": atomic}).json()
        told = [
            Told(each["status"], each["problem"]["code"] if each["problem"] else "")
            for each in answer["items"]
        ]
        assert told == self.model.answer_all(together, atomic=atomic), together
        self.compare()

    @rule(after=st.sampled_from([-1, 0, 1, None]), is_worker_there=st.booleans())
    def time_passes(self, after: int | None, is_worker_there: bool) -> None:
        """Until microseconds before or after the next reservation runs out; or a day (None)."""
        self.now = max(self.now, self.model.next_end(self.now, after))
        self.model.now = self.now
        if is_worker_there:
            self.work()
        self.compare()

    @rule(statement=st.integers(1, 40))
    def the_worker_dies(self, statement: int) -> None:
        try:
            with dying_at(statement), transaction.atomic(), held_at(self.now):
                run(self.now)
        except KilledError:
            pass
        else:
            self.model.sweep()
        self.compare()

    def work(self) -> None:
        with held_at(self.now):
            run(self.now)
        self.model.sweep()

    def compare(self) -> None:
        """Ask for everything, and hold it against what the host believes."""
        with held_at(self.now):
            for account, balance in self.model.balances.items():
                wallet = self.host.get(f"accounts/{account}/wallet").json()
                held = self.model.held(account)
                assert (wallet["balance"], wallet["held"]) == (balance, held), account
            for job, is_open in self.model.jobs.items():
                assert (self.host.get(f"jobs/{job}").json()["status"] == "open") is is_open, job
            for name, row in self.model.proposals.items():
                told = self.host.get(f"proposals/{name}").json()
                assert (told["status"], told["connects"]) == (self.model.status(name), row.connects)

    def agrees(self) -> bool:
        try:
            self.compare()
        except (AssertionError, KeyError):
            return False
        return all(
            self.host_knows(name) == (name in self.model.proposals)
            for name in (f"p-{number}" for number in range(8))
        )

    def host_knows(self, name: str) -> bool:
        return bool(self.host.get(f"proposals/{name}").status_code == 200)

    @override
    def teardown(self) -> None:
        try:
            while self.queue:
                self.send_one(0, is_answered=True)
            self.now += timedelta(days=8)
            self.model.now = self.now
            self.work()
            self.compare()
            self.nothing_is_held_and_each_charge_has_its_proposal()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def nothing_is_held_and_each_charge_has_its_proposal(self) -> None:
        assert not HeldProposal.objects.filter(ended=None).exists()
        charges = [
            (entry.wallet, entry.number)
            for entry, *_ in journal().every_record()
            if entry.kind == "spend"
        ]
        paid = Proposal.objects.exclude(spend_entry=None)
        assert sorted(charges) == sorted(paid.values_list("account_id", "spend_entry"))
        for proof in verify(journal()):
            assert proof.breaches == ()


@pytest.mark.django_db
def test_a_host_and_we_agree_whatever_is_sent_repeated_reordered_or_killed() -> None:
    few = max(settings().max_examples // 20, 4)
    run_state_machine_as_test(
        HostMachine, settings=settings(max_examples=few, stateful_step_count=25)
    )
