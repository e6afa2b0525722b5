"""The database refuses to change or delete the audit of staff, and invoices that were issued."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from connects.acts.oversight.audit import note_act
from connects.acts.purchases import buy as purchases
from connects.market.invoices.models import Document
from connects.market.people.models import User
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[StaffAct, Document])
def rows(request: pytest.FixtureRequest) -> Any:
    """The one row of a table whose rows are final."""
    note_act(None, "test", "nothing", "for the test", NOON)
    purchases.order(registered("ana", AccountKind.FREELANCER), 10, "first")
    return request.param.objects


def refused(change: Any) -> bool:
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        change()
    return True


def test_no_row_is_changed_or_deleted(rows: Any) -> None:
    before = list(rows.values())
    assert len(before) == 1
    # Past Django, as somebody with the database's password would.
    table = rows.model._meta.db_table
    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute(f"UPDATE {table} SET id = id + 1"))
        assert refused(lambda: cursor.execute(f"DELETE FROM {table}"))
    assert refused(lambda: rows.all().delete())
    assert list(rows.values()) == before


def test_the_tables_are_not_emptied_at_once_either(rows: Any) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with connection.cursor() as cursor:
        table = rows.model._meta.db_table
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for them forbids TRUNCATE, too
        assert refused(lambda: cursor.execute(f"TRUNCATE {table} CASCADE"))


def test_a_person_with_lines_in_the_audit_stays(rows: Any) -> None:
    olga = User.objects.create_user("olga@test.example", "Olga", None)
    note_act(olga, "test", "nothing", "", NOON)
    with pytest.raises(Exception, match="protected"):
        olga.delete()
