"""Stripe, through its official library. See `billing.port.PaymentProvider`.

New payers pay on Stripe's own page (a Checkout Session), kept cards by a Payment Intent. A request
carries its key to Stripe, which gives a repeated request its first answer. So a repeated answer is
looked up once more, since much may have happened meanwhile.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime

import stripe
import structlog
from stripe.params import PaymentIntentCreateParams
from stripe.params.checkout import SessionCreateParams

from connects.billing.port import (
    UNREADABLE_EVENT,
    Answer,
    BalanceTransaction,
    Charge,
    DeclineCause,
    Declined,
    EventKind,
    Forged,
    MethodKind,
    Payer,
    ProviderEvent,
    RefundAnswer,
    Refunded,
    Repaid,
    SavedMethod,
    Unreachable,
    Waiting,
)
from connects.billing.settings import StripeSettings
from connects.billing.stripe_errors import (
    charge_answer,
    lookup_answer,
    refused_answer,
    unreachable_answer,
)
from connects.billing.stripe_http import CountedRequests
from connects.billing.stripe_reading import (
    balance_line,
    dispute_kind,
    intent_answer,
    name_of,
    provider_event,
    repaid_by_dispute,
    repaid_by_refund,
    saved_method,
)
from connects.billing.stripe_requests import (
    CHARGE_AND_METHOD,
    ON_PAGE,
    charge_request,
    checkout_request,
    setup_request,
)
from connects.vocabulary.amounts import Money
from connects.vocabulary.documents import json_value

log = structlog.get_logger()

RETRIES = 1
"""How often the library retries, with the same key, if no answer came."""

OF_SESSION = [f"payment_intent.{each}" for each in CHARGE_AND_METHOD]


class StripeGateway:
    """Stripe, at the address and with the keys of the settings."""

    name = "stripe"

    def __init__(self, settings: StripeSettings, *, timeout_seconds: float = 20) -> None:
        self._webhook_secret = settings.webhook_secret
        self._http = CountedRequests(timeout=timeout_seconds)
        self._client = stripe.StripeClient(
            settings.key,
            base_addresses={"api": settings.address},
            max_network_retries=RETRIES,
            http_client=self._http,
        )
        self._v1 = self._client.v1

    def close(self) -> None:
        """Close the connections to Stripe. Another call opens them again."""
        self._http.close()  # type: ignore[no-untyped-call]

    def charge(self, charge: Charge, method: SavedMethod, *, present: bool, back: str) -> Answer:
        request = charge_request(charge, method, present=present, back=back)
        return charge_answer(lambda: self._charged(charge, request))

    def _charged(self, charge: Charge, request: PaymentIntentCreateParams) -> Answer:
        key = f"charge.{charge.key}"
        intent = self._v1.payment_intents.create(request, {"idempotency_key": key})
        return self.look_up(intent.id) if _is_repeated(intent) else intent_answer(intent)

    def ask(self, charge: Charge, kind: MethodKind, *, keep: bool, back: str) -> Answer:
        if kind not in (MethodKind.CARD, MethodKind.PREPAID):
            return Declined(DeclineCause.METHOD_UNAVAILABLE, f"{kind} is not paid through Stripe")
        return charge_answer(
            lambda: self._page(
                checkout_request(charge, self._customer(charge.payer), keep=keep, back=back),
                f"ask.{charge.key}",
            )
        )

    def ask_for_method(self, key: str, payer: Payer, kind: MethodKind, *, back: str) -> Answer:
        if kind not in (MethodKind.CARD, MethodKind.PREPAID):
            return Declined(DeclineCause.METHOD_UNAVAILABLE, f"{kind} is not kept by Stripe")
        return charge_answer(
            lambda: self._page(
                setup_request(payer, self._customer(payer), back=back), f"method.{key}"
            )
        )

    def _page(self, request: SessionCreateParams, key: str) -> Answer:
        session = self._v1.checkout.sessions.create(request, {"idempotency_key": key})
        if _is_repeated(session) and session.mode == "payment":
            return self.look_up(session.id)
        return Waiting(session.id, session.url or "")

    def _customer(self, payer: Payer) -> str:
        """Stripe's name for the payer. What it is made with never changes, so its key may not clash
        when the payer's name or address does.
        """
        if payer.customer:
            return payer.customer
        key = f"customer.{payer.reference}"
        customer = self._v1.customers.create(
            {"metadata": {"reference": payer.reference}}, {"idempotency_key": key}
        )
        self._v1.customers.update(customer.id, {"email": payer.email, "name": payer.name})
        return customer.id

    def look_up(self, reference: str) -> Answer:
        return lookup_answer(lambda: self._looked_up(reference))

    def _looked_up(self, reference: str) -> Answer:
        if reference.startswith("cs_"):
            return self._session_answer(
                self._v1.checkout.sessions.retrieve(reference, {"expand": OF_SESSION})
            )
        intent = self._v1.payment_intents.retrieve(reference, {"expand": CHARGE_AND_METHOD})
        session = self._session_of(intent)
        return self._session_answer(session) if session else intent_answer(intent)

    def _session_of(self, intent: stripe.PaymentIntent) -> stripe.checkout.Session | None:
        """The page on which an unfinished payment may still be made; None where there is none."""
        unfinished = intent.status not in ("succeeded", "canceled")
        if not unfinished or intent.metadata.to_dict().get("paid_on") != ON_PAGE:
            return None
        found = self._v1.checkout.sessions.list(
            {"payment_intent": intent.id, "expand": [f"data.{each}" for each in OF_SESSION]}
        )
        return found.data[0] if found.data else None

    def _session_answer(self, session: stripe.checkout.Session) -> Answer:
        if session.status == "open":
            return Waiting(session.id, session.url or "")
        if session.status == "expired":
            return Declined(DeclineCause.ABANDONED, "expired")
        intent = session.payment_intent
        if not isinstance(intent, stripe.PaymentIntent):
            return Unreachable(f"Stripe: {session.id} names no payment")
        answer = intent_answer(intent)
        return Waiting(session.id) if isinstance(answer, Waiting) else answer

    def cancel(self, reference: str) -> Answer:
        try:
            return self._cancelled(reference)
        except stripe.InvalidRequestError:
            return self.look_up(reference)  # it is paid, or given up already
        except stripe.StripeError as problem:
            return unreachable_answer(problem)

    def _cancelled(self, reference: str) -> Answer:
        if reference.startswith("cs_"):
            return self._session_answer(self._v1.checkout.sessions.expire(reference))
        intent = self._v1.payment_intents.retrieve(reference)
        session = self._session_of(intent)
        if session is not None:
            return self._session_answer(self._v1.checkout.sessions.expire(session.id))
        return intent_answer(
            self._v1.payment_intents.cancel(reference, {"cancellation_reason": "abandoned"})
        )

    def kept_method(self, reference: str) -> SavedMethod | None:
        try:
            session = self._v1.checkout.sessions.retrieve(
                reference, {"expand": ["setup_intent.payment_method"]}
            )
        except stripe.StripeError as problem:
            log.warning("method-not-read", reference=reference, problem=str(problem))
            return None
        intent = session.setup_intent
        if not isinstance(intent, stripe.SetupIntent) or intent.status != "succeeded":
            return None
        method = intent.payment_method
        return saved_method(method) if isinstance(method, stripe.PaymentMethod) else None

    def forget(self, method: SavedMethod) -> None:
        try:
            self._v1.payment_methods.detach(method.token)
        except stripe.InvalidRequestError:
            log.info("method-forgotten-before", token=method.token)
        except stripe.StripeError as problem:
            log.warning("method-not-forgotten", token=method.token, problem=str(problem))

    def refund(self, key: str, payment: str, amount: Money, reason: str) -> RefundAnswer:
        try:
            refund = self._v1.refunds.create(
                {
                    "payment_intent": payment,
                    "amount": amount.cents,
                    "metadata": {"reason": reason[:500]},
                },
                {"idempotency_key": f"refund.{key}"},
            )
        except stripe.InvalidRequestError as problem:
            return self._refused_refund(payment, problem)
        except stripe.StripeError as problem:
            return unreachable_answer(problem)
        return _refund_answer(refund)

    def _refused_refund(self, payment: str, problem: stripe.InvalidRequestError) -> RefundAnswer:
        """Treat a refund that was already made as a refund; its key may have been forgotten since."""
        if problem.code != "charge_already_refunded":
            return refused_answer(problem)
        try:
            found = self._v1.refunds.list({"payment_intent": payment, "limit": 1})
        except stripe.StripeError as second:
            return unreachable_answer(second)
        return _refund_answer(found.data[0]) if found.data else refused_answer(problem)

    def repayments(self, payment: str) -> tuple[Repaid, ...] | Unreachable:
        try:
            refunds = self._v1.refunds.list({"payment_intent": payment, "limit": 100})
            found = [repaid_by_refund(each) for each in refunds.auto_paging_iter()]
            disputes = self._v1.disputes.list({"payment_intent": payment, "limit": 100})
            found += [repaid_by_dispute(each) for each in disputes.auto_paging_iter()]
        except stripe.StripeError as problem:
            return unreachable_answer(problem)
        moved = [each for each in found if each is not None]
        return tuple(sorted(moved, key=lambda each: (each.happened, each.id)))

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        signature = next((v for k, v in headers.items() if k.lower() == "stripe-signature"), None)
        try:
            json_value(body)  # bounds it, before Stripe's library goes down into it
            event = self._client.construct_event(body, signature, self._webhook_secret)
            read = provider_event(event)
        except stripe.SignatureVerificationError as problem:
            raise Forged(f"Stripe's message: {problem}") from None
        except UNREADABLE_EVENT as problem:
            raise Forged(f"Stripe's message: it is no event: {problem}") from None
        if event.type.startswith("charge.dispute."):
            return self._dispute_event(event, read)
        return read

    def _dispute_event(self, event: stripe.Event, read: ProviderEvent) -> ProviderEvent:
        """Ask how the dispute stands: an early message may have come late."""
        try:
            dispute = self._v1.disputes.retrieve(str(event.data.object.to_dict()["id"]))
        except stripe.StripeError as problem:
            raise ConnectionError(f"Stripe: {type(problem).__name__}") from problem
        kind = (
            dispute_kind(read.kind, dispute.status) if read.kind != EventKind.OTHER else read.kind
        )
        return ProviderEvent(read.id, kind, name_of(dispute.payment_intent), read.ours)

    def transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        # Stripe counts whole seconds, and lists the newest first.
        first, end = math.ceil(since.timestamp()), math.ceil(until.timestamp())
        try:
            lines = self._v1.balance_transactions.list(
                {
                    "created": {"gte": first, "lt": end},
                    "limit": 100,
                    "expand": ["data.source"],
                }
            )
            found = [balance_line(line) for line in lines.auto_paging_iter()]
        except stripe.StripeError as problem:
            raise ConnectionError(f"Stripe: {type(problem).__name__}") from problem
        return reversed(found)


def _is_repeated(resource: stripe.PaymentIntent | stripe.checkout.Session) -> bool:
    """Whether this is the stored answer to a key that Stripe saw before."""
    response = resource.last_response
    return response is not None and "Idempotent-Replayed" in (response.headers or {})


def _refund_answer(refund: stripe.Refund) -> RefundAnswer:
    if refund.status in ("failed", "canceled"):
        detail = refund.failure_reason or refund.status
        return Declined(DeclineCause.METHOD_UNAVAILABLE, detail)
    return Refunded(refund.id)
