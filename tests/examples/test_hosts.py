"""The example marketplaces work as the documentation says: their flow survives a death at any point."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.architecture.sources import ROOT
from tests.servers.sandbox import Sandbox, sandbox_in

pytestmark = pytest.mark.faults

HOST = ROOT / "examples" / "host"
PAGE = ROOT / "docs" / "beside-your-marketplace.md"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with sandbox_in(tmp_path_factory.mktemp("sandbox")) as made:
        for command in (("migrate", "--run-syncdb", "-v0"), ("sync",)):
            done = made.run(sys.executable, str(HOST / "manage.py"), *command)
            assert done.returncode == 0, done.stderr
        assert made.run("node", str(HOST / "host.mjs"), "sync").stdout == "4 told\n"
        yield made


@dataclass(frozen=True)
class Example:
    """One of the two marketplaces: its command, whom it has, and how a row of its own is written."""

    command: tuple[str, ...]
    account: str
    jobs: tuple[str, str]

    def run(self, sandbox: Sandbox, *words: str) -> subprocess.CompletedProcess[str]:
        return sandbox.run(*self.command, *words)

    def propose(self, sandbox: Sandbox, name: str, job: int = 0) -> str:
        done = self.run(sandbox, "propose", name, self.account, self.jobs[job], "Hello")
        return done.stdout.strip() or done.stderr.strip()

    def write_row(self, sandbox: Sandbox, name: str, connects: int, job: int) -> None:
        """The marketplace's own row, as it is when the marketplace dies behind it."""
        if "node" in self.command:
            row = {"id": name, "account": self.account, "job": self.jobs[job], "sent": False}
            with (sandbox.folder / "proposals.jsonl").open("a") as stream:
                stream.write(f"{json.dumps(row | {'connects': connects})}\n")
            return
        code = (
            f"from shop.models import *; Proposal.objects.create(pk={name!r}, letter='',"
            f" freelancer_id={self.account!r}, job_id={self.jobs[job]}, connects={connects})"
        )
        done = self.run(sandbox, "shell", "-c", code)
        assert done.returncode == 0, done.stderr


EXAMPLES = {
    "django": Example((sys.executable, str(HOST / "manage.py")), "ben", ("1", "2")),
    "node": Example(("node", str(HOST / "host.mjs")), "otto", ("n-1", "n-2")),
}


@pytest.fixture(params=EXAMPLES)
def example(request: pytest.FixtureRequest) -> Example:
    return EXAMPLES[request.param]


def hold(sandbox: Sandbox, example: Example, name: str, job: int) -> Any:
    """What the marketplace asks for before it writes its own row."""
    asked = {"account": example.account, "jobs": [example.jobs[job]]}
    (quote,) = sandbox.call("POST", "quotes", asked).json()["quotes"]
    body = {
        "account": example.account,
        "job": example.jobs[job],
        "max_connects": quote["connects"],
        "hold_seconds": 900,
    }
    held = sandbox.call("PUT", f"proposals/{name}", body)
    assert held.status_code == 201, held.text
    return held.json()


def test_a_proposal_is_charged_once_however_often_it_is_sent(
    sandbox: Sandbox, example: Example
) -> None:
    before = sandbox.wallet(example.account)["balance"]
    name = f"{example.account}-once"

    first, second = example.propose(sandbox, name), example.propose(sandbox, name)
    after = sandbox.wallet(example.account)["balance"]

    assert first == second == f"{name} sent for {before - after} Connects"
    assert before > after
    assert sandbox.call("GET", f"proposals/{name}").json()["status"] == "submitted"


def test_who_dies_behind_its_own_row_settles_at_the_next_start(
    sandbox: Sandbox, example: Example
) -> None:
    name = f"{example.account}-row"
    held = hold(sandbox, example, name, 1)
    example.write_row(sandbox, name, held["connects"], 1)

    settled, again = example.run(sandbox, "settle"), example.run(sandbox, "settle")

    assert (settled.stdout, again.stdout) == ("1 submitted\n", "0 submitted\n")
    assert sandbox.call("GET", f"proposals/{name}").json()["status"] == "submitted"


def test_a_wrong_key_at_the_start_loses_no_row(sandbox: Sandbox, example: Example) -> None:
    name = f"{example.account}-key"
    account = f"{example.account}-w"
    sandbox.call("PUT", f"accounts/{account}", {"kind": "freelancer"})
    held = hold(sandbox, Example(example.command, account, example.jobs), name, 1)
    example.write_row(sandbox, name, held["connects"], 1)
    sandbox.call("POST", f"proposals/{name}/submit")

    wrong = sandbox.run(*example.command, "settle", more={"CONNECTS_KEY": "csk_test_wrong"})
    right = example.run(sandbox, "settle")

    assert (wrong.returncode, right.stdout) == (1, "1 submitted\n")
    assert "key_unknown" in wrong.stderr


def test_who_dies_behind_the_hold_loses_nothing(sandbox: Sandbox, example: Example) -> None:
    account, jobs = f"{example.account}-late", example.jobs
    sandbox.call("PUT", f"accounts/{account}", {"kind": "freelancer"})
    other = Example(example.command, account, jobs)
    before = sandbox.wallet(account)["balance"]
    hold(sandbox, other, f"{account}-held", 0)
    during = sandbox.wallet(account)["balance"]
    sandbox.sleep(minutes=16)

    assert during < before
    assert sandbox.wallet(account)["balance"] == before
    assert sandbox.wallet(account)["debt"] == 0


def test_a_row_whose_hold_is_over_goes(sandbox: Sandbox, example: Example) -> None:
    account = f"{example.account}-over"
    sandbox.call("PUT", f"accounts/{account}", {"kind": "freelancer"})
    other = Example(example.command, account, example.jobs)
    if "node" not in example.command:
        code = f"from shop.models import *; Freelancer.objects.create(pk={account!r})"
        assert example.run(sandbox, "shell", "-c", code).returncode == 0
    held = hold(sandbox, other, f"{account}-p", 0)
    other.write_row(sandbox, f"{account}-p", held["connects"], 0)
    sandbox.sleep(minutes=16)

    assert example.run(sandbox, "settle").stdout == "0 submitted\n"
    assert sandbox.wallet(account)["balance"] == held["connects"] + held["wallet"]["balance"]
    assert "hold_over" in other.propose(sandbox, f"{account}-p", 0)


def test_a_refusal_is_said_in_words(sandbox: Sandbox, example: Example) -> None:
    sandbox.call("POST", f"jobs/{example.jobs[1]}/end", {"how": "filled"})

    assert "job_closed" in example.propose(sandbox, f"{example.account}-closed", 1)


def test_the_pages_of_the_example_show_prices_and_send(sandbox: Sandbox) -> None:
    code = (
        "from django.test import Client; c = Client(); r = c.get('/cleo/').content.decode();"
        "import re; n = re.search('value=\"(p-[0-9a-f]+)\"', r)[1];"
        "print('Connects</button>' in r);"
        "print([c.post('/cleo/1/', {'id': n, 'letter': 'Hi'}).status_code for _ in range(2)]);"
        "print('You have sent a proposal' in c.get('/cleo/').content.decode())"
    )
    done = sandbox.run(sys.executable, str(HOST / "manage.py"), "shell", "-v0", "-c", code)

    assert done.stdout.splitlines()[-3:] == ["True", "[302, 302]", "True"], done.stderr


def commands(page: str) -> list[str]:
    """The commands that a page sets, but for those that start a sandbox and name its key."""
    lines = re.findall(r"^ {4}(.+)$", page, re.MULTILINE)
    return [line for line in lines if not line.startswith(("connects run", "export "))]


def test_every_command_of_the_page_works(sandbox: Sandbox) -> None:
    found = commands(PAGE.read_text())
    fresh = {
        "HOST_DATABASE": str(sandbox.folder / "page.sqlite3"),
        "HOST_FILE": str(sandbox.folder / "page.jsonl"),
    }
    for command in found:
        line = command.replace("curl ", "curl --silent --show-error --fail-with-body ")
        done = sandbox.run("bash", "-c", line, more=fresh)
        assert done.returncode == 0, (command, done.stdout, done.stderr)

    assert len(found) > 15
    told = sandbox.call("GET", "accounts/u-7/wallet/entries").json()
    kinds = {entry["kind"] for entry in told["items"]}
    assert {"signup", "spend", "return", "expire"} <= kinds
    assert datetime.now(UTC) < datetime.fromisoformat(sandbox.call("GET", "clock").json()["now"])
