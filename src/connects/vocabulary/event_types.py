"""Every type of event that programs hear of: one table, for the publisher, the API and its docs.

A type is told by codes of the outbox: notices that members get, too, or its own name where only programs
hear of it. Programs get no names and no texts, only ids, amounts and instants, so that events can be
kept when a person is erased. Programs rely on these strings, so none ever changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

WALLET_ENTRY = "wallet.entry"
ENDPOINT_TEST = "endpoint.test"


@dataclass(frozen=True, slots=True)
class EventType:
    """`told_by` are codes of the outbox; `passes_on` names parameters as the event's data call them.

    Where the parameters name a proposal, a job or a purchase, the data do, too, by the host's ids.
    `of_proposer`: the event is about the account that proposed, not the one that got the notice.
    """

    when: str
    told_by: tuple[str, ...] = ()
    passes_on: Mapping[str, str] = field(default_factory=dict)
    of_proposer: bool = False


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _of_proposal(when: str, code: str, passes_on: Mapping[str, str] | None = None) -> EventType:
    return EventType(when, (code,), passes_on or {}, of_proposer=True)


_MONEY = {"credits": "connects", "debt": "debt", "payment": "payment"}

EVENT_TYPES: Mapping[str, EventType] = {
    WALLET_ENTRY: EventType("a line is written to a wallet, of whatever kind"),
    "wallet.low": EventType(
        "few Connects are left, and none are bought automatically",
        ("balance-low",),
        _same("balance"),
    ),
    "wallet.expiring": EventType(
        "Connects expire in some days",
        ("connects-expiring",),
        {"credits": "connects", "expires": "expires", "days": "days"},
    ),
    "wallet.not_rolling_over": EventType(
        "Connects will not roll over into the next cycle",
        ("connects-not-rolling-over",),
        {"credits": "connects", "renews": "when"},
    ),
    "proposal.held": _of_proposal(
        "Connects are held for one that is not sent yet",
        "proposal.held",
        {"credits": "connects", "confirm_by": "confirm_by"},
    ),
    "proposal.hold_expired": _of_proposal(
        "what was held is free again, since nobody submitted it",
        "connects-released",
        {"credits": "connects", "why": "why", "expired": "expired"},
    ),
    "proposal.submitted": _of_proposal("a proposal is sent and paid", "proposal-received"),
    "proposal.shortlisted": _of_proposal("its client puts it on the shortlist", "shortlisted"),
    "proposal.offered": _of_proposal("its client offers the job", "offer"),
    "proposal.answered": _of_proposal("the offer is answered", "offer-answered", _same("answer")),
    "proposal.hired": _of_proposal("its freelancer is hired", "hired"),
    "proposal.declined": _of_proposal("its client declines it", "declined"),
    "proposal.returned": _of_proposal(
        "Connects of it come back",
        "connects-returned",
        {"credits": "connects", "cause": "cause", "expired": "expired"},
    ),
    "job.priced": EventType(
        "a job is published, or an edit may have moved its price",
        ("job.priced",),
        _same("connects", "revision", "rule_book"),
    ),
    "job.reminded": EventType(
        "a silent client is reminded", ("post-waiting",), _same("proposals", "closes")
    ),
    "job.ended": EventType("a job is over", ("job.ended",), _same("how", "by")),
    "purchase.paid": EventType(
        "bought Connects are paid and delivered",
        ("purchase.paid",),
        _same("purchase", "credits", "cents", "currency"),
    ),
    "purchase.failed": EventType(
        "a payment is declined or given up", ("purchase.failed",), _same("payment", "cause")
    ),
    "purchase.reversed": EventType(
        "money of a payment goes back, and Connects with it", ("purchase-reversed",), _MONEY
    ),
    "purchase.refund_failed": EventType(
        "a refund comes back, and Connects with it", ("refund-came-back",), _MONEY
    ),
    "purchase.dispute_opened": EventType(
        "a payer's bank takes the money of a payment back",
        ("purchase.dispute_opened",),
        _same("payment", "cents", "currency"),
    ),
    "purchase.dispute_won": EventType(
        "a dispute is won, and Connects come back", ("dispute-won",), _MONEY
    ),
    "checkout_session.expired": EventType(
        "a payment's page closes without being paid: its time was up, or its payer left",
        ("checkout_session.expired",),
        _same("payment"),
    ),
    "membership.started": EventType(
        "a paid plan begins", ("membership.started",), _same("plan", "renews")
    ),
    "membership.renewed": EventType(
        "a paid plan goes on into its next cycle", ("membership.renewed",), _same("plan", "renews")
    ),
    "membership.payment_failed": EventType(
        "a plan's payment fails and is retried", ("membership-payment-failed",), _same("next_try")
    ),
    "membership.ended": EventType(
        "a paid plan ends",
        ("membership-ended", "membership-ended-early", "membership-lapsed"),
    ),
    "top_up.made": EventType(
        "Connects are bought automatically",
        ("topped-up",),
        {"credits": "connects", "balance": "balance"},
    ),
    "top_up.stopped": EventType(
        "an auto top-up is switched off, since nothing could be bought",
        ("top-up-stopped",),
        {"credits": "connects"},
    ),
    "policy_change.announced": EventType(
        "an account is told of its move to another rule book",
        ("policy-change",),
        _same("rule_book", "effective"),
    ),
    "policy_change.effective": EventType(
        "an account lives under another rule book from now on",
        ("policy_change.effective",),
        _same("rule_book", "effective"),
    ),
    "policy_change.cancelled": EventType(
        "a move is called off or rolled back",
        ("policy-change-cancelled",),
        _same("rule_book", "effective"),
    ),
    "rollout.paused": EventType(
        "staff pause a rollout: nobody is told of it or moved by it meanwhile",
        ("rollout.paused",),
        _same("rollout"),
    ),
    "account.suspended": EventType("staff suspend an account", ("suspended",)),
    "account.reinstated": EventType("a suspension ends", ("reinstated",)),
    "account.erased": EventType("what is personal in an account is erased", ("account.erased",)),
    "appeal.decided": EventType("two people decide an appeal", ("appeal-decided",), _same("state")),
    "import.finished": EventType(
        "an import from another ledger is in",
        ("import.finished",),
        _same("import", "accounts", "lots", "credits"),
    ),
    "reconciliation.differs": EventType(
        "a day's money differs between a provider's list and the books",
        ("reconciliation.differs",),
        _same("provider", "day", "differences"),
    ),
    "endpoint.disabled": EventType(
        "deliveries to an endpoint stop",
        ("endpoint.disabled",),
        _same("endpoint", "because"),
    ),
}

TYPE_OF_CODE: Mapping[str, str] = {
    code: name for name, kind in EVENT_TYPES.items() for code in kind.told_by
}
"""The type that a code of the outbox tells."""

FOR_PROGRAMS = frozenset(TYPE_OF_CODE) & frozenset(EVENT_TYPES)
"""Codes that no member hears of."""


def without_words(code: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What of an event's parameters programs still need: nothing that a person wrote, and no name."""
    kept = {*EVENT_TYPES[TYPE_OF_CODE[code]].passes_on.values(), "proposal", "job"}
    return {name: value for name, value in parameters.items() if name in kept}


def passed_on(code: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What programs hear of the outbox's parameters, but for whom and what it is about."""
    names = EVENT_TYPES[TYPE_OF_CODE[code]].passes_on
    return {name: _told(parameters[own]) for name, own in names.items() if own in parameters}


def _told(value: Any) -> Any:
    """The value; an instant as all others are told, with the letter for UTC."""
    is_instant = isinstance(value, str) and value.endswith("+00:00")
    return f"{value.removesuffix('+00:00')}Z" if is_instant else value
