"""Stop delivering to an endpoint that is gone or has failed for days, and tell the operators."""

from __future__ import annotations

from datetime import datetime

from connects.acts.notices.outbox import put_in_outbox
from connects.acts.notices.send_account_emails import write_account_email
from connects.acts.oversight.audit import note_act
from connects.market.events.models import WebhookEndpoint
from connects.market.people.models import User
from connects.statements.account_emails import AccountEmailKind
from connects.vocabulary.events import Event
from connects.vocabulary.parties import Role


def disable(endpoint: WebhookEndpoint, because: str, now: datetime) -> None:
    """Disable a locked endpoint. What waits for it stays, and is sent once it is enabled again."""
    if endpoint.disabled is not None:
        return
    endpoint.disabled, endpoint.disabled_because = now, because
    endpoint.save(update_fields=["disabled", "disabled_because"])
    note_act(None, "disable-endpoint", f"endpoint:{endpoint.name}"[:80], because, now)
    told = {"endpoint": endpoint.name, "because": because}
    key = f"endpoint-disabled:{endpoint.pk}:{now.isoformat()}"
    put_in_outbox([Event(key, None, "endpoint.disabled", told)], now)
    operators = User.objects.filter(staff_role=Role.OPERATOR, is_active=True).exclude(email="")
    for operator in operators:
        write_account_email(
            AccountEmailKind.ENDPOINT_DISABLED,
            operator.email,
            now,
            user=operator,
            parameters={**told, "url": endpoint.url},
            link="/console/webhooks/",
        )
