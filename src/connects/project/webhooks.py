"""Where webhooks may go, as the operator says."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network


def webhook_networks(environment: Mapping[str, str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """`CONNECTS_WEBHOOK_NETWORKS`, as `10.0.0.0/8,127.0.0.1/32`. Raises ValueError for anything else."""
    told = environment.get("CONNECTS_WEBHOOK_NETWORKS", "").replace(",", " ").split()
    try:
        return tuple(ip_network(text, strict=False) for text in told)
    except ValueError as error:
        raise ValueError(
            f"CONNECTS_WEBHOOK_NETWORKS: {error}; expected networks, as 10.0.0.0/8,192.168.7.0/24"
        ) from None
