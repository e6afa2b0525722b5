"""The program: see the package."""

import argparse
import io
import logging
import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.network import stay_on_this_machine
from tests.servers.postgres import postgres_server
from tests.site_soak.guests import Waits, look_around, open_once
from tests.site_soak.slow import Held, hold

if TYPE_CHECKING:
    from tests.nonsense.people import Marketplace
    from tests.site_soak.nonsense import Sent

PAGE_SHARE, API_SHARE = 0.75, 0.25
# What is limited for people would else be all that nonsense meets.
PLENTY = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of one run."""

    database: str
    seed: int
    seconds: float
    slow: int
    guests: int
    rate: float
    wait_most: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run saw."""

    sent: "Sent"
    waits: Waits
    held: Held
    log: str


@contextmanager
def own_database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a database that is nobody's but this run's."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/connects.sqlite3"
        return
    os.environ.pop("DATABASE_URL", None)
    with postgres_server() as url:
        yield url


def settle_in(url: str, folder: Path) -> None:
    """Let this program and the site that it starts use that database, with limits out of the way."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "connects.project.settings",
        "DATABASE_URL": url,
        "CONNECTS_VAR": str(folder),
        "CONNECTS_SECRET_KEY": secrets.token_urlsafe(50),
        "CONNECTS_TEST_PAYMENTS": "1",
        "CONNECTS_PROXIES": "1",  # so that everybody has an address of their own
        "CONNECTS_API_CALLS": str(PLENTY),
        "CONNECTS_LOG": "ERROR",
        "CONNECTS_LISTEN": "127.0.0.1:8000",
    }
    django.setup()
    from django.core.management import call_command

    from connects.market.limits.table import LIMITS

    os.environ["CONNECTS_LIMITS"] = ",".join(
        f"{limit.name}={PLENTY}" for limit in LIMITS if not limit.setting
    )
    logging.getLogger("connects.security").setLevel(logging.ERROR)
    call_command("migrate", verbosity=0, interactive=False)


def run(plan: Plan) -> Outcome:
    """Serve the site, and let all come at once."""
    with tempfile.TemporaryDirectory(prefix="connects-site-soak-") as name:
        folder = Path(name)
        with own_database(plan.database, folder) as url:
            settle_in(url, folder)
            return _beset(plan)


def _beset(plan: Plan) -> Outcome:
    from django.db import connections

    from tests.nonsense.people import Marketplace
    from tests.servers.site import started
    from tests.site_soak.people import guests

    market = Marketplace()
    visitors = guests(plan.guests)
    connections.close_all()
    spawned = get_context("spawn")
    # What the site said is printed by the summary, where it matters.
    with (
        redirect_stdout(io.StringIO()),
        started("run", "--no-demo", environment={}) as site,
        ProcessPoolExecutor(2, mp_context=spawned) as others,
    ):
        open_once(site.address, visitors)
        held = others.submit(hold, site.port, plan.slow, plan.seconds)
        waits = others.submit(look_around, site.address, visitors, plan.seed, plan.seconds)
        sent = _send(plan, site.address, market)
        outcome = Outcome(sent, waits.result(), held.result(), site.log.read_text())
    connections.close_all()
    return outcome


def _send(plan: Plan, site: str, market: "Marketplace") -> "Sent":
    from tests.site_soak.nonsense import Pace, Sent, Somebody, call_api, walk
    from tests.site_soak.people import Person

    sent, pace = Sent(), Pace(plan.rate * PAGE_SHARE)
    key = {"Authorization": f"Bearer {market.key}"}
    people = {
        "visitor": Somebody(site, "192.0.2.1", pace),
        "program": Somebody(site, "192.0.2.2", pace, headers=key),
    }
    for number, (who, user) in enumerate(market.users().items(), 3):
        people[who] = Somebody(site, f"192.0.2.{number}", pace, cookie=Person(user).cookie)
    calls = threading.Thread(
        target=call_api,
        args=(site, key, plan.seed, plan.seconds, Pace(plan.rate * API_SHARE), sent),
    )
    calls.start()
    walk(people, market.samples(), plan.seed, plan.seconds, sent)
    calls.join()
    return sent


def problems(plan: Plan, outcome: Outcome) -> Iterator[str]:
    """What did not hold, as sentences."""
    for broken in outcome.sent.broken[:20]:
        yield f"{broken.who}: {broken.request}\n      {broken.said}"
    told = [line for line in outcome.log.splitlines() if "Traceback" in line or "=error" in line]
    yield from (f"the log says: {line[:3_000]}" for line in told[:10])
    yield from outcome.waits.failures[:20]
    wait = outcome.waits.percentile(0.99)
    if wait > plan.wait_most:
        yield f"one guest in a hundred waited {wait:.2f} s or longer, and may wait {plan.wait_most} s"
    if outcome.held.open_most < plan.slow:
        yield f"only {outcome.held.open_most} of {plan.slow} slow connections were held at one time"
    if not outcome.sent.requests or not outcome.waits.seconds:
        yield "nobody came"


def summary(outcome: Outcome) -> str:
    """The figures of a run."""
    sent, waits, held = outcome.sent, outcome.waits, outcome.held
    api = sent.requests["schemathesis"]
    pages = (
        f"nonsense: {sent.requests.total() - api:,} requests to pages as {len(sent.requests) - 1}"
        f" kinds of people, in {len(sent.fields):,} fields; {api:,} calls of the API;"
        f" {len(sent.broken):,} broke"
    )
    slow = (
        f"slow: {held.open_most:,} connections at one time, {held.opened:,} in all,"
        f" {held.hung_up_on:,} ended by the site, {held.refused:,} refused"
    )
    guests = (
        f"guests: {len(waits.seconds):,} pages; half came within {waits.percentile(0.5):.3f} s,"
        f" 99 of 100 within {waits.percentile(0.99):.3f} s, all within"
        f" {max(waits.seconds, default=0):.3f} s; {len(waits.failures):,} did not come"
    )
    return f"  {pages}\n  {slow}\n  {guests}"


def _asked(arguments: Sequence[str]) -> Plan:
    parser = argparse.ArgumentParser(description="Try to stop the real site.")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--seconds", type=float, default=300, help="for how long (300)")
    parser.add_argument("--seed", type=int, help="where chance begins; any where none is given")
    parser.add_argument("--slow", type=int, default=200, help="slow connections (200)")
    parser.add_argument("--guests", type=int, default=20, help="guests who only want pages (20)")
    parser.add_argument(
        "--rate", type=float, default=20, help="nonsense, in requests a second (20)"
    )
    parser.add_argument(
        "--wait", type=float, default=1.0, help="how long 99 of 100 pages take (1.0 s)"
    )
    told = parser.parse_args(arguments)
    seed = secrets.randbits(31) if told.seed is None else told.seed
    return Plan(told.database, seed, told.seconds, told.slow, told.guests, told.rate, told.wait)


def main(arguments: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    stay_on_this_machine()
    plan = _asked(arguments)
    print(f"{plan.database}, seed {plan.seed}, {plan.seconds:g} s", flush=True)
    with suppress(KeyboardInterrupt):
        outcome = run(plan)
        found = list(problems(plan, outcome))
        print(summary(outcome))
        print("\n".join(("fails", *(f"    {each}" for each in found))) if found else "holds")
        return 1 if found else 0
    return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
