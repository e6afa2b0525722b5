"""All parts of the API's first version."""

from __future__ import annotations

from connects.api import (
    account_tokens,
    accounts,
    bulk,
    clock,
    events,
    grants,
    invitations,
    jobs,
    members,
    prices,
    proposal_events,
    proposals,
    purchases,
    quotes,
    wallets,
    webhook_endpoints,
)
from connects.api.me import jobs as own_jobs
from connects.api.me import proposals as own_proposals
from connects.api.me import wallet as own_wallet

# Bulk calls stand at the addresses of their kinds, so in their routers.
for kind in bulk.KINDS:
    bulk.add_to_router(kind)

ROUTERS = (
    prices.router,
    own_wallet.router,
    own_jobs.router,
    own_proposals.router,
    accounts.router,
    account_tokens.router,
    members.router,
    wallets.router,
    jobs.router,
    invitations.router,
    quotes.router,
    proposals.router,
    proposal_events.router,
    grants.router,
    purchases.router,
    events.router,
    clock.router,
    webhook_endpoints.router,
)
