"""`connects wallet` and `connects roots`, as an operator types them."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from connects.bootstrap.clock import held_at
from connects.cli.commands.roots import roots
from connects.cli.commands.wallet import wallet
from tests.market.people import NOON, Town, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings: Any, tmp_path: Path) -> Iterator[Town]:
    settings.VAR, settings.ROOT_KEY = tmp_path, ""
    with held_at(NOON):
        yield town()


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(wallet, arguments)


def test_a_wallet_is_shown_as_it_is_and_as_it_was(here: Town) -> None:
    handle = here.freelancer.handle
    before = (NOON - timedelta(seconds=1)).isoformat()

    now, then = asked(handle), asked(handle, "--at", before)

    assert (now.exit_code, then.exit_code) == (0, 0)
    assert "after line 0" in then.stdout
    assert "balance 0, debt 0" in then.stdout
    assert "signup" in now.stdout
    assert "balance 0," not in now.stdout


def test_nobody_and_no_instant_are_named_in_words(here: Town) -> None:
    for arguments, says in (
        (("nobody",), "no freelancer or agency with the handle 'nobody'"),
        ((here.client.handle,), "no freelancer or agency"),
        ((here.freelancer.handle, "--at", "yesterday"), "no instant"),
        ((here.freelancer.handle, "--at", "0001-01-01T00:00+14:00"), "no instant"),
    ):
        told = asked(*arguments)
        assert told.exit_code == 2
        assert says in told.stderr.replace("is not an instant", "no instant")


def test_a_root_is_made_listed_and_proved_against(here: Town) -> None:
    run = CliRunner().invoke

    before = run(roots, ["proof", here.freelancer.handle])
    made, again = run(roots, ["make"]), run(roots, ["make"])
    listed = run(roots, ["list"])
    proof = run(roots, ["proof", here.freelancer.handle])

    assert before.exit_code == 2
    assert "No such root covers the wallet" in before.stderr
    assert made.stdout.startswith("root 1, over ")
    assert "already" in again.stdout
    root = made.stdout.split()[-1]
    assert root in listed.stdout
    assert json.loads(proof.stdout)["root"]["root"] == root


def test_a_key_that_is_none_is_named_in_words(here: Town, settings: Any) -> None:
    settings.ROOT_KEY = "/no/such/key.pem"

    told = CliRunner().invoke(roots, ["make"])

    assert told.exit_code == 2
    assert "The key that signs roots cannot be read" in told.stderr


def test_the_statement_says_what_was_held_at_an_instant(here: Town) -> None:
    client = Client()
    client.force_login(
        here.user_of(here.freelancer), backend="django.contrib.auth.backends.ModelBackend"
    )

    before = client.get("/membership/statement/", {"at": "2019-05-20T11:59"}).content.decode()
    later = client.get("/membership/statement/", {"at": "2019-05-20T12:00"}).content.decode()
    wrong = client.get("/membership/statement/", {"at": "yesterday"}).content.decode()

    assert "<strong>0 Connects</strong>" in before
    assert "16 · Welcome grant · expire on 20 May 2020, 12:00 UTC" in later
    assert "Enter a date and a time" in wrong
