"""An act of a host's program and its line in the audit stand or fall together."""

import pytest

from connects.acts.oversight.audit import note_client_act
from connects.acts.oversight.audited import audited
from connects.market.people.models import Account
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import RefusalCode, Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def note(account: Account) -> None:
    note_client_act("shop", "Olga", "rename", f"account:{account.handle}", NOON, {"id": "u-7"})


def renamed() -> Account:
    account = Account.objects.get()
    account.name = "Other"
    account.save()
    return account


def test_what_is_done_is_noted_with_client_and_person() -> None:
    registered("ana", AccountKind.FREELANCER)

    audited(renamed, note)

    line = StaffAct.objects.get()
    assert (line.role, line.reason, line.user) == ("api-client", "shop: Olga", None)
    assert line.parameters == {"client": "shop", "person": "Olga", "id": "u-7"}


def test_what_is_refused_is_undone_and_leaves_no_line() -> None:
    registered("ana", AccountKind.FREELANCER)

    def refused() -> Refused:
        renamed()
        return Refused(RefusalCode.BUSY)

    assert audited(refused, note) == Refused(RefusalCode.BUSY)
    assert Account.objects.get().name == "Ana"
    assert not StaffAct.objects.exists()


def test_an_act_that_cannot_be_noted_is_undone() -> None:
    registered("ana", AccountKind.FREELANCER)

    def fails(_: Account) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        audited(renamed, fails)
    assert Account.objects.get().name == "Ana"
