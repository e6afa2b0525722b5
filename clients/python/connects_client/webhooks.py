"""Checking that a delivery is Connects' own, by Standard Webhooks, and reading what it tells."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping

from standardwebhooks import Webhook, WebhookVerificationError

from connects_client.generated.models.event_document import EventDocument

PUBLIC_KEY = "whpk_"
TOLERANCE_SECONDS = 5 * 60

__all__ = ["WebhookVerificationError", "verified_event"]


def verified_event(secret: str, body: bytes, headers: Mapping[str, str]) -> EventDocument:
    """The event of a delivery. `secret` is one of the endpoint's `secrets`: `whsec_…`, or `whpk_…`.

    Give the body as it came, not read and written again. Raises `WebhookVerificationError`.
    """
    told = {name.lower(): value for name, value in headers.items()}
    try:
        if secret.startswith(PUBLIC_KEY):
            _check_ed25519(secret, body, told)
        else:
            Webhook(secret).verify(body, told, json_parse=False)
    except ValueError as error:  # a signature that is not base64, a time that is no number
        raise WebhookVerificationError("Invalid headers") from error
    return EventDocument.from_dict(json.loads(body))


def _check_ed25519(key: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Check a signature of an endpoint with `"signature": "ed25519"`; needs `cryptography`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if abs(time.time() - int(moment)) > TOLERANCE_SECONDS:
        raise WebhookVerificationError("Message timestamp too old or too new")
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix(PUBLIC_KEY)))
    signed = f"{name}.{moment}.".encode() + body
    for signature in headers.get("webhook-signature", "").split():
        if not signature.startswith("v1a,"):
            continue
        try:
            public.verify(base64.b64decode(signature.removeprefix("v1a,")), signed)
        except InvalidSignature:
            continue
        return
    raise WebhookVerificationError("No matching signature found")
