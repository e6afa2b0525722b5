"""What accounts had before they could keep several ways to pay is theirs afterwards, too."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

NOW = datetime(2026, 5, 4, tzinfo=UTC)
BEFORE = [("purchases", "0002_earnings_and_refunds"), ("plans", "0002_team_roles_and_freezing")]


@pytest.mark.django_db(transaction=True)
def test_methods_and_payments_are_carried_over(request: pytest.FixtureRequest) -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    request.addfinalizer(lambda: MigrationExecutor(connection).migrate(newest))
    people_now = MigrationExecutor(connection).loader.graph.leaf_nodes("people")
    old = _at([*BEFORE, *people_now])
    people = [_account(old, handle) for handle in ("card", "declining", "earner")]
    method = old.get_model("purchases", "PaymentMethod")
    method.objects.create(account=people[0], kind="card", declines=False)
    method.objects.create(account=people[1], kind="card", declines=True)
    method.objects.create(account=people[2], kind="earnings", declines=False)
    _purchase(old, people[0], "card", "paid")
    _purchase(old, people[2], "earnings", "pending")

    new = _at(newest)

    kept = new.get_model("payments", "PaymentMethod").objects.order_by("account__handle")
    assert list(kept.values_list("account__handle", "kind", "provider", "token")) == [
        ("card", "card", "test", "test_accepts"),
        ("declining", "card", "test", "test_declines"),
        ("earner", "earnings", "earnings", ""),
    ]
    paid, pending = new.get_model("purchases", "Purchase").objects.order_by("id")
    assert (paid.received_cents, paid.received_currency, paid.fee_cents) == (150, "USD", 0)
    assert paid.look_again is None
    assert (pending.provider, pending.received_cents, pending.look_again) == ("earnings", 0, NOW)


def _at(state: list[tuple[str, str]]) -> Any:
    executor = MigrationExecutor(connection)
    executor.migrate(state)
    return MigrationExecutor(connection).loader.project_state(state).apps


def _account(apps: Any, handle: str) -> Any:
    return apps.get_model("people", "Account").objects.create(
        handle=handle, name=handle, kind="freelancer", registered=NOW
    )


def _purchase(apps: Any, account: Any, method: str, status: str) -> None:
    apps.get_model("purchases", "Purchase").objects.create(
        public_id=f"p-{account.handle}",
        account=account,
        credits=10,
        price_cents=150,
        currency="USD",
        method=method,
        status=status,
        rule_book="upwork-2019-05@1",
        key="k",
        ordered=NOW,
    )
