"""Both clients against a sandbox: their flows, and every example of the documentation."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest

from connects_client import AsyncConnects, Connects, Refused
from connects_client.models import (
    AccountBody,
    AccountKind,
    EndBody,
    EndHow,
    JobBody,
    JobKind,
    ListEntriesOrder,
    ProposalBody,
    TellProposalEvent,
)
from tests.architecture.sources import ROOT
from tests.servers.sandbox import Sandbox, sandbox_in
from tests.servers.site import until

TYPESCRIPT = ROOT / "clients" / "typescript"
PAGE = (ROOT / "docs" / "clients.md").read_text()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with sandbox_in(tmp_path_factory.mktemp("sandbox")) as made:
        yield made


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_a_proposal_is_charged_once_and_comes_back(sandbox: Sandbox) -> None:
    with Connects(sandbox.address, sandbox.key) as connects:
        people = {"py-7": AccountKind.FREELANCER, "py-c": AccountKind.CLIENT}
        made = connects.put_accounts(
            {name: AccountBody(kind=kind) for name, kind in people.items()}
        )
        job = connects.put_job(
            "py-9", JobBody(client="py-c", kind=JobKind.FIXED, budget_cents=900_00)
        )
        before = connects.get_wallet("py-7").balance
        body = ProposalBody(account="py-7", job="py-9", max_connects=6, hold_seconds=900)
        held = connects.put_proposal("py-p", body)
        connects.tell_proposal("py-p", TellProposalEvent.SUBMIT)
        sent = connects.tell_proposal("py-p", TellProposalEvent.SUBMIT)
        after = connects.get_wallet("py-7").balance
        connects.end_job("py-9", EndBody(how=EndHow.NOT_HIRING))
        lines = list(connects.entries("py-7", order=ListEntriesOrder.OLDEST))
        numbers = [line.sequence for line in lines]
        until(lambda: _told_of(connects, "py-7") == numbers)

        assert [done.status for done in made.items] == [201, 201]
        assert job.price is not None
        assert sent.status == "submitted"
        assert before - after == sent.connects == held.connects > 0
        assert numbers == list(range(1, len(lines) + 1))
        assert lines[-1].balance == before == connects.get_wallet("py-7").balance
        with pytest.raises(Refused, match="already_different"):
            connects.put_proposal("py-p", ProposalBody(account="py-7", job="py-9", max_connects=7))


def _told_of(connects: Connects, account: str) -> list[int]:
    """The lines of an account that the feed has."""
    events = connects.events(account=account, types=["wallet.entry"])
    return [event.data["sequence"] for event in events]


def test_who_awaits_reads_the_same(sandbox: Sandbox) -> None:
    async def read() -> tuple[list[int], int, list[str]]:
        async with AsyncConnects(sandbox.address, sandbox.key) as connects:
            await connects.put_account("py-8", AccountBody(kind=AccountKind.FREELANCER))
            wallet = await connects.get_wallet("py-8")
            lines = [line.sequence async for line in connects.entries("py-8")]
            lots = [lot.credits_ async for lot in connects.lots("py-8")]
            with pytest.raises(Refused, match="account_unknown"):
                await connects.get_wallet("py-nobody")
            types = [event.type_ async for event in connects.events(account="py-8")]
            assert sum(lots) == wallet.balance
            return lines, wallet.sequence, types

    lines, sequence, types = asyncio.run(read())

    assert lines == list(range(sequence, 0, -1))
    assert set(types) <= {"wallet.entry"}


def test_every_python_example_of_the_page_runs(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONNECTS_URL", sandbox.address)
    monkeypatch.setenv("CONNECTS_KEY", sandbox.key)
    found = examples("python")

    for example in found:
        names: dict[str, Any] = {"__name__": "example"}
        exec(compile(example, "docs/clients.md", "exec"), names)
        if isinstance(names.get("connects"), Connects):
            names["connects"].close()  # a program's end would do so

    assert len(found) > 3
    assert sandbox.wallet("ana")["balance"] > 0


def test_the_typescript_example_of_the_page_runs(sandbox: Sandbox) -> None:
    (example,) = examples("typescript")

    done = sandbox.run(
        *("node", "--conditions=source", "--input-type=module-typescript", "--eval", example),
        folder=TYPESCRIPT,
    )

    assert done.returncode == 0, done.stderr
    assert "account_unknown" in done.stdout


def test_the_typescript_client_is_typed_and_does_the_same(sandbox: Sandbox) -> None:
    if not (TYPESCRIPT / "node_modules" / "typescript").is_dir():
        pytest.skip("npm has not fetched what the TypeScript client is checked with")
    for command in (
        ("node", "node_modules/typescript/bin/tsc", "--noEmit"),
        ("node", "--test", "tests/*.test.ts"),
    ):
        done = sandbox.run(*command, folder=TYPESCRIPT)
        assert done.returncode == 0, done.stdout + done.stderr
