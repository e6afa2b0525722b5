"""What the API can have against the key that a program sends."""

from __future__ import annotations

from connects.api.problems import Fault
from connects.wording.messages import mark

KEY_UNKNOWN = Fault(
    401,
    "key_unknown",
    mark(
        "This API key is not known here, or works no longer. Make another one: for a program on the page"
        " “API keys”; for a server an operator makes it, by `connects client`."
    ),
)
KEY_EXPIRED = Fault(
    401,
    "key_expired",
    mark(
        "This key has expired. Make another one: for a program on the page “API keys”, for a page by its"
        " server."
    ),
)
SERVER_KEY_NEEDED = Fault(
    403,
    "server_key_needed",
    mark(
        "This is for the host's server. Call with a server key (`csk_…`), which an operator makes."
    ),
)
PERSONAL_KEY_NEEDED = Fault(
    403,
    "personal_key_needed",
    mark(
        "This is for members’ own programs. Call with a key that a member made on the page “API keys”."
    ),
)
SERVER_KEY_IN_BROWSER = Fault(
    403,
    "server_key_in_browser",
    mark(
        "A server key came from a browser, where anyone can read it. Revoke it, make another one, and"
        " call from your server."
    ),
)
ADDRESS_NOT_ALLOWED = Fault(
    403,
    "address_not_allowed",
    mark("This server key may not be used from this address. Call from one that its client lists."),
)
ORIGIN_NOT_ALLOWED = Fault(
    403,
    "origin_not_allowed",
    mark("This account token is not for pages of this site. Make one with its `origin`."),
)
SCOPE_MISSING = Fault(
    403,
    "scope_missing",
    mark("This key may not do that. Call with one that has the scope in `parameters`."),
)

KEY_FAULTS = (
    KEY_UNKNOWN,
    KEY_EXPIRED,
    SERVER_KEY_NEEDED,
    PERSONAL_KEY_NEEDED,
    SERVER_KEY_IN_BROWSER,
    ADDRESS_NOT_ALLOWED,
    ORIGIN_NOT_ALLOWED,
    SCOPE_MISSING,
)
