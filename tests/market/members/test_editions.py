"""Rule books that were used are kept as they were, whatever becomes of the files."""

from collections.abc import Iterator

import pytest

from connects.bootstrap.clock import held_at
from connects.market.members import editions
from connects.market.members.models import RuleBookEdition
from connects.policy.parse import parse_rule_book
from connects.policy.shelf import shipped, shipped_names, shipped_text
from connects.policy.terms import RuleBook
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, registered
from tests.policy.tables import written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_what_ships() -> Iterator[None]:
    yield
    editions.forget_offers()


def offered(version: int = 1, **changes: object) -> tuple[RuleBook, str]:
    text = written("fair-2026", {"name": "mine", "version": version, **changes})
    book = parse_rule_book(text, "mine.toml")
    editions.offer(book, text)
    return book, text


def test_an_edition_keeps_the_text_and_is_kept_once() -> None:
    first = editions.edition_of(shipped("fair-2026"), NOON)
    again = editions.edition_of(shipped("fair-2026"), NOON)

    assert first == again
    assert first.text == shipped_text("fair-2026")
    assert editions.book_of(first) == shipped("fair-2026")


def test_a_rule_book_of_ones_own_is_kept_with_its_own_text() -> None:
    book, text = offered()

    kept = editions.edition_of(book, NOON)
    editions.forget_offers()

    assert (kept.name, kept.version, kept.text) == ("mine", 1, text)
    assert editions.known_book("mine") == book
    assert editions.known_book("mine@1") == book


@pytest.mark.parametrize(
    "name", ["mine", "mine@1", "fair-2026@99", "", "@", "@1", "mine@x", "mine@" + "9" * 5_000]
)
def test_a_name_that_nobody_knows_is_no_rule_book(name: str) -> None:
    assert editions.known_book(name) is None


@pytest.mark.parametrize("name", shipped_names())
def test_what_ships_is_known_by_name_and_by_label(name: str) -> None:
    assert editions.known_book(name) == shipped(name)
    assert editions.known_book(shipped(name).label) == shipped(name)


def test_a_name_is_its_newest_version_and_a_label_stays_what_it_was() -> None:
    first, _ = offered(1)
    editions.edition_of(first, NOON)
    second, _ = offered(2, title="Better")
    editions.edition_of(second, NOON)
    editions.forget_offers()

    assert editions.known_book("mine") == second
    assert editions.known_book("mine@1") == first
    assert editions.book_by_label("mine@1") == first
    assert editions.book_by_label("mine@2") == second


def test_accounts_can_move_to_what_ships_what_is_offered_and_what_is_in_use() -> None:
    offered()
    editions.edition_of(shipped("upwork-2018@1"), NOON)

    names = editions.known_names()

    assert set(shipped_names()) <= set(names)
    assert {"mine", "upwork-2018@1"} <= set(names)
    assert "upwork-2018@2" not in names, "the newest is known by its name"
    assert list(names) == sorted(names)


def test_a_stored_text_that_was_tampered_with_is_never_taken_for_the_rules() -> None:
    book, text = offered()
    kept = editions.edition_of(book, NOON)
    RuleBookEdition.objects.filter(pk=kept.pk).update(text=text.replace("40", "41"))
    editions.book_by_digest.cache_clear()

    with pytest.raises(AssertionError, match="not the one that was used"):
        editions.book_by_digest(kept.digest)


def test_nobody_moves_into_another_currency() -> None:
    euros, _ = offered(currency="EUR")
    refused = editions.other_currency(shipped("fair-2026"), euros)

    assert isinstance(refused, Refused)
    assert (refused.parameters["before"], refused.parameters["after"]) == ("USD", "EUR")
    assert editions.other_currency(euros, euros) is None


def test_an_account_counts_in_the_currency_that_it_began_in() -> None:
    offered(currency="EUR")
    with held_at(NOON):
        ana = registered("ana", AccountKind.FREELANCER, "mine")
        registered("ben", AccountKind.FREELANCER)

    assert editions.accounts_in_other_currencies("USD") == {ana.pk: "EUR"}
    assert ana.pk not in editions.accounts_in_other_currencies("EUR")
