"""Messages about payments may come late, twice, in any order, while the provider is silent or loses its
answers: in the end there are the same rows, lots and books as if each had been heard at once.

`make soak-messages` tries 1,000 orders; here it is some dozens.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction

from connects.acts.money.set_tax import set_tax
from connects.acts.purchases import buy as purchases
from connects.acts.purchases import continue_payments as settlement
from connects.billing.port import MethodKind, SavedMethod
from connects.billing.settings import StripeSettings
from connects.bootstrap import providers
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.books.models import CashMovement
from connects.market.books.reading import standing_by_rows
from connects.market.invoices.models import Document
from connects.market.payments.methods import unsaved_method
from connects.market.people.models import User
from connects.market.purchases.models import Purchase
from connects.market.settlement.models import Repayment, RepaymentState
from connects.vocabulary.parties import AccountKind, Role
from tests.acts.money.test_money_that_moves_elsewhere import assert_books_agree
from tests.acts.money.test_paying_through_stripe import spend
from tests.faults.elsewhere import Elsewhere, let_something_happen
from tests.market.people import registered

ORDERS = int(os.environ.get("MESSAGE_ORDERS", "40"))
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
CARD = SavedMethod(MethodKind.CARD, "pm_1", "cus_1", "Visa ending in 4242")

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Elsewhere]]:
    """The provider of this installation: the last of the list."""
    found: list[Elsewhere] = []
    settings.STRIPE = StripeSettings("sk_test_1", "whsec_1", "http://127.0.0.1:9")
    monkeypatch.setattr(providers, "_stripe", lambda _keys: found[-1])
    with held_at(NOW):
        yield found


class Life:
    """One purchase, and what happens to its money elsewhere: the same for one seed."""

    def __init__(self, there: Elsewhere, seed: int) -> None:
        self.there, self.chance = there, random.Random(seed)
        self.ana = registered("ana", AccountKind.FREELANCER, "fair-2026")
        self.ana.country = "DE"
        self.ana.save()
        finance = User.objects.create_user("fi@test.example", "Fi", "x", Role.FINANCE.value)
        set_tax("DE", "VAT", 19_00, NOW, finance, NOW)
        kept = unsaved_method(CARD, "stripe")
        kept.account, kept.position, kept.added = self.ana, 0, NOW
        kept.save()

    def bought(self) -> str:
        """The provider's name for the payment, whether its answer was heard or not."""
        answer = purchases.order(self.ana, 40, "buy", f"kept-{self.ana.payment_methods.get().pk}")
        assert isinstance(answer, Purchase), answer
        return next(iter(self.there.paid))

    def outcome(self) -> dict[str, Any]:
        """All that must be alike at the end."""
        row = Purchase.objects.get()
        wallet = journal().wallet(self.ana.pk)
        repayments = Repayment.objects.exclude(state=RepaymentState.REFUSED)
        notes = Document.objects.exclude(kind="receipt").values_list("kind", "total_cents")
        return {
            "row": (row.status, row.returned_cents, row.returned_tax_cents, row.care),
            "repayments": Counter(repayments.values_list("provider_id", "cents", "state")),
            "wallet": (wallet.balance, wallet.debt),
            "lots": Counter((lot.kind, lot.credits, lot.cost_cents) for lot in wallet.lots),
            "cash": Counter(CashMovement.objects.values_list("kind", "cents")),
            "notes": Counter(notes),
            "books": {place: units for place, units in standing_by_rows().items() if units},
        }


def lived(there: Elsewhere, seed: int, order: random.Random | None) -> dict[str, Any]:
    """A life, heard at once (`order` is None) or in a random order; what there is in the end."""
    life = Life(there, seed)
    there.loses_answers = order is not None and order.random() < 0.5
    payment = life.bought()
    there.loses_answers = False
    if order is None or order.random() < 0.5:
        heard(there, there.messages)
    # What is used of the lot is used before any money goes back.
    used = life.chance.randrange(40)
    unheard = [message for message in there.messages if not Purchase.objects.get().lot]
    heard(there, unheard)
    spend(life.ana, 40 + used, NOW)
    for _ in range(life.chance.randrange(1, 7)):
        let_something_happen(there, payment, life.chance)
        if order is None:
            heard(there, there.messages)
        else:
            there.is_silent = order.random() < 0.2
            some = order.sample(there.messages, order.randrange(len(there.messages) + 1))
            heard(there, some)
            there.is_silent = False
    last = [*there.messages, *there.messages]
    if order is not None:
        order.shuffle(last)
    heard(there, last)
    assert_books_agree()
    assert [proof for proof in verify(journal()) if proof.breaches] == []
    return life.outcome()


def heard(there: Elsewhere, messages: list[bytes]) -> None:
    """Receive them, in this order; a message that is not taken is sent again later."""
    for body in list(messages):
        try:
            settlement.receive_webhook("stripe", body, {}, NOW)
        except ConnectionError:
            assert there.is_silent


def in_a_life_of_its_own(there: list[Elsewhere], seed: int, order: random.Random | None) -> Any:
    there.append(Elsewhere(begin=NOW))
    with transaction.atomic():
        outcome = lived(there[-1], seed, order)
        transaction.set_rollback(True)
    return outcome


@pytest.mark.parametrize("first", range(0, ORDERS, 10))
def test_any_order_of_messages_ends_alike(there: list[Elsewhere], first: int) -> None:
    for seed in range(first, min(first + 10, ORDERS)):
        at_once = in_a_life_of_its_own(there, seed, None)

        late = in_a_life_of_its_own(there, seed, random.Random(f"order {seed}"))

        assert late == at_once, f"seed {seed}"
