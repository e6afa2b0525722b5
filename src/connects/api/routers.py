"""All parts of the API's first version."""

from __future__ import annotations

from connects.api import (
    accounts,
    clock,
    events,
    grants,
    jobs,
    prices,
    proposals,
    purchases,
    quotes,
    wallets,
)

ROUTERS = (
    prices.router,
    accounts.router,
    wallets.router,
    jobs.router,
    quotes.router,
    proposals.router,
    grants.router,
    purchases.router,
    events.router,
    clock.router,
)
