"""Commands that read files tell what is wrong with one, and never break off with a traceback."""

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from connects.cli.main import main
from connects.estimate.model_file import UNPACKS_ALWAYS

DEEP = 100_000
EVIL = {
    "deep": b"a = " + b"[" * DEEP,
    "closed": b"a = " + b"[" * DEEP + b"]" * DEEP,
    "number": b"version = " + b"9" * 6_000,
    "hexadecimal": b"version = 0x" + b"f" * 6_000,
    "nul": b"name = 'a\0b'",
    "empty": b"",
    "latin": b"title = '\xe9'",
    "binary": bytes(range(256)) * 10,
    "torn": gzip.compress(b"job_id,kind\n1,fixed\n" * 500)[:60] + b"\0" * 40,
}
COMMANDS: dict[str, Callable[[str], list[str]]] = {
    "policy check": lambda file: ["policy", "check", file],
    "policy show": lambda file: ["policy", "show", file],
    "policy diff": lambda file: ["policy", "diff", "upwork-2018", file],
    "scenario run": lambda file: ["scenario", "run", file],
    "price": lambda file: ["price", file, "--policy", "fair-2026"],
    "price by": lambda file: ["price", file, "--policy", file],
    "estimate train": lambda file: ["estimate", "train", file, "--out", f"{file}.model"],
    "fairness": lambda file: ["fairness", file, "--policy", "fair-2026", "--out", f"{file}.html"],
    "policy fit": lambda file: ["policy", "fit", file, "--base", "fair-2026", "--out", f"{file}.t"],
}


@cache
def bomb() -> bytes:
    """Made where it is needed, since it takes a while."""
    return gzip.compress(b"\0" * (60 * UNPACKS_ALWAYS))


def told(result: Result) -> bool:
    return isinstance(result.exception, SystemExit | None) and result.exit_code == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*EVIL, "bomb"])
@pytest.mark.parametrize("command", COMMANDS)
def test_an_evil_file_is_an_answer(command: str, name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_bytes(bomb() if name == "bomb" else EVIL[name])

    result = CliRunner().invoke(main, COMMANDS[command](str(file)))

    assert told(result), (result.exit_code, result.exception, result.output[-300:])
    assert result.output.strip()
    assert "Usage:" not in result.output


def test_a_model_that_unpacks_hugely_is_refused_before_it_is_held(tmp_path: Path) -> None:
    posts, model = tmp_path / "posts.csv", tmp_path / "evil.model"
    posts.write_text("job_id,job_type,budget_raw\n1,fixed,$100\n")
    model.write_bytes(bomb())

    result = CliRunner().invoke(
        main, ["price", str(posts), "--policy", "fair-2026", "--model", str(model)]
    )

    assert told(result)
    assert "unpacks to more than" in result.output
