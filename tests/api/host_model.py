"""What a host believes: a marketplace of a few lines, to hold ours against.

It knows nothing of lots, lines or tables: balances, and what became of each proposal by the rules that
a host is told. Each request is answered with a status and, where something was refused, the code.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple


class Request(NamedTuple):
    """A call of the host's: to what, about what, and with which body."""

    act: str
    name: str
    account: str = ""
    job: str = ""
    hold_seconds: int | None = None
    credits: int = 0


class Told(NamedTuple):
    """The answer: its status, and the code of a refusal."""

    status: int
    code: str = ""


@dataclass
class HostProposal:
    """A proposal of the host's. `state`: held, sent, withdrawn, or one of a hold's ends."""

    request: Request
    connects: int
    state: str
    confirm_by: datetime | None = None


@dataclass
class HostModel:
    price: int
    balances: dict[str, int]
    jobs: dict[str, bool]
    now: datetime
    proposals: dict[str, HostProposal] = field(default_factory=dict)
    grants: dict[str, Request] = field(default_factory=dict)

    def answer(self, request: Request) -> Told:
        """Do it, and answer."""
        answer: Told = getattr(self, f"_{request.act}")(request)
        return answer

    def answer_all(self, requests: list[Request], *, atomic: bool) -> list[Told]:
        """Do many, each by itself or all of them or none."""
        before = deepcopy(self)
        told = [self.answer(request) for request in requests]
        if not atomic or all(each.status < 400 for each in told):
            return told
        self.balances, self.proposals = before.balances, before.proposals
        names = [request.name for request in requests]
        refused = Told(409, "batch_refused")
        return [
            each
            if each.status >= 400 or (each.status == 200 and names.count(name) == 1)
            else refused
            for each, name in zip(told, names, strict=True)
        ]

    def held(self, account: str) -> int:
        """What is held of an account, until somebody sweeps it."""
        return sum(
            each.connects
            for each in self.proposals.values()
            if each.state == "held" and each.request.account == account
        )

    def next_end(self, now: datetime, after: int | None) -> datetime:
        """So many microseconds after the next reservation runs out; a day from now where none does."""
        ends = [
            each.confirm_by
            for each in self.proposals.values()
            if each.state == "held" and each.confirm_by is not None
        ]
        if after is None or not ends:
            return now + timedelta(days=1)
        return min(ends) + timedelta(microseconds=after)

    def status(self, name: str) -> str:
        """What the proposal is called in answers."""
        row = self.proposals[name]
        if row.state == "held":
            return "held" if self._stands(row) else "withdrawn"
        if row.state == "sent":
            return "submitted" if self.jobs[row.request.job] else "closed"
        return "closed" if row.state == "job_ended" else "withdrawn"

    def sweep(self) -> None:
        """Time has come for what nobody submitted."""
        for row in self.proposals.values():
            if row.state == "held" and not self._stands(row):
                self._release(row, "ran_out")

    def _stands(self, row: HostProposal) -> bool:
        return row.confirm_by is not None and self.now < row.confirm_by

    def _release(self, row: HostProposal, end: str) -> None:
        row.state = end
        self.balances[row.request.account] += row.connects

    def _put(self, request: Request) -> Told:
        row = self.proposals.get(request.name)
        if row is not None:
            return Told(200) if row.request == request else Told(409, "already_different")
        if not self.jobs[request.job]:
            return Told(409, "job_closed")
        about = (request.account, request.job)
        if any(
            (each.request.account, each.request.job) == about
            for each in self.proposals.values()
            if each.state in ("held", "sent", "withdrawn_after_sending")
        ):
            return Told(409, "already_proposed")
        if self.balances[request.account] < self.price:
            return Told(402, "insufficient_connects")
        self.balances[request.account] -= self.price
        made = HostProposal(request, self.price, "sent")
        if request.hold_seconds is not None:
            made.state = "held"
            made.confirm_by = self.now + timedelta(seconds=request.hold_seconds)
        self.proposals[request.name] = made
        return Told(201)

    def _over(self, row: HostProposal) -> Told:
        """Why nothing can be done with a reservation that is over."""
        if row.state == "withdrawn":
            return Told(403, "not_allowed")
        return Told(409, "job_closed" if row.state == "job_ended" else "hold_expired")

    def _submit(self, request: Request) -> Told:
        row = self.proposals.get(request.name)
        if row is None:
            return Told(404, "proposal_unknown")
        if row.state in ("sent", "withdrawn_after_sending"):
            return Told(200)
        if row.state != "held" or not self._stands(row):
            return self._over(row)
        row.state = "sent"
        return Told(200)

    def _withdraw(self, request: Request) -> Told:
        row = self.proposals.get(request.name)
        if row is None:
            return Told(404, "proposal_unknown")
        if row.state in ("withdrawn", "withdrawn_after_sending"):
            return Told(200)
        if row.state == "sent":
            if not self.jobs[row.request.job]:
                return Told(409, "job_closed")
            row.state = "withdrawn_after_sending"
            return Told(200)
        if row.state != "held" or not self._stands(row):
            return self._over(row)
        self._release(row, "withdrawn")
        return Told(200)

    def _end(self, request: Request) -> Told:
        if self.jobs[request.name]:
            self.jobs[request.name] = False
            for row in self.proposals.values():
                if row.request.job != request.name:
                    continue
                if row.state == "held":
                    self._release(row, "job_ended")
                elif row.state == "sent":
                    self.balances[row.request.account] += row.connects
        return Told(200)

    def _grant(self, request: Request) -> Told:
        earlier = self.grants.get(request.name)
        if earlier is not None:
            return Told(200) if earlier == request else Told(409, "already_different")
        self.grants[request.name] = request
        self.balances[request.account] += request.credits
        return Told(201)
