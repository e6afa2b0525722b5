"""Lots end at their instant, and nobody who proposes meanwhile waits for those of all others."""

import pytest
from django.db import connection

from connects.acts.credits.expire_lots import do_due, next_due
from connects.acts.purchases import buy
from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.ledger.entries import EntryKind
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered
from tests.sent_statements import sent_statements
from tests.servers.citus import ON_CITUS


@pytest.mark.django_db(transaction=True)
def test_what_ends_at_one_instant_ends_for_all_without_a_transaction_and_once() -> None:
    with held_at(NOON):
        members = [registered(name, AccountKind.FREELANCER) for name in ("ana", "ben", "cem")]
        for member in members:
            buy.order(member, 20, "bought")
    ends = [journal().wallet(member.pk).lots[-1].expires for member in members]
    until = ends[0]
    assert until is not None
    assert ends == [until] * len(members)

    with sent_statements() as sent:
        do_due(until, until)

    if connection.vendor == "postgresql" and not ON_CITUS:
        assert [each for each in sent if "BEGIN" in each] == []
    assert [journal().wallet(member.pk).balance for member in members] == [0, 0, 0]
    assert next_due(until) is None
    written = journal().count_entries()
    do_due(until, until)
    assert journal().count_entries() == written
    for member in members:
        last = list(journal().records(member.pk))[-1].entry
        assert (last.kind, last.effective) == (EntryKind.EXPIRE, until)
