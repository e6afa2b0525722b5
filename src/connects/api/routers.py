"""All parts of the API's first version."""

from __future__ import annotations

from connects.api import accounts, jobs, prices, proposals, quotes, wallets

ROUTERS = (
    prices.router,
    accounts.router,
    wallets.router,
    jobs.router,
    quotes.router,
    proposals.router,
)
