"""Signatures of deliveries by Standard Webhooks, and the secrets and keys behind them.

Secrets are derived from the installation's secret key, the endpoint and its version, so that there is
none to be leaked from the database. During a rotation, of an endpoint's secret or of the installation's
key, each delivery bears the signatures of both.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from connects.bootstrap.clock import as_elsewhere
from connects.market.events.models import Signature, WebhookEndpoint


def secrets_of(endpoint: WebhookEndpoint, now: datetime) -> list[str]:
    """What receivers check with, newest first: secrets (`whsec_…`), or public keys (`whpk_…`)."""
    key = settings.SECRET_KEY
    seeds = [_seed(key, endpoint, version) for version in _versions(endpoint, now)]
    if endpoint.signature == Signature.ED25519:
        return [
            f"whpk_{_text(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())}"
            for seed in seeds
        ]
    return [f"whsec_{_text(seed)}" for seed in seeds]


class Signer:
    """Signs what is sent to an endpoint at an instant, with secrets that are derived once."""

    def __init__(self, endpoint: WebhookEndpoint, now: datetime) -> None:
        # Receivers refuse what is older or newer than some minutes by their own clock.
        self._timestamp = str(int(as_elsewhere(now).timestamp()))
        keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        seeds = [_seed(key, endpoint, each) for each in _versions(endpoint, now) for key in keys]
        is_public = endpoint.signature == Signature.ED25519
        self._signs = [_signs_publicly(seed) if is_public else _signs(seed) for seed in seeds]

    def headers(self, event: str, body: bytes) -> dict[str, str]:
        """The headers by which a receiver knows the delivery for ours."""
        signed = b".".join((event.encode(), self._timestamp.encode(), body))
        return {
            "webhook-id": event,
            "webhook-timestamp": self._timestamp,
            "webhook-signature": " ".join(sign(signed) for sign in self._signs),
        }


def _signs(seed: bytes) -> Callable[[bytes], str]:
    return lambda signed: f"v1,{_text(hmac.digest(seed, signed, hashlib.sha256))}"


def _signs_publicly(seed: bytes) -> Callable[[bytes], str]:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return lambda signed: f"v1a,{_text(key.sign(signed))}"


def _versions(endpoint: WebhookEndpoint, now: datetime) -> list[int]:
    both = endpoint.previous_until is not None and endpoint.previous_until > now
    return [endpoint.version, endpoint.version - 1] if both else [endpoint.version]


def _seed(key: str, endpoint: WebhookEndpoint, version: int) -> bytes:
    named = f"connects.webhook:{endpoint.signature}:{endpoint.pk}:{version}"
    return hmac.digest(key.encode(), named.encode(), hashlib.sha256)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
