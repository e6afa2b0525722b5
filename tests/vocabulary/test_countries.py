import pytest

from connects.vocabulary.countries import (
    countries,
    country_code,
    country_codes,
    country_name,
    is_country,
)


def test_the_list_has_the_249_countries_of_iso_3166_in_the_order_of_their_names() -> None:
    names = list(countries().values())

    assert len(names) == 249
    assert names.index("Austria") < names.index("Côte d’Ivoire") < names.index("Croatia")
    assert names[:2] == ["Afghanistan", "Åland Islands"]


@pytest.mark.parametrize(
    "code", ["ZZ", "EU", "UN", "XK", "XA", "QO", "001", "UK", "Ge", "D", "", "de"]
)
def test_what_is_no_country_s_code_is_none(code: str) -> None:
    assert not is_country(code)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DE", "DE"),
        ("de", "DE"),
        (" Germany ", "DE"),
        ("germany", "DE"),
        ("Cote d'Ivoire", "CI"),
        ("turkiye", "TR"),
        ("Ge", None),
        ("German", None),
        ("ZZ", None),
        ("D3", None),
        ("", None),
        ("\x00", None),
        ("9" * 10_000, None),
    ],
)
def test_a_country_is_read_from_its_code_or_its_name(typed: str, code: str | None) -> None:
    assert country_code(typed) == code


def test_a_list_of_countries_may_mix_codes_and_names() -> None:
    assert country_codes("DE, fr; ".replace(";", ",")) == ("DE", "FR")
    assert country_codes("DE FR,United States") == ("DE", "FR", "US")
    assert country_codes("DE, Atlantis") == ("DE", None)


def test_a_code_from_before_there_was_a_list_is_shown_as_it_is() -> None:
    assert country_name("DE") == "Germany"
    assert country_name("ZZ") == "ZZ"
    assert country_name("") == ""
