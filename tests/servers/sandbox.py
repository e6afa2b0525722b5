"""A sandbox as a host starts it: a server of its own, with a key and a clock that the API moves."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.architecture.sources import ROOT
from tests.servers.migrated import put_migrated
from tests.servers.site import started, until


@dataclass(frozen=True)
class Sandbox:
    """A sandbox that runs, and how to call it as a host does."""

    address: str
    key: str
    folder: Path

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return httpx.request(
            method,
            f"{self.address}/api/v1/{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=60,
        )

    def wallet(self, account: str) -> Any:
        return self.call("GET", f"accounts/{account}/wallet").json()

    def sleep(self, **time: int) -> None:
        now = datetime.fromisoformat(self.call("GET", "clock").json()["now"])
        moved = self.call("POST", "clock", {"to": (now + timedelta(**time)).isoformat()})
        assert moved.status_code == 200, moved.text

    def run(
        self, *command: str, folder: Path = ROOT, more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env=self.environment | dict(more or {}),
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "CONNECTS_URL": self.address,
            "CONNECTS_KEY": self.key,
            "HOST_DATABASE": str(self.folder / "host.sqlite3"),
            "HOST_FILE": str(self.folder / "proposals.jsonl"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        # The example has settings of its own.
        kept = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        return kept | own


@contextmanager
def sandbox_in(folder: Path) -> Iterator[Sandbox]:
    """A sandbox whose data are in that folder, for the length of the block."""
    put_migrated(folder)
    environment = {"CONNECTS_VAR": str(folder), "DATABASE_URL": ""}
    with started("run", "--sandbox", environment=environment) as site:
        until(lambda: "Connects is at" in site.log.read_text())
        (key,) = re.findall(r"^csk_test_\w+$", site.log.read_text(), re.MULTILINE)
        yield Sandbox(site.address, key, folder)
