"""PayPal's messages before they are believed: PayPal itself is asked whether it has signed them.

The signature is over the very bytes of a message, so they are sent on as they came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from connects.billing.paypal_http import Json
from connects.billing.port import Forged
from connects.vocabulary.documents import Unreadable, json_value

SIGNED_BY = {
    "transmission_id": "paypal-transmission-id",
    "transmission_time": "paypal-transmission-time",
    "transmission_sig": "paypal-transmission-sig",
    "cert_url": "paypal-cert-url",
    "auth_algo": "paypal-auth-algo",
}
"""What PayPal wants to know about a signature, and the message's header that says it."""


def read_message(body: bytes) -> Json:
    """The message as JSON. Raises `Forged` for what is none."""
    try:
        message = json_value(body)
    except Unreadable:
        raise Forged("PayPal's message: it is no JSON") from None
    if not isinstance(message, dict) or not {"id", "event_type"} <= message.keys():
        raise Forged("PayPal's message: it is no event")
    return message


def question_about(body: bytes, headers: Mapping[str, str], webhook: str) -> bytes:
    """The request that verifies a message. Raises `Forged` if a header is missing.

    `body` must have been read as JSON, or it could close the enclosing object early and speak for
    itself.
    """
    given = {name.lower(): value for name, value in headers.items()}
    missing = [header for header in SIGNED_BY.values() if not given.get(header)]
    if missing:
        raise Forged(f"PayPal's message: no {missing[0]}")
    said = {name: given[header] for name, header in SIGNED_BY.items()} | {"webhook_id": webhook}
    return json.dumps(said).encode()[:-1] + b', "webhook_event": ' + body + b"}"
