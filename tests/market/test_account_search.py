"""Accounts by the words of their names: what few have is looked up, what many have is not."""

import pytest
from django.db.models import Q

from connects.market.people import search
from connects.market.people.models import Account
from connects.market.people.search import named
from tests.market.people import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts() -> None:
    for number, name in enumerate(("Ana Silva", "Ana Okafor", "Anatole & Söhne", "Bo Silva")):
        Account.objects.create(
            name=name, handle=f"m{number}", kind="client", registered=NOON, country=""
        )


def found(text: str) -> list[str]:
    return sorted(Account.objects.filter(named(text)).values_list("name", flat=True))


@pytest.mark.parametrize("few", [0, 1, 1_000])
def test_the_same_is_found_whether_few_have_it_or_many(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", few)

    assert found("silva") == ["Ana Silva", "Bo Silva"]
    assert found("SILVA ana") == ["Ana Silva"]
    assert found("söhne") == ["Anatole & Söhne"]
    assert found("anat") == ["Anatole & Söhne"]
    assert found("m1") == ["Ana Okafor"]
    assert found("nobody") == []
    assert found("& | ! :*") == []


def test_what_few_have_is_known_by_its_rows() -> None:
    assert "pk__in" in str(named("silva"))
    assert named("&") == Q(handle="&")
