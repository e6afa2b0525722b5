"""Purchases that a host was paid for at its own till: reported once, and reversed once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from connects.acts.oversight.audited import audited, audited_once
from connects.acts.purchases.record_external import ExternalPurchase, record_external
from connects.acts.purchases.reverse_external import reverse_external
from connects.api.callers import Stopped
from connects.api.documents import WalletDocument, present_wallet
from connects.api.named import HostId, Named, checked_id, holder_named, id_of, unknown
from connects.api.outcomes import (
    Answer,
    Outcome,
    answered,
    digests_of,
    done,
    key_of,
    require_same,
    turn_of,
)
from connects.api.patterns import VISIBLE_ASCII
from connects.api.problems import HOST_ANSWERS, invalid
from connects.api.server_keys import HostCall, ServerKey
from connects.market.api_clients.models import Scope
from connects.market.members.selectors import party_of
from connects.market.payments.models import PaymentStatus
from connects.market.purchases.models import Purchase
from connects.market.purchases.selectors import purchase_called
from connects.vocabulary.amounts import Money
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import RefusalCode, Refused

router = Router(tags=["purchases"], auth=ServerKey(Scope.PURCHASE))

Credits = Annotated[int, Field(strict=True, ge=1, le=10**6)]


class PaidElsewhere(Schema):
    model_config = ConfigDict(extra="forbid")

    provider: Literal["external"] = "external"
    reference: Annotated[str, Field(min_length=1, max_length=120, pattern=VISIBLE_ASCII)]
    cents: Annotated[int, Field(strict=True, ge=1, le=10**12)]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]


class PurchaseBody(Schema):
    """What was bought: a `bundle` of the account's rule book, or any number of `credits`."""

    model_config = ConfigDict(extra="forbid")

    account: Named
    bundle: Credits | None = None
    credits: Credits | None = None
    paid: PaidElsewhere


class PurchaseDocument(Schema):
    id: str
    account: str
    credits: int
    cents: int
    currency: str
    status: PaymentStatus
    lot: int | None
    wallet: WalletDocument


@router.put(
    "/purchases/{id}",
    response={200: PurchaseDocument, 201: PurchaseDocument, **HOST_ANSWERS},
    operation_id="put_purchase",
    summary="Report Connects that were paid for at your own till, once",
)
def put_purchase(
    request: HostCall,
    response: HttpResponse,
    id: HostId,  # noqa: A002
    body: PurchaseBody,
) -> Answer:
    """Issue what was paid for. The id is the idempotency key, for ever."""
    return answered(response, purchase_put(request, id, body))


@router.post(
    "/purchases",
    response={200: PurchaseDocument, 201: PurchaseDocument, **HOST_ANSWERS},
    operation_id="post_purchase",
    summary="The same, named by the header `Idempotency-Key`",
)
def post_purchase(request: HostCall, response: HttpResponse, body: PurchaseBody) -> Answer:
    """For libraries that know the header alone."""
    return answered(response, purchase_put(request, key_of(request), body))


def purchase_put(request: HostCall, name: str, body: PurchaseBody) -> Outcome:
    """What becomes of one purchase that a host reports."""
    checked_id(name)
    digests = digests_of(body.model_dump(mode="json", exclude_defaults=True))
    earlier = purchase_called(name)
    if earlier is not None:
        return _again(request, earlier, digests)
    account = holder_named(body.account, "account")
    bundle, credits = body.bundle, body.credits
    if (bundle is None) == (credits is None):
        raise Stopped(422, invalid([{"field": "credits", "problem": Problem.CREDITS_OR_BUNDLE}]))
    party = party_of(account, request.auth.now)
    if bundle is not None and party.book.bundles.price_of(bundle, party.kind) is None:
        raise Stopped.by(Refused(RefusalCode.BUNDLE_UNKNOWN, {"credits": bundle}))
    bought = ExternalPurchase(
        external_id=name,
        credits=bundle or credits or 0,
        paid=Money(body.paid.cents, body.paid.currency),
        reference=body.paid.reference,
        sent_fields=digests,
    )

    def note(row: Purchase) -> None:
        request.auth.note("record-purchase", row.reference, id=name, credits=row.credits)

    answer = audited(lambda: record_external(account, bought), note)
    if isinstance(answer, Refused):
        faster = purchase_called(name)
        if faster is not None:
            return _again(request, faster, digests)
        raise Stopped.by(answer)
    return Outcome(201, _document(answer, request.auth.now))


def _again(request: HostCall, row: Purchase, digests: dict[str, str]) -> Outcome:
    require_same(row.sent_fields, digests)
    return Outcome(200, _document(row, request.auth.now), replayed=True)


@router.get(
    "/purchases/{id}",
    response={200: PurchaseDocument, **HOST_ANSWERS},
    operation_id="get_purchase",
    summary="A purchase that you reported",
)
def get_purchase(request: HostCall, id: HostId) -> dict[str, Any]:  # noqa: A002
    """A purchase as it stands."""
    return _document(_purchase(id), request.auth.now)


@router.post(
    "/purchases/{id}/reverse",
    response={200: PurchaseDocument, **HOST_ANSWERS},
    operation_id="reverse_purchase",
    summary="Say that the money of a purchase went back",
)
def reverse_purchase(request: HostCall, response: HttpResponse, id: HostId) -> Answer:  # noqa: A002
    """Take the lot back; what was spent of it becomes debt. Twice is once."""

    def found() -> Outcome | None:
        row = _purchase(id)
        if row.status != PaymentStatus.REFUNDED:
            return None
        return Outcome(200, _document(row, request.auth.now), replayed=True)

    answer = done(
        audited_once(
            turn_of("purchase", id),
            found,
            lambda: reverse_external(_purchase(id)),
            lambda after: request.auth.note("reverse-purchase", after.reference, id=id),
        )
    )
    if isinstance(answer, Outcome):
        return answered(response, answer)
    return answered(response, Outcome(200, _document(answer, request.auth.now)))


def _purchase(name: str) -> Purchase:
    row: Purchase | None = purchase_called(checked_id(name))
    if row is None:
        raise unknown("purchase", name, None)
    return row


def _document(row: Purchase, now: datetime) -> dict[str, Any]:
    return {
        "id": str(row.external_id),
        "account": id_of(row.account),
        "credits": row.credits,
        "cents": row.price_cents,
        "currency": row.currency,
        "status": row.status,
        "lot": row.lot,
        "wallet": present_wallet(row.account, now),
    }
