"""What a host tells of an account overwrites what it told, and says nothing of what it leaves out."""

from datetime import timedelta

import pytest

from connects.acts.accounts.register import Registration, register
from connects.acts.accounts.tell_facts import AccountFacts, ToldRecord, tell_facts
from connects.bootstrap.journals import journal
from connects.market.people.models import Account
from connects.market.people.selectors import accounts_called, has_address
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db


def told(account: Account, facts: AccountFacts) -> Account:
    answer = tell_facts(account, facts, lambda _: None)
    assert isinstance(answer, Account), answer
    return answer


def test_what_is_left_out_stays_as_it_is() -> None:
    acme = registered("acme", AccountKind.CLIENT)
    told(acme, AccountFacts(name="Acme Ltd", country="DE", record=ToldRecord(9, 3, 5)))

    row = told(acme, AccountFacts(payment_verified=True))

    assert (row.name, row.country, row.payment_verified) == ("Acme Ltd", "DE", True)
    assert (row.told_posts_ended, row.told_left_open, row.told_hires) == (9, 3, 5)
    assert row.revision == 3


def test_the_same_facts_make_no_revision() -> None:
    acme = registered("acme", AccountKind.CLIENT)
    told(acme, AccountFacts(name="Acme Ltd"))

    assert told(acme, AccountFacts(name="Acme Ltd")).revision == 2


def test_a_name_that_hides_something_changes_nothing() -> None:
    acme = registered("acme", AccountKind.CLIENT)

    answer = tell_facts(acme, AccountFacts(name="a\u202eb", country="DE"), lambda _: None)

    assert isinstance(answer, Refused)
    assert answer.parameters == {"problem": "hidden_characters", "field": "name"}
    acme.refresh_from_db()
    assert (acme.country, acme.revision) == ("", 1)


def test_the_check_sees_the_revision_that_is_there_and_can_stop_the_change() -> None:
    acme = registered("acme", AccountKind.CLIENT)
    told(acme, AccountFacts(name="Acme Ltd"))

    def check(revision: int) -> None:
        raise LookupError(revision)

    with pytest.raises(LookupError, match="2"):
        tell_facts(acme, AccountFacts(name="Other"), check)
    acme.refresh_from_db()
    assert acme.name == "Acme Ltd"


def test_who_comes_without_gifts_begins_with_nothing_and_with_its_own_date() -> None:
    account = register(
        Registration(
            name="Ana",
            kind=AccountKind.FREELANCER,
            external_id="u-7",
            registered=NOON - timedelta(days=900),
            with_gifts=False,
        )
    )
    assert isinstance(account, Account)

    wallet = journal().wallet(account.pk)

    assert (wallet.balance, wallet.last_entry) == (0, 0)
    assert account.registered == NOON - timedelta(days=900)


def test_a_hosts_own_id_wins_over_a_name_of_ours() -> None:
    ours = registered("u-7", AccountKind.FREELANCER)
    assert accounts_called(["u-7"]) == {"u-7": ours}

    theirs = register(Registration(name="Ben", kind=AccountKind.FREELANCER, external_id="u-7"))

    assert accounts_called(["u-7", "nobody"]) == {"u-7": theirs}
    assert has_address(ours, "U-7@test.example")
    assert not has_address(ours, "other@test.example")


def test_a_country_that_there_is_not_changes_nothing() -> None:
    acme = registered("acme", AccountKind.CLIENT)

    answer = tell_facts(acme, AccountFacts(name="Acme Ltd", country="ZZ"), lambda _: None)

    assert isinstance(answer, Refused)
    assert answer.parameters == {"problem": "not_a_country", "field": "country"}
    acme.refresh_from_db()
    assert (acme.name, acme.country) == ("Acme", "")


def test_nobody_registers_from_a_country_that_there_is_not() -> None:
    answer = register(Registration(name="Ana", kind=AccountKind.FREELANCER, country="ZZ"))

    assert isinstance(answer, Refused)
    assert answer.parameters == {"problem": "not_a_country", "field": "country"}
