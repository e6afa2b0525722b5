"""Receipts are numbered without gaps, however many are written at once and whoever dies meanwhile."""

import os
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from connects.acts.purchases import buy as purchases
from connects.market.invoices.models import Document
from connects.market.people.models import Account
from connects.market.purchases.models import Purchase
from connects.vocabulary.parties import AccountKind
from tests.faults.dying import dies
from tests.market.people import registered

BUYERS, ORDERS = 4, 6

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_numbers_have_no_gaps_though_processes_buy_at_once_and_die(address: str) -> None:
    accounts = [registered(f"b{n}", AccountKind.FREELANCER, "fair-2026") for n in range(BUYERS)]

    def buy_all(account: Account) -> None:
        for order in range(ORDERS):
            answer = purchases.order(account, 10, f"order {order}")
            assert isinstance(answer, Purchase), answer

    # Some die in the middle of a purchase; who is started after them sends the same orders again.
    deaths = (37, 61, 10**6, 10**6)
    for step in deaths:
        connection.close()  # or the processes would share it
        children = [started(partial(buy_all, account), step) for account in accounts]
        assert [os.waitpid(child, 0)[1] for child in children] == [0] * BUYERS

    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert numbers == list(range(1, BUYERS * ORDERS + 1))


def started(act: Callable[[], object], step: int) -> int:
    """A process whose own child does something and dies at that step; its id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            dies(act, step)
            code = 0
        finally:
            os._exit(code)
    return child
