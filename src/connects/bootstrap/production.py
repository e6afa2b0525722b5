"""Whether an installation is a real one: then nothing made up may stand in for what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from connects.bootstrap.own_address import is_this_machine, listen_address, site_address
from connects.bootstrap.switches import is_on


def is_in_production(environment: Mapping[str, str]) -> bool:
    """Whether others can reach the site: with HTTPS, a database server, or a host other than this
    machine.
    """
    hosts = [host for host in environment.get("CONNECTS_HOSTS", "").split(",") if host.strip()]
    hosts += [listen_address(environment)[0], urlsplit(site_address(environment)).hostname or ""]
    return (
        environment.get("CONNECTS_HTTPS") == "1"
        or environment.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:"))
        or not all(is_this_machine(host) for host in hosts)
    )


def takes_test_payments(environment: Mapping[str, str]) -> bool:
    """Whether payments may be pretended where no provider is set up: `CONNECTS_TEST_PAYMENTS`.

    Without it, only outside of production. Raises ValueError for anything but 1 and 0.
    """
    otherwise = not is_in_production(environment)
    return is_on(environment, "CONNECTS_TEST_PAYMENTS", otherwise=otherwise)
