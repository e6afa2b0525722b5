"""Each line that is written is marked once, in its own transaction, whichever way it was posted."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import connection, transaction

from connects.bootstrap.journals import journal, post_alone
from connects.journal.marks import Span, spans_of, spans_text
from connects.journal.models import BatchMark
from connects.ledger.commands import Command
from tests.journal.test_contract import NOW, issue, spend
from tests.sent_statements import sent_statements

WALLETS = range(1, 401)


def marked() -> Counter[tuple[int, int]]:
    return Counter(
        (span.wallet, number)
        for mark in BatchMark.objects.all()
        for span in spans_of(mark.spans)
        for number in range(span.first, span.last + 1)
    )


def written() -> Counter[tuple[int, int]]:
    return Counter((entry.wallet, entry.number) for entry, _, _ in journal().every_record())


def post_in_a_transaction(commands: Sequence[Command]) -> None:
    with transaction.atomic():
        journal().post(commands, NOW)


def post_atomically(commands: Sequence[Command]) -> None:
    with transaction.atomic():
        journal().post(commands, NOW, atomic=True)


def post_for_oneself(commands: Sequence[Command]) -> None:
    post_alone(commands, NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("post", [post_in_a_transaction, post_atomically, post_for_oneself])
@pytest.mark.parametrize("size", [1, 3, 400])
def test_every_line_is_marked_once(post: Callable[[Sequence[Command]], None], size: int) -> None:
    wallets = WALLETS[:size]
    journal().open_wallets(WALLETS)
    post([issue(wallet, 10) for wallet in wallets])
    post([spend(wallet, 3, f"spend-{number}") for wallet in wallets for number in (1, 2)])
    # Some are refused, and some repeated.
    post([spend(wallets[0], 90, "too-much"), *(spend(wallet, 3, "spend-1") for wallet in wallets)])

    assert marked() == written()
    assert sum(marked().values()) == 3 * size


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_mark() -> None:
    journal().open_wallets([1])
    with transaction.atomic():
        journal().post_one(issue(1, 10), NOW)
        transaction.set_rollback(True)

    assert not BatchMark.objects.exists()


@pytest.mark.django_db
def test_marking_costs_a_post_no_round_trip_on_postgresql_and_one_statement_on_sqlite() -> None:
    journal().open_wallets([1])
    journal().post_one(issue(1, 10), NOW)
    with sent_statements() as sent:
        journal().post_one(spend(1, 3), NOW)

    marks = [statement for statement in sent if statement.startswith("INSERT INTO journal_mark")]
    assert len(marks) == (1 if connection.vendor == "sqlite" else 0)


def test_a_mark_names_lines_that_follow_each_other_together() -> None:
    entries = [(7, 1), (7, 2), (8, 5), (9, 3), (9, 4)]

    assert spans_of(spans_text(entries)) == [Span(7, 1, 2), Span(8, 5, 5), Span(9, 3, 4)]
    assert spans_of(spans_text([(7, 4)])) == [Span(7, 4, 4)]
