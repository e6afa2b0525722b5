"""The unit files under `deploy/`: systemd understands them, and they start what there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from connects.cli.main import COMMANDS
from tests.architecture.sources import ROOT

UNITS = sorted((ROOT / "deploy").glob("*.service"))
START = re.compile(r"^ExecStart=(\S+/connects) (\w+)$", re.MULTILINE)


def test_there_is_a_unit_for_each_part() -> None:
    assert [unit.name for unit in UNITS] == ["connects-web.service", "connects-worker.service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_that_there_is_and_always_again(unit: Path) -> None:
    (found,) = START.findall(unit.read_text())

    assert found[1] in COMMANDS
    assert "\nRestart=always\n" in unit.read_text()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_no_fault_with_a_unit(unit: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("there is no systemd-analyze on this machine")
    text, replaced = START.subn("ExecStart=/bin/true", unit.read_text())
    (tmp_path / unit.name).write_text(text)  # connects itself is not installed where it says

    checked = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / unit.name)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert replaced == 1
    assert (checked.returncode, checked.stderr) == (0, "")
