"""`connects mcp`, as an assistant starts it: over its standard input and output, to a site that runs."""

import os
import sys
from importlib import util
from pathlib import Path
from typing import Any, TextIO

import anyio
import httpx
import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from connects.acts.accounts.make_api_key import MadeKey, make_key
from connects.acts.proposals.limit_spending import set_spending_limit
from connects.cli.assistant.site import NotDoneError, Site
from connects.cli.main import main
from connects.market.keys.scopes import KeyScope
from connects.market.notices.models import OutboxEvent
from connects.market.proposals.models import Proposal
from tests.api.calling import person_of
from tests.market.people import posted, town
from tests.servers.shared_database import address
from tests.servers.site import serving

__all__ = ["address"]

LETTER = "I have written three handbooks."
KEY = "connects_00000000_" + "0" * 64


def said(answer: CallToolResult) -> str:
    """What the assistant reads where a tool did not do what was asked."""
    assert answer.is_error, answer
    (content,) = answer.content
    assert isinstance(content, TextContent)
    return content.text


def got(answer: CallToolResult) -> dict[str, Any]:
    assert not answer.is_error, answer
    told = answer.structured_content
    assert isinstance(told, dict)
    return told


async def talk(server: StdioServerParameters, errors: TextIO, job: str) -> dict[str, Any]:
    """What an assistant does: look around, ask for the price, propose, and take it back."""
    told: dict[str, Any] = {}
    async with Client(stdio_client(server, errors)) as client:
        tools = (await client.list_tools()).tools
        told["tools"] = {tool.name: tool.description for tool in tools}
        told["balance"] = got(await client.call_tool("get_balance"))
        told["found"] = got(await client.call_tool("find_jobs", {"words": "handbook"}))
        told["read"] = got(await client.call_tool("read_job", {"job": job}))
        told["quoted"] = got(await client.call_tool("quote_jobs", {"jobs": [job]}))
        asked = {"job": job, "cover_letter": LETTER}
        for name, at_most in (("dear", 3), ("sent", 4), ("twice", 4)):
            told[name] = await client.call_tool("send_proposal", {**asked, "at_most": at_most})
        proposal = {"proposal": got(told["sent"])["id"]}
        told["listed"] = got(await client.call_tool("list_proposals", {"which": "active"}))
        told["back"] = got(await client.call_tool("withdraw_proposal", proposal))
        told["now"] = got(await client.call_tool("read_proposal", proposal))
        told["history"] = got(await client.call_tool("list_history", {"limit": 1}))
        told["unfit"] = await client.call_tool("send_proposal", {"job": job, "at_most": -1})
        told["nothing"] = await client.call_tool("read_job", {"job": "../me"})
    return told


@pytest.mark.django_db(transaction=True)
def test_an_assistant_proposes_for_a_member_within_what_was_agreed(
    address: str, tmp_path: Path
) -> None:
    here = town()
    job = posted(here.client, "Write a handbook")
    set_spending_limit(here.freelancer, 8)
    made = make_key(person_of(here.freelancer), here.freelancer, "Claude", tuple(KeyScope))
    assert isinstance(made, MadeKey)
    log = tmp_path / "log"
    with serving(address) as site, log.open("w") as errors:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "connects.cli", "mcp"],
            env={
                "CONNECTS_MCP_ADDRESS": site,
                "CONNECTS_MCP_KEY": made.secret,
                "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            },
        )
        told = anyio.run(talk, server, errors, job.public_id)

    assert made.secret not in log.read_text()
    assert len(told["tools"]) == 9
    assert all(told["tools"].values())
    assert told["found"]["items"][0]["id"] == job.public_id
    assert told["read"]["connects"] == told["quoted"]["quotes"][0]["connects"] == 4
    assert "costs 4 Connects, and at_most is 3. Nothing was sent." in said(told["dear"])
    sent = got(told["sent"])
    assert (sent["connects"], sent["title"]) == (4, "Write a handbook")
    assert sent["wallet"]["balance"] == told["balance"]["balance"] - 4
    assert "spending_limit" in said(told["twice"])
    assert next(row["title"] for row in told["listed"]["items"]) == "Write a handbook"
    assert told["back"]["status"] == told["now"]["status"] == "withdrawn"
    assert told["history"]["items"][0]["kind"] == "spend"
    assert "not_found" in said(told["nothing"])
    assert said(told["unfit"]) == (
        "cover_letter: Field required. at_most: Input should be greater than or equal to 0."
        " Nothing was done. Put that right and call again."
    )
    assert Proposal.objects.get(job=job).cover_letter == LETTER
    heard = OutboxEvent.objects.filter(code__startswith="program-").order_by("id")
    assert [row.code for row in heard] == ["program-sent", "program-withdrew"]
    assert {row.parameters["program"] for row in heard} == {"Claude"}


@pytest.mark.parametrize(
    ("site", "key", "words"),
    [
        ("connects.example", KEY, "begins with https://"),
        ("http://connects.example", KEY, "begins with https://"),
        ("https://connects.example", "csk_live_0", "server key"),
        ("https://connects.example", "connects_1", "not a whole key"),
    ],
)
def test_what_cannot_work_is_said_at_once_and_the_key_is_not(
    site: str, key: str, words: str
) -> None:
    told = CliRunner().invoke(main, ["mcp", "--address", site, "--key", key])

    assert told.exit_code == 2
    assert words in " ".join(told.stderr.split())
    assert KEY not in told.output


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx.Response(502, text="<h1>Bad gateway</h1>"), "does not answer"),
        (httpx.Response(503, json={"error": "no upstream"}), "does not answer"),
        (httpx.Response(404, json={"error": "no such page"}), "is no site of Connects"),
        (httpx.Response(200, json=["something else"]), "is no site of Connects"),
    ],
)
def test_what_is_not_from_the_site_is_told_in_words(answer: httpx.Response, words: str) -> None:
    site = Site("https://connects.example", KEY, httpx.MockTransport(lambda _: answer))

    with pytest.raises(NotDoneError, match=words):
        anyio.run(site.get, "me/wallet")


def test_without_its_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)

    told = CliRunner().invoke(main, ["mcp", "--address", "https://c.example", "--key", KEY])

    assert told.exit_code == 2
    assert "pip install 'connects[mcp]'" in told.stderr
