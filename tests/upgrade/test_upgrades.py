"""Databases that earlier commits filled are brought up to date, and everything goes on as before."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.installation.commands import Installation
from tests.upgrade.databases import ALL, Filled, Unpack, asked

# Pages that a walk which had gone wrong would hardly come to.
SEEN = {
    "member": {"job", "propose", "membership", "checkout", "statement-pdf", "proof", "proposal"},
    # A plain member of an agency is not offered what only its owner and admins may do.
    "plain member": {"job", "propose", "membership", "statement-pdf", "proof", "proposal"},
    "client": {"posts", "post", "post-edit", "clouds"},
    "staff": {"console-account", "console-post"},
    "operator": {"console-account", "console-post", "console-letters", "console-audit"},
}
ROLES = {
    **dict.fromkeys(["freelancer", "agency"], "member"),
    "agency member": "plain member",
    "client": "client",
    "operator": "operator",
    **dict.fromkeys(["moderator", "support", "finance", "policy"], "staff"),
}
COUNTS = {
    "accounts": "SELECT count(*) FROM people_account",
    "posts": "SELECT count(*) FROM jobs_job",
    "proposals": "SELECT count(*) FROM proposals_proposal",
    "purchases": "SELECT count(*) FROM purchases_purchase",
}
ENTRIES = "SELECT hash FROM journal_entry ORDER BY wallet, number"
KINDS = """
    SELECT count(*) FROM plans_subscription JOIN people_account ON people_account.id = account_id
    WHERE plans_subscription.kind = people_account.kind
"""


@dataclass(frozen=True, slots=True)
class Upgraded:
    filled: Filled
    installed: Installation
    before: dict[str, list[Any]]


def ran(upgraded: Upgraded, *command: str) -> str:
    """What a program of ours prints about a database; it must end well."""
    done = upgraded.installed.program(*command)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module", params=ALL, ids=lambda filled: filled.name)
def upgraded(
    request: pytest.FixtureRequest, unpack: Unpack, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    folder = tmp_path_factory.mktemp("upgraded")
    with unpack(request.param, folder) as url:
        before = {name: asked(url, question) for name, question in COUNTS.items()}
        before["entries"] = asked(url, ENTRIES)
        installed = Installation(url, folder)
        installed.is_brought_up_to_date()
        yield Upgraded(request.param, installed, before)


def is_walked(filled: Filled) -> bool:
    """A walk takes a minute: the older half is walked on SQLite, the newer one on PostgreSQL."""
    is_old = ALL.index(filled) < len(ALL) / 2
    return is_old != os.environ.get("DATABASE_URL", "").startswith("postgres")


@pytest.mark.parametrize(
    "upgraded", [each for each in ALL if is_walked(each)], indirect=True, ids=lambda each: each.name
)
def test_every_page_opens_for_every_role_after_an_upgrade(upgraded: Upgraded) -> None:
    at = upgraded.filled.until + timedelta(hours=1)
    said = ran(upgraded, "tests.upgrade.crawl", at.isoformat())
    walks = json.loads(said)

    assert {role: walk["failed"] for role, walk in walks.items() if walk["failed"]} == {}
    for role, kind in ROLES.items():
        assert SEEN[kind] - set(walks[role]["pages"]) == set(), role


def test_an_upgrade_keeps_every_row_and_every_entry_as_it_was(upgraded: Upgraded) -> None:
    assert upgraded.before["entries"]
    for name, question in COUNTS.items():
        assert upgraded.installed.asked(question) == upgraded.before[name]
    now = {bytes(row[0]) for row in upgraded.installed.asked(ENTRIES)}
    assert {bytes(row[0]) for row in upgraded.before["entries"]} <= now


def test_wallets_and_roots_agree_after_an_upgrade(upgraded: Upgraded) -> None:
    said = ran(upgraded, "connects.cli", "verify", "--roots", "--processes", "1")

    assert said.count("0 do not agree") == 2, said


def test_every_subscription_has_its_accounts_kind_after_an_upgrade(upgraded: Upgraded) -> None:
    everyone = upgraded.installed.asked("SELECT count(*) FROM plans_subscription")

    assert upgraded.installed.asked(KINDS) == everyone != [(0,)]


def test_the_database_without_the_column_lacks_it_before_its_upgrade(
    unpack: Unpack, tmp_path: Path
) -> None:
    broken = next(filled for filled in ALL if filled.name.endswith("9878a88"))

    with unpack(broken, tmp_path) as url, pytest.raises(Exception, match="kind"):
        asked(url, "SELECT plans_subscription.kind FROM plans_subscription")
