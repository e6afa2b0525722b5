"""The proxies that `deploy/` has examples for, and how a machine without them gets them.

    python -m tests.servers.proxies      # as root, install with apt-get what is missing

Their tests run where the programs are found, and say so where not: an ordinary user needs neither.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = ("caddy", "nginx")
FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")  # not on an ordinary user's path


def program(name: str) -> Path | None:
    """Where the program is, if it is on this machine."""
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(FOLDERS))
    return Path(found) if found else None


def install(names: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
        apt = ["apt-get", "--quiet", *command]
        if subprocess.run(apt, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def main() -> int:
    missing = [name for name in PROGRAMS if program(name) is None]
    if missing and not (os.geteuid() == 0 and shutil.which("apt-get") and install(missing)):
        print(f"Without {' and '.join(missing)} their examples are not tried.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
