"""The calls that are measured: which account asks, for which job, in an order that repeats nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from bench.service.load import Request, request

QUOTED = 100
BULK = 1_000
STREAMS = ("earlier", "warm", "one", "steady", "bulk", "fed")
STRIDE, JOBS_APART = 7_919, 31


@dataclass(frozen=True, slots=True)
class Calls:
    """Endless streams of calls to a marketplace with so many wallets and jobs."""

    key: str
    wallets: int
    jobs: int

    def echoes(self) -> Iterator[Request]:
        body = {"account": "u-1", "job": "j-1", "max_connects": 6, "cover_letter": ""}
        while True:
            yield request("POST", "/api/v1/echo", self.key, body)

    def wallet_reads(self) -> Iterator[Request]:
        chance = Random(1)
        while True:
            account = chance.randint(1, self.wallets)
            yield request("GET", f"/api/v1/accounts/u-{account}/wallet", self.key)

    def quotes(self, jobs: int) -> Iterator[Request]:
        chance = Random(2)
        while True:
            asked = [f"j-{1 + chance.randrange(self.jobs)}" for _ in range(jobs)]
            account = f"u-{chance.randint(1, self.wallets)}"
            body = {"account": account, "jobs": asked}
            yield request("POST", "/api/v1/quotes", self.key, body)

    def charges(self, name: str) -> Iterator[Request]:
        for proposal, said in self._proposals(name):
            yield request("PUT", f"/api/v1/proposals/{proposal}", self.key, said)

    def bulks(self, name: str) -> Iterator[Request]:
        proposals = self._proposals(name)
        while True:
            items = [
                {"id": called, **said} for called, said in (next(proposals) for _ in range(BULK))
            ]
            yield request("PUT", "/api/v1/proposals", self.key, {"items": items})

    def _proposals(self, name: str) -> Iterator[tuple[str, dict[str, object]]]:
        """Each pair of a wallet and a job once, in all streams; accounts far apart, as in a day."""
        stream = STREAMS.index(name)
        for number in count():
            turn, place = divmod(number, self.wallets)
            account = 1 + place * STRIDE % self.wallets
            # Whose turn comes again, or who comes in another stream, meets other jobs than before.
            again = turn * len(STREAMS) + stream
            job = 1 + (place * JOBS_APART + again) % self.jobs
            yield (
                f"{name}-{number}",
                {"account": f"u-{account}", "job": f"j-{job}", "max_connects": 50},
            )
