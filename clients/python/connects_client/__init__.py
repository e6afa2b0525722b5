"""The client of Connects: its API, typed, with retries, pages, and a check of webhooks."""

from connects_client.answers import Refused, Unanswered
from connects_client.client import AsyncConnects, Connects
from connects_client.retries import Retries
from connects_client.webhooks import WebhookVerificationError, verified_event

__all__ = [
    "AsyncConnects",
    "Connects",
    "Refused",
    "Retries",
    "Unanswered",
    "WebhookVerificationError",
    "verified_event",
]
