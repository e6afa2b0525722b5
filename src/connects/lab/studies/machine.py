"""How much memory this machine, and this process, still have."""

from __future__ import annotations

import resource
from pathlib import Path


def limit_of_a_process() -> int | None:
    """Bytes that a process may take by its own limit (ulimit -v), where there is one."""
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    return None if most == resource.RLIM_INFINITY else most


def room_of_a_process() -> int | None:
    """Bytes that this process may still take by that limit, where there is one."""
    most = limit_of_a_process()
    if most is None:
        return None
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return most
    return most - pages * resource.getpagesize()


def memory_available() -> int | None:
    """Bytes that can be had without swapping, where the system says so."""
    try:
        rows = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for row in rows:
        name, _, amount = row.partition(":")
        if name == "MemAvailable":
            return int(amount.split()[0]) * 1024
    return None
