"""Tokens that a host's server makes for one account, for a browser or an app."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from connects.acts.accounts.make_account_token import MadeToken, make_account_token
from connects.acts.oversight.audited import audited
from connects.api.named import Named, holder_named, id_of
from connects.api.outcomes import done
from connects.api.problems import HOST_ANSWERS
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope

router = Router(tags=["account tokens"], auth=ServerKey(Scope.PORTAL))


class TokenBody(Schema):
    model_config = ConfigDict(extra="forbid")

    account: Named
    origin: Annotated[str, Field(max_length=200)] = Field(
        "",
        description="The site whose pages use it, such as `https://shop.example`; else none may.",
    )


class TokenDocument(Schema):
    """A token. It is shown this once."""

    token: str
    account: str
    origin: str
    expires: datetime


@router.post(
    "/account_tokens",
    response={201: TokenDocument, **HOST_ANSWERS},
    operation_id="make_account_token",
    summary="Make a token with which a browser or an app reads one account for 15 minutes",
)
def make_token(request: HostCall, body: TokenBody) -> Status[dict[str, Any]]:
    """It reads what is below `me`, and asks for quotes. It sends, pays and changes nothing."""
    account = holder_named(body.account, "account")
    made: MadeToken = done(
        audited(
            lambda: make_account_token(request.auth.client, account, body.origin),
            lambda _: request.auth.note("make-account-token", f"account:{account.handle}"),
        )
    )
    told = {
        "token": made.secret,
        "account": id_of(account),
        "origin": made.row.origin,
        "expires": made.row.expires,
    }
    return Status(201, told)
