"""`connects run --sandbox`: a site of its own kind, on a database of its own."""

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from connects.bootstrap.clock import now, run_ahead
from connects.cli.commands.sandbox import see_to_sandbox, settle_for_sandbox
from connects.cli.main import main
from connects.market.api_clients.models import ApiClient
from connects.market.upkeep.sandbox import begin_sandbox, set_clock
from tests.market.people import town
from tests.servers.sandbox import sandbox_in


@pytest.mark.faults
def test_a_sandbox_serves_its_key_and_its_clock(tmp_path: Path) -> None:
    with sandbox_in(tmp_path) as sandbox:
        to = datetime.now(UTC) + timedelta(days=100)
        moved = sandbox.call("POST", "clock", {"to": to.isoformat()})
        told = sandbox.call("GET", "clock").json()

    assert moved.status_code == 200
    assert datetime.fromisoformat(told["now"]) >= to
    with sqlite3.connect(tmp_path / "connects.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM people_account").fetchone() == (0,)


def test_it_has_a_folder_of_its_own_unless_one_is_named() -> None:
    plain: dict[str, str] = {}
    named = {"DATABASE_URL": "postgresql://db.example/tries"}
    settle_for_sandbox(plain)
    settle_for_sandbox(named)

    assert plain["CONNECTS_VAR"] == "var/sandbox"
    assert "CONNECTS_VAR" not in named
    assert plain["CONNECTS_SANDBOX"] == named["CONNECTS_SANDBOX"] == "1"


def test_a_marketplace_does_not_become_a_sandbox(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    town()

    with pytest.raises(SystemExit) as ended:
        see_to_sandbox(wanted=True)

    assert ended.value.code == 2
    assert "has a marketplace in it" in capsys.readouterr().err


def test_a_sandbox_is_not_served_as_a_real_site(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_sandbox(now())

    with pytest.raises(SystemExit) as ended:
        see_to_sandbox(wanted=False)

    assert ended.value.code == 2
    assert "--sandbox" in capsys.readouterr().err


def test_its_key_is_printed_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    see_to_sandbox(wanted=True)
    first = capsys.readouterr().out
    see_to_sandbox(wanted=True)

    assert re.search(r"^csk_test_[0-9a-f]{8}_[0-9a-f]{64}$", first, re.MULTILINE)
    assert capsys.readouterr().out == ""


def test_commands_run_at_the_sandboxs_time(db: None, settings: Any) -> None:
    settings.SANDBOX = True
    begin_sandbox(now())
    set_clock(now() + timedelta(days=400))
    run_ahead(timedelta())
    try:
        told = CliRunner().invoke(main, ["client", "new", "shop", "--scopes", "read"])
        made = ApiClient.objects.get().made
    finally:
        run_ahead(timedelta())

    assert told.exit_code == 0, told.output
    assert made > now() + timedelta(days=399)


def test_the_help_names_it() -> None:
    assert "--sandbox" in CliRunner().invoke(main, ["run", "--help"]).output
