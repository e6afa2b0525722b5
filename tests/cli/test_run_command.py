"""`connects run` as an operator meets it: processes of its own, on a database of their own."""

import sqlite3
from pathlib import Path

import httpx
import pytest

from tests.servers.migrated import put_migrated
from tests.servers.site import Site, descendants, free_port, is_up, kill, started, until

pytestmark = pytest.mark.faults


def real(folder: Path) -> dict[str, str]:
    """The settings of a site in production whose folder for data does not exist yet."""
    return {
        "CONNECTS_VAR": str(folder / "var"),
        "DATABASE_URL": "",
        "CONNECTS_HTTPS": "1",
        "CONNECTS_SECRET_KEY": "a key for tests that nobody else uses anywhere at all",
        "CONNECTS_TEST_PAYMENTS": "",
    }


def set_up(folder: Path) -> dict[str, str]:
    """The same, of a site whose tables are there already."""
    put_migrated(folder / "var")
    return real(folder)


def people(folder: Path) -> int:
    with sqlite3.connect(folder / "var" / "connects.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM people_user").fetchone()[0])


def test_a_site_in_production_begins_empty_and_says_so(tmp_path: Path) -> None:
    with started("run", environment=real(tmp_path)) as site:
        until(lambda: "Connects is at" in site.log.read_text())
        said = site.log.read_text()

        assert "begins empty, without the demo" in said
        assert "password" not in said
        assert f"Connects is at {site.address}" in said
        assert people(tmp_path) == 0


def parts_of(site: Site) -> list[int]:
    """The web server, its own worker, and the worker, once all are there."""
    until(lambda: len(site.children()) >= 3)
    return site.children()


def test_a_killed_site_takes_all_its_processes_along_and_starts_again(tmp_path: Path) -> None:
    port, settings = free_port(), set_up(tmp_path)
    with started("run", "--no-demo", port=port, environment=settings) as site:
        parts = parts_of(site)
        kill(site.process.pid)
        until(lambda: not any(map(is_up, parts)))

    with started("run", "--no-demo", port=port, environment=settings) as site:
        assert httpx.get(f"{site.address}/healthz").status_code == 200


def test_a_part_that_dies_is_started_again(tmp_path: Path) -> None:
    with started("run", "--no-demo", environment=set_up(tmp_path)) as site:
        parts = parts_of(site)
        server = next(part for part in parts if descendants(part))
        (pages,) = descendants(server)
        kill(server)
        until(lambda: not is_up(pages))

        until(lambda: len([part for part in site.children() if part not in parts]) >= 2)
        until(lambda: answers(site))
        assert "started again" in site.log.read_text()


def answers(site: Site) -> bool:
    try:
        return httpx.get(f"{site.address}/healthz").status_code == 200
    except httpx.TransportError:
        return False
