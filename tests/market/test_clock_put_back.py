"""A clock that was put back to before an account's registration leaves it its rules."""

from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.purchases import buy as purchases
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.members.selectors import rule_book_of
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def test_who_registered_in_the_future_buys_and_reads_under_the_first_rules() -> None:
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER)
    client = Client()
    client.force_login(
        ana.memberships.get().user, backend="django.contrib.auth.backends.ModelBackend"
    )

    with held_at(NOON - timedelta(days=40)):
        bought = purchases.order(ana, 10, "first")
        pages = [client.get(page).status_code for page in ("/membership/", "/membership/buy/10/")]
        book = rule_book_of(ana, NOON - timedelta(days=40))

    assert isinstance(bought, Purchase)
    assert pages == [200, 200]
    assert book == rule_book_of(ana, NOON)
    assert not any(proof.breaches for proof in verify(journal()))
