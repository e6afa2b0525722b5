"""Where money moves: charges, refunds, disputes, and the lines of the balance that each leaves."""

from typing import Any

import stripe

from tests.servers.stripe.shapes import Resource, filled
from tests.servers.stripe.world import World, invalid

DISPUTE_FEE = 1500
DAYS_UNTIL_AVAILABLE = 2


def charge_fee(amount: int) -> int:
    """What Stripe keeps of a charge, in cents: 2.9 %, rounded, and 30 cents."""
    return (amount * 29 + 500) // 1000 + 30


def line(
    world: World, kind: str, category: str, source: Resource, amount: int, fee: int = 0
) -> Resource:
    """A line of the balance."""
    details = filled(
        stripe.BalanceTransaction.FeeDetail,
        amount=fee,
        currency=source["currency"],
        type="stripe_fee",
    )
    return world.add(
        "txn",
        stripe.BalanceTransaction,
        type=kind,
        reporting_category=category,
        source=source["id"],
        amount=amount,
        fee=fee,
        net=amount - fee,
        fee_details=[details] if fee else [],
        currency=source["currency"],
        available_on=world.now() + DAYS_UNTIL_AVAILABLE * 86400,
        balance_type="payments",
        status="pending",
    )


def add_charge(world: World, intent: Resource, method: Resource, **said: Any) -> Resource:
    """A charge, good or failed, with what it takes from the payment."""
    card = {key: method["card"][key] for key in ("brand", "exp_month", "exp_year", "funding")}
    details = {"type": "card", "card": {**card, "last4": method["card"]["last4"]}}
    charge = world.add(
        "ch",
        stripe.Charge,
        amount=intent["amount"],
        amount_captured=intent["amount"] if said["paid"] else 0,
        amount_refunded=0,
        billing_details=method["billing_details"],
        captured=said["paid"],
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        disputed=False,
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=details,
        refunded=False,
        status="succeeded" if said["paid"] else "failed",
        **said,
    )
    if charge["paid"]:
        moved = line(
            world, "charge", "charge", charge, charge["amount"], charge_fee(charge["amount"])
        )
        charge["balance_transaction"] = moved["id"]
    return charge


def charge_of(world: World, form: dict[str, Any]) -> Resource:
    """The charge that a refund or a dispute is about."""
    if "charge" in form:
        return world.get("charge", form["charge"])
    if "payment_intent" not in form:
        raise invalid("One of the following params should be provided: payment_intent or charge")
    intent = world.get("payment_intent", form["payment_intent"])
    if intent["status"] != "succeeded":
        raise invalid(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund."
        )
    return world.get("charge", intent["latest_charge"])


def create_refund(world: World, form: dict[str, Any]) -> Resource:
    charge = charge_of(world, form)
    left = charge["amount"] - charge["amount_refunded"]
    if charge["disputed"]:
        raise invalid(f"Charge {charge['id']} has been charged back", "charge_disputed")
    if left == 0:
        raise invalid(
            f"Charge {charge['id']} has already been refunded.", "charge_already_refunded"
        )
    amount = form.get("amount", left)
    if not 0 < amount <= left:
        raise invalid(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            parameter="amount",
        )
    refund = world.add(
        "re",
        stripe.Refund,
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=form.get("metadata", {}),
        payment_intent=charge["payment_intent"],
        reason=form.get("reason"),
        status="succeeded",
    )
    refund["balance_transaction"] = line(world, "refund", "refund", refund, -amount)["id"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    world.happened("refund.created", refund)
    world.happened("charge.refunded", charge)
    return refund


def fail_refund(world: World, refund: Resource) -> None:
    """The bank would not take the money back: it is ours again."""
    refund["status"], refund["failure_reason"] = "failed", "expired_or_canceled_card"
    back = line(world, "refund_failure", "refund_failure", refund, refund["amount"])
    refund["failure_balance_transaction"] = back["id"]
    charge = world.get("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    world.happened("refund.updated", refund)
    world.happened("refund.failed", refund)


def open_dispute(
    world: World, charge: Resource, *, inquiry: bool, amount: int | None = None
) -> Resource:
    """The payer's bank asks (an inquiry), or takes the money back: all of it, or an `amount`."""
    taken = charge["amount"] if amount is None else amount
    dispute = world.add(
        "dp",
        stripe.Dispute,
        amount=taken,
        balance_transactions=[],
        charge=charge["id"],
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence=filled(
            stripe.Dispute.Evidence,
            enhanced_evidence=filled(stripe.Dispute.Evidence.EnhancedEvidence),
        ),
        evidence_details=filled(
            stripe.Dispute.EvidenceDetails,
            enhanced_eligibility=filled(stripe.Dispute.EvidenceDetails.EnhancedEligibility),
            has_evidence=False,
            past_due=False,
            submission_count=0,
            submission_method="not_submitted",
        ),
        is_charge_refundable=inquiry,
        metadata={},
        payment_intent=charge["payment_intent"],
        reason="fraudulent",
        status="warning_needs_response" if inquiry else "needs_response",
    )
    charge["disputed"] = True
    if not inquiry:
        moved = line(world, "adjustment", "dispute", dispute, -taken, DISPUTE_FEE)
        dispute["balance_transactions"].append(moved)
    world.happened("charge.dispute.created", dispute)
    if not inquiry:
        world.happened("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(world: World, dispute: Resource, *, won: bool) -> None:
    inquiry = dispute["status"].startswith("warning")
    if inquiry:
        dispute["status"] = "warning_closed"
    else:
        dispute["status"] = "won" if won else "lost"
    if won and not inquiry:
        back = line(world, "adjustment", "dispute_reversal", dispute, dispute["amount"])
        dispute["balance_transactions"].append(back)
    world.happened("charge.dispute.closed", dispute)
    if won and not inquiry:
        world.happened("charge.dispute.funds_reinstated", dispute)
