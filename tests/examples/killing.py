"""The flow of `examples/host` while server, worker, database and host are killed at random moments.

    python -m tests.examples.killing --kills 1000 --seed 7

Each kill falls into a proposal on its way: hold, the host's own row, submit. The host is then started
again, and its user tries once more, or not. Once all is over, holds have run out and the host has
settled, two things must hold of every proposal: where the host has it as sent, it was charged, once, and
for what the host was told; where it has not, nothing was charged and nothing is held.
"""

import argparse
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from connects_client import Connects, Refused, Retries
from connects_client.models import AccountBody, AccountKind, ClockBody, JobBody, JobKind
from tests.examples.marketplaces import SECONDS_MOST, Host
from tests.faults.breakers import KillServer
from tests.servers.migrated import create_migrated_database
from tests.servers.postgres import Cluster, start, stop, temporary_cluster
from tests.servers.sandbox import Sandbox
from tests.servers.site import descendants, free_port, kill, wait_until_it_answers

VICTIMS = ("host", "database", "server", "host", "database", "worker")
"""Who is struck how often; the first two are up again soonest."""
PROPOSALS_A_JOB = 20
"""Fewer than a job takes before its client is asked for more."""
HOLD = timedelta(minutes=16)
"""A minute more than the examples hold Connects."""
BEGIN = (
    "import django; django.setup();"
    "from connects.acts.accounts.open_sandbox import open_sandbox; print(open_sandbox().secret)"
)


@dataclass
class Service:
    """Connects as processes of its own: each may be killed, and is started again."""

    cluster: Cluster
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, part: str) -> None:
        command = {
            "server": ("web", "--no-migrate", "--port", str(self.port)),
            "worker": ("worker",),
        }
        with (Path(self.environment["CONNECTS_VAR"]) / f"{part}.log").open("ab") as log:
            self.running[part] = subprocess.Popen(
                [sys.executable, "-m", "connects.cli", *command[part]],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self, part: str) -> None:
        """Kill a part, as a power cut would, and start it again."""
        if part == "database":
            KillServer(self.cluster).strike(None)  # type: ignore[arg-type]  # it needs none
            return
        process = self.running[part]
        for each in (*descendants(process.pid), process.pid):
            kill(each)
        process.wait()
        self.start(part)

    def wait(self) -> None:
        wait_until_it_answers(self.address, self.running["server"])

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(SECONDS_MOST)


@contextmanager
def service_in(folder: Path) -> Iterator[tuple[Service, str]]:
    """A sandbox with a PostgreSQL server of its own, and its key."""
    with temporary_cluster() as cluster:
        port = start(cluster)
        (cluster.folder / "port").write_text(str(port))
        try:
            create_migrated_database(cluster, port)
            environment = os.environ | {
                "CONNECTS_SANDBOX": "1",
                "CONNECTS_VAR": str(folder),
                "DATABASE_URL": cluster.url(port),
                "DJANGO_SETTINGS_MODULE": "connects.project.settings",
            }
            begun = subprocess.run(
                [sys.executable, "-c", BEGIN],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            service = Service(cluster, environment)
            service.start("server")
            service.start("worker")
            try:
                service.wait()
                yield service, begun.stdout.split()[-1]
            finally:
                service.stop()
        finally:
            stop(cluster)


@dataclass
class Killing:
    """So many kills, each amid a proposal of its own account."""

    service: Service
    connects: Connects
    hosts: list[Host]
    chance: random.Random
    kills: int
    struck: Counter[str] = field(default_factory=Counter)

    def run(self) -> list[str]:
        """Kill, settle, and say what does not hold."""
        self._prepare()
        victims = [VICTIMS[number % len(VICTIMS)] for number in range(self.kills)]
        self.chance.shuffle(victims)
        for number, victim in enumerate(victims):
            self._strike(number, victim)
        self.service.wait()
        for host in self.hosts:
            assert host.run("settle") == 0
        now = self.connects.get_clock().now
        self.connects.move_clock(ClockBody(to=now + HOLD))
        return [found for number in range(self.kills) for found in self._wrong(number)]

    def _prepare(self) -> None:
        jobs = [1 + number for number in range(self.kills // PROPOSALS_A_JOB + 1)]
        names = [account_of(number) for number in range(self.kills)]
        people = {name: AccountBody(kind=AccountKind.FREELANCER) for name in names}
        self.connects.put_account("client", AccountBody(kind=AccountKind.CLIENT))
        for begins in range(0, len(names), 500):
            some = {name: people[name] for name in names[begins : begins + 500]}
            assert all(done.status == 201 for done in self.connects.put_accounts(some).items)
        for job in jobs:
            body = JobBody(client="client", kind=JobKind.FIXED, budget_cents=900_00)
            self.connects.put_job(str(job), body)
        for host in self.hosts:
            host.prepare(names, jobs)

    def _host_of(self, number: int) -> Host:
        """Mostly the one that starts sooner."""
        return self.hosts[0 if number % 5 else -1]

    def _strike(self, number: int, victim: str) -> None:
        host = self._host_of(number)
        words = (
            "propose",
            f"p-{number}",
            account_of(number),
            str(1 + number // PROPOSALS_A_JOB),
            "Hi",
        )
        proposing = host.begin(*words)
        time.sleep(self.chance.uniform(0, host.seconds))
        if victim == "host":
            proposing.kill()
        else:
            self.service.kill(victim)
        self.struck[victim] += 1
        status = proposing.wait(SECONDS_MOST)
        if status and self.chance.random() < 0.5:
            host.run(*words)  # its user tries again
        elif status and self.chance.random() < 0.5:
            host.run("settle")

    def _wrong(self, number: int) -> Iterator[str]:
        name, account = f"p-{number}", account_of(number)
        row = self._host_of(number).rows().get(name)
        try:
            told = self.connects.get_proposal(name)
        except Refused as refused:
            if refused.code != "proposal_unknown":
                raise
            status, charged = "unknown", 0
        else:
            status, charged = told.status, told.connects
        entries = list(self.connects.entries(account))
        spent = [-entry.credits_ for entry in entries if entry.kind == "spend"]
        wallet = self.connects.get_wallet(account)
        if wallet.held:
            yield f"{name}: {wallet.held} Connects are still held"
        if row is None and (spent or status == "submitted"):
            yield f"{name}: charged {spent} and {status}, but its host knows nothing of it"
        if row is not None and not row.sent:
            yield f"{name}: its host has not settled it"
        if row is not None and (spent, status, charged) != (
            [row.connects],
            "submitted",
            row.connects,
        ):
            yield f"{name}: sent for {row.connects}, but charged {spent} and {status}"


def account_of(number: int) -> str:
    return f"f-{number}"


def killed_at_random(kills: int, seed: int, folder: Path) -> tuple[list[str], Counter[str], int]:
    """What does not hold after so many kills, who was killed how often, and how many were sent."""
    with service_in(folder) as (service, key):
        environment = Sandbox(service.address, key, folder).environment
        hosts = [Host(name, folder, environment) for name in ("node", "django")]
        with Connects(
            service.address, key, retries=Retries(tries=12), timeout_seconds=60
        ) as connects:
            killing = Killing(service, connects, hosts, random.Random(seed), kills)
            wrong = killing.run()
        sent = sum(row.sent for host in hosts for row in host.rows().values())
    return wrong, killing.struck, sent


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=secrets.randbits(32))
    options = asked.parse_args()
    print(f"{options.kills:,} kills, seed {options.seed}", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="connects-killing-") as folder:
        wrong, struck, sent = killed_at_random(options.kills, options.seed, Path(folder))
    for each in wrong:
        print(f"BREAKS {each}")
    killed = ", ".join(f"{name} {times}" for name, times in sorted(struck.items()))
    print(f"killed: {killed}; {sent} proposals sent; {time.monotonic() - began:.0f} seconds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
