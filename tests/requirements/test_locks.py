import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LOCKS = [ROOT / "requirements" / f"{name}.lock" for name in ("run", "setup", "develop")]
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;]+)", re.MULTILINE)


def pins(lock: Path) -> dict[str, str]:
    return dict(PINNED.findall(lock.read_text()))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_package_index(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_hashes_for_every_package(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-z])", lock.read_text().strip())

    assert len(entries) == len(PINNED.findall(lock.read_text())) > 0
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_tests_run_with_the_servers_own_versions() -> None:
    run, setup, develop = (pins(lock) for lock in LOCKS)

    assert run.items() <= setup.items() <= develop.items()
