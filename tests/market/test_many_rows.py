"""Rows that are made and saved by the hundred are what Django makes and saves one by one."""

from datetime import timedelta

import pytest
from django.forms import model_to_dict

from connects.market.by_lists import ByLists
from connects.market.many_rows import new_row, read_row, save_new
from connects.market.notices.models import OutboxEvent
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

VALUES = [
    {
        "key": f"k{n} '%s' \\ ü",
        "code": ("received", "it's")[n % 2],
        "parameters": [{"n": n, "text": '"ü\\'}, {}][n % 2],
        "happened": NOON + timedelta(microseconds=n),
        "delivered": None if n % 2 else NOON,
        "unpublished": n == 1,
    }
    for n in range(3)
]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_saved_together_they_are_as_saved_alone(count: int) -> None:
    for each in VALUES[:count]:
        OutboxEvent.objects.create(**each)
    alone = [model_to_dict(row, exclude=["id"]) for row in OutboxEvent.objects.order_by("id")]
    OutboxEvent.objects.all().delete()

    rows = [new_row(OutboxEvent, each) for each in VALUES[:count]]
    save_new(rows)

    found = list(OutboxEvent.objects.order_by("id"))
    assert [model_to_dict(row, exclude=["id"]) for row in found] == alone
    assert found == rows, "each knows its number"


def test_where_conflicts_are_ignored_the_others_are_saved() -> None:
    save_new([new_row(OutboxEvent, VALUES[0])])

    save_new([new_row(OutboxEvent, each) for each in VALUES], ignore_conflicts=True)

    assert OutboxEvent.objects.count() == len(VALUES)


def test_a_row_of_few_columns_reads_the_others_when_they_are_asked_for() -> None:
    stored = OutboxEvent.objects.create(**VALUES[0])
    found = ByLists(
        lambda keys, numbers: (
            OutboxEvent.objects.filter(key__in=keys, pk__in=numbers)
            .exclude(code="100% 'else'")
            .values_list("id", "happened", "unpublished")
        ),
        str,
        int,
    )

    ((number, happened, unpublished),) = found.rows([str(VALUES[0]["key"]), "other"], [stored.pk])

    assert (happened, unpublished) == (NOON, False)
    assert read_row(OutboxEvent, {"id": number}).code == "received"
    assert found.rows([], [stored.pk]) == []
