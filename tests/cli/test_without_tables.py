"""A command that finds no tables says so, and what to do, whichever it is."""

from typing import Any, NoReturn

import pytest
from click.testing import CliRunner
from django.db.backends.utils import CursorWrapper
from django.db.utils import OperationalError

from connects.cli.main import main

pytestmark = pytest.mark.django_db

COMMANDS = (
    "books",
    "client list",
    "estimate history -",
    "rekey",
    "roots list",
    "staff list",
    "unlock ana@test.example",
    "wallet ana",
    "webhook list",
)


def test_without_tables_each_command_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> NoReturn:
        raise OperationalError("no such table: people_user")

    monkeypatch.setattr(CursorWrapper, "execute", fail)
    for command in COMMANDS:
        ended = CliRunner().invoke(main, command.split())
        assert ended.exit_code == 2, (command, ended.output)
        assert "The database cannot be read: no such table" in ended.output
        assert "`connects run`" in ended.output
