"""PayPal, by its published HTTP API. See `billing.port.PaymentProvider`.

A payer approves an order on PayPal's page; only then can we capture it, which takes the money. So an
order that is never captured costs nothing, and `look_up` is what captures. PayPal forgets keys after
hours, not a day; the order's invoice number, which is the charge's key, then refuses a second payment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import structlog

from connects.billing.paypal_http import Json, PayPalHttp, Refusal
from connects.billing.paypal_messages import question_about, read_message
from connects.billing.paypal_reading import (
    ABANDONED,
    CAUSES,
    amount_document,
    balance_line,
    capture_answer,
    dispute_kind,
    is_about,
    is_given_up,
    order_answer,
    provider_event,
    refunds_of,
    repaid_by_dispute,
    repaid_by_refund,
    saved_account,
)
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
    RepaymentKind,
    SavedMethod,
    Unreachable,
    Waiting,
)
from connects.billing.settings import PayPalSettings
from connects.vocabulary.amounts import Money

log = structlog.get_logger()

ORDERS, CAPTURES = "/v2/checkout/orders", "/v2/payments/captures"
DISPUTES = "/v1/customer/disputes"
LONGEST_REPORT = timedelta(days=31)


VERIFY_SECONDS_MOST = 5.0
"""How many unverified messages are checked at a time: anyone can send one, and each costs a request."""


class PayPalGateway:
    """PayPal, at the address and with the client of the settings."""

    name = "paypal"

    def __init__(self, settings: PayPalSettings, *, timeout_seconds: float = 20) -> None:
        self._webhook = settings.webhook
        self._api = PayPalHttp(settings, timeout_seconds)

    def close(self) -> None:
        """Close the connections to PayPal, for good."""
        self._api.close()

    def charge(self, charge: Charge, method: SavedMethod, *, present: bool, back: str) -> Answer:
        account: Json = {"vault_id": method.token}
        if present:
            account["experience_context"] = _way_back(back)
        return self._ordered(charge, account, f"charge.{charge.key}")

    def ask(self, charge: Charge, kind: MethodKind, *, keep: bool, back: str) -> Answer:
        if kind is not MethodKind.PAYPAL:
            return Declined(DeclineCause.METHOD_UNAVAILABLE, f"{kind} is not paid through PayPal")
        account: Json = {"experience_context": _way_back(back) | {"user_action": "PAY_NOW"}}
        if keep:
            account["attributes"] = {
                "vault": {"store_in_vault": "ON_SUCCESS", "usage_type": "MERCHANT"}
            }
        return self._ordered(charge, account, f"ask.{charge.key}")

    def _ordered(self, charge: Charge, account: Json, key: str) -> Answer:
        unit = {
            "amount": amount_document(charge.amount),
            "description": charge.description[:127],
            "custom_id": charge.reference,
            "invoice_id": charge.key,
        }
        order = {
            "intent": "CAPTURE",
            "purchase_units": [unit],
            "payment_source": {"paypal": account},
        }
        try:
            return self._order_answer(self._api.post(ORDERS, order, key))
        except Refusal as refusal:
            return _refused(refusal)
        except ConnectionError as problem:
            return Unreachable(str(problem))

    def look_up(self, reference: str) -> Answer:
        try:
            return self._looked_up(reference, capture=True)
        except Refusal as refusal:
            return Unreachable(f"PayPal: {refusal}")
        except ConnectionError as problem:
            return Unreachable(str(problem))

    def _looked_up(self, reference: str, *, capture: bool) -> Answer:
        """By the name of an order, or by that of a capture, which leads to its order."""
        order = self._found(f"{ORDERS}/{reference}")
        if order is not None:
            return self._order_answer(order) if capture else order_answer(order)
        found = self._found(f"{CAPTURES}/{reference}")
        if found is None:  # orders that nobody approves are gone after some hours
            return Declined(DeclineCause.ABANDONED, "RESOURCE_NOT_FOUND")
        related = found.get("supplementary_data", {}).get("related_ids", {}).get("order_id", "")
        order = self._found(f"{ORDERS}/{related}") if related else None
        return order_answer(order) if order else capture_answer(found)

    def _found(self, path: str) -> Json | None:
        try:
            return self._api.get(path)
        except Refusal as refusal:
            if refusal.status == 404:
                return None
            raise

    def _order_answer(self, order: Json) -> Answer:
        """What the order says, once its money is taken where that is what is left to do."""
        if order["status"] != "APPROVED" or is_given_up(order):
            return order_answer(order)
        path = f"{ORDERS}/{order['id']}"
        try:
            return order_answer(self._api.post(f"{path}/capture", {}, f"capture.{order['id']}"))
        except Refusal as refusal:
            if refusal.issue == "ORDER_ALREADY_CAPTURED":
                return order_answer(self._api.get(path))
            if refusal.issue == "ORDER_NOT_APPROVED":
                return Waiting(order["id"])
            return _refused(refusal)

    def cancel(self, reference: str) -> Answer:
        try:
            answer = self._looked_up(reference, capture=False)
            if isinstance(answer, Waiting):
                return self._given_up(answer)
        except Refusal as refusal:
            return Unreachable(f"PayPal: {refusal}")
        except ConnectionError as problem:
            return Unreachable(str(problem))
        return answer

    def _given_up(self, waiting: Waiting) -> Answer:
        """Write on the order that it is given up, so that it is never captured.

        Where PayPal does not let us, it is not certain: the answer is that it still waits.
        """
        path = "/purchase_units/@reference_id=='default'/custom_id"
        change = [{"op": "replace", "path": path, "value": ABANDONED}]
        try:
            self._api.call("PATCH", f"{ORDERS}/{waiting.reference}", body=change)
        except Refusal as refusal:
            log.warning("order-not-given-up", order=waiting.reference, issue=refusal.issue)
        return self._looked_up(waiting.reference, capture=False)

    def ask_for_method(self, key: str, payer: Payer, kind: MethodKind, *, back: str) -> Answer:  # noqa: ARG002
        if kind is not MethodKind.PAYPAL:
            return Declined(DeclineCause.METHOD_UNAVAILABLE, f"{kind} is not kept by PayPal")
        account = {"usage_type": "MERCHANT", "experience_context": _way_back(back)}
        request = {"payment_source": {"paypal": account}}
        try:
            token = self._api.post("/v3/vault/setup-tokens", request, f"method.{key}")
        except Refusal as refusal:
            return _refused(refusal)
        except ConnectionError as problem:
            return Unreachable(str(problem))
        links = {each["rel"]: each["href"] for each in token.get("links", [])}
        return Waiting(token["id"], links.get("approve", ""))

    def kept_method(self, reference: str) -> SavedMethod | None:
        try:
            asked = self._api.get(f"/v3/vault/setup-tokens/{reference}")
            if asked["status"] not in ("APPROVED", "VAULTED"):
                return None
            request = {"payment_source": {"token": {"id": reference, "type": "SETUP_TOKEN"}}}
            kept = self._api.post("/v3/vault/payment-tokens", request, f"keep.{reference}")
        except (Refusal, ConnectionError) as problem:
            log.warning("method-not-read", reference=reference, problem=str(problem))
            return None
        return saved_account(kept, kept["payment_source"]["paypal"])

    def forget(self, method: SavedMethod) -> None:
        try:
            self._api.call("DELETE", f"/v3/vault/payment-tokens/{method.token}")
        except Refusal as refusal:
            log.info("method-forgotten-before", token=method.token, issue=refusal.issue)
        except ConnectionError as problem:
            log.warning("method-not-forgotten", token=method.token, problem=str(problem))

    def refund(self, key: str, payment: str, amount: Money, reason: str) -> RefundAnswer:
        request: Json = {"amount": amount_document(amount)}
        if reason:
            request["note_to_payer"] = reason[:255]
        try:
            refund = self._api.post(f"{CAPTURES}/{payment}/refund", request, f"refund.{key}")
        except Refusal as refusal:
            if refusal.issue == "CAPTURE_FULLY_REFUNDED":
                return self._refunded_before(payment)
            return _refused(refusal)
        except ConnectionError as problem:
            return Unreachable(str(problem))
        if refund["status"] in ("FAILED", "CANCELLED"):
            return Declined(DeclineCause.METHOD_UNAVAILABLE, refund["status"])
        return Refunded(refund["id"])

    def _refunded_before(self, payment: str) -> RefundAnswer:
        """By a refund under a key that PayPal has forgotten, or by staff there."""
        made = self.repayments(payment)
        if isinstance(made, Unreachable):
            return made
        ids = [each.id for each in made if each.kind is RepaymentKind.REFUND and each.stands]
        return Refunded(ids[-1] if ids else payment)

    def repayments(self, payment: str) -> tuple[Repaid, ...] | Unreachable:
        try:
            found = [*self._refunds_of(payment), *self._disputes_of(payment)]
        except Refusal as refusal:
            return Unreachable(f"PayPal: {refusal}")
        except ConnectionError as problem:
            return Unreachable(str(problem))
        return tuple(sorted(found, key=lambda each: (each.happened, each.id)))

    def _refunds_of(self, payment: str) -> list[Repaid]:
        """What the order says was given back. Raises `Refusal` where PayPal does not keep it any more."""
        capture = self._api.get(f"{CAPTURES}/{payment}")
        name = capture.get("supplementary_data", {}).get("related_ids", {}).get("order_id", "")
        order = self._found(f"{ORDERS}/{name}")
        if order is None and capture["status"] != "COMPLETED":
            raise Refusal(404, "the order is gone, and its refunds with it")
        made = refunds_of(order or {})
        return [repaid_by_refund(each) for each in made if is_about(each, payment)]

    def _disputes_of(self, payment: str) -> list[Repaid]:
        said = self._api.get(DISPUTES, disputed_transaction_id=payment, page_size=50)
        names = [each["dispute_id"] for each in said.get("items", [])]
        return [repaid_by_dispute(self._api.get(f"{DISPUTES}/{name}")) for name in names]

    def read_event(self, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        message = read_message(body)
        question = question_about(body, headers, self._webhook)
        try:
            read = provider_event(message)
            dispute = str(message.get("resource", {}).get("dispute_id") or "")
        except UNREADABLE_EVENT as problem:
            raise Forged(f"PayPal's message: it is no event: {problem}") from None
        if not self._is_signed(question):
            raise Forged("PayPal's message: PayPal does not know its signature")
        return self._dispute_event(read, dispute) if dispute else read

    def _is_signed(self, question: bytes) -> bool:
        try:
            verdict = self._api.post(
                "/v1/notifications/verify-webhook-signature",
                question,
                seconds_most=VERIFY_SECONDS_MOST,
            )
        except Refusal:
            return False
        return bool(verdict.get("verification_status") == "SUCCESS")

    def _dispute_event(self, read: ProviderEvent, name: str) -> ProviderEvent:
        """Ask how the dispute stands: an early message may have come late."""
        if read.kind is EventKind.OTHER:
            return read
        try:
            dispute = self._api.get(f"{DISPUTES}/{name}")
        except Refusal as refusal:
            raise ConnectionError(f"PayPal: {refusal}") from refusal
        return ProviderEvent(read.id, dispute_kind(read.kind, dispute), read.payment, read.ours)

    def transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        while since < until:
            end = min(since + LONGEST_REPORT, until)
            lines = [line for line in self._report(since, end) if since <= line.happened < end]
            yield from sorted(lines, key=lambda line: line.happened)
            since = end

    def _report(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        page, pages = 1, 1
        while page <= pages:
            try:
                said = self._api.get(
                    "/v1/reporting/transactions",
                    start_date=since.astimezone(UTC).isoformat(timespec="milliseconds"),
                    end_date=until.astimezone(UTC).isoformat(timespec="milliseconds"),
                    fields="transaction_info",
                    balance_affecting_records_only="Y",
                    page_size=500,
                    page=page,
                )
            except Refusal as refusal:
                raise ConnectionError(f"PayPal: {refusal}") from refusal
            for each in said.get("transaction_details", []):
                yield balance_line(each["transaction_info"])
            page, pages = page + 1, int(said.get("total_pages", 1))


def _way_back(back: str) -> Json:
    return {"return_url": back, "cancel_url": back, "shipping_preference": "NO_SHIPPING"}


def _refused(refusal: Refusal) -> Declined | Unreachable:
    """A refusal of a charge. Whether the invoice was paid before is not for this response to say."""
    if refusal.issue in ("DUPLICATE_INVOICE_ID", "DUPLICATE_REQUEST_ID"):
        log.error("paypal-asked-twice", issue=refusal.issue)
        return Unreachable(f"PayPal: {refusal}; look for it there by its invoice number")
    cause = CAUSES.get(refusal.issue)
    if cause is None:
        log.error("paypal-refused", status=refusal.status, issue=refusal.issue)
    return Declined(cause or DeclineCause.METHOD_UNAVAILABLE, refusal.issue)
