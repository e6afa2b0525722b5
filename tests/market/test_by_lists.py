"""Queries by lists find the same whichever way they go to the database."""

import pytest
from django.db import transaction

from connects.bootstrap.clock import held_at
from connects.market.by_lists import ByLists, paired
from connects.market.jobs import prices
from connects.market.members import selectors
from connects.market.people import holders
from connects.market.people.models import Account
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, posted, registered

WITH_PERCENT = ByLists(
    lambda names: Account.objects.filter(handle__in=names, name="50 % of Ana's").values_list(
        "handle", "name", "suspended"
    ),
    str,
)


@pytest.mark.django_db(transaction=True)
def test_what_is_found_within_a_transaction_is_found_outside_of_one() -> None:
    with held_at(NOON):
        job = posted(registered("acme", AccountKind.CLIENT))
        ana = registered("ana", AccountKind.FREELANCER)
    Account.objects.filter(pk=ana.pk).update(name="50 % of Ana's", suspended=NOON)
    digest = job.prices.get().digest
    asked = (
        (WITH_PERCENT, ["ana", "acme", "O'Hara"]),
        (holders._CALLED, ["ana", "none", "acme"]),
        (selectors._TERMS, [ana.pk]),
        (prices._PRICES, [digest], [job.pk]),
    )

    outside = [query.rows(*lists) for query, *lists in asked]
    with transaction.atomic():
        within = [query.rows(*lists) for query, *lists in asked]

    assert outside == within
    assert outside[0] == [("ana", "50 % of Ana's", NOON)]
    assert [len(rows) for rows in outside] == [1, 2, 1, 1]
    kinds = [[list(map(type, row)) for row in rows] for rows in outside]
    assert kinds == [[list(map(type, row)) for row in rows] for rows in within]


@pytest.mark.django_db
def test_pairs_find_the_rows_that_agree_in_both_columns() -> None:
    ana, ben = (registered(name, AccountKind.FREELANCER) for name in ("ana", "ben"))
    Account.objects.update(name='50 % of "Ben"')
    by_pairs = ByLists(
        lambda pairs: paired(Account.objects.all(), "id", "name", pairs).values_list("id"),
        (int, str),
    )

    found = [(ana.pk, '50 % of "Ben"'), (ana.pk, "ana"), (ben.pk, "ben")]

    assert by_pairs.rows(found) == [(ana.pk,)]
    assert by_pairs.rows([*found, (ben.pk, '50 % of "Ben"')]) == [(ana.pk,), (ben.pk,)]
    assert by_pairs.rows([]) == []
