import pytest

from connects.bootstrap.own_address import site_address
from connects.bootstrap.production import is_in_production, takes_test_payments

REAL = [
    {"CONNECTS_HTTPS": "1"},
    {"DATABASE_URL": "postgresql://connects@db/connects"},
    {"CONNECTS_HOSTS": "connects.example"},
    {"CONNECTS_HOSTS": "localhost,10.0.0.7"},
    {"CONNECTS_ADDRESS": "http://connects.example"},
    {"CONNECTS_LISTEN": "0.0.0.0:8000"},
]
OWN = [
    {},
    {"CONNECTS_HTTPS": "0", "DATABASE_URL": "sqlite:///var/x.sqlite3"},
    {"CONNECTS_HOSTS": "127.0.0.1,localhost,[::1]", "CONNECTS_LISTEN": "[::1]:8100"},
]


@pytest.mark.parametrize("environment", REAL, ids=str)
def test_what_others_can_reach_is_in_production(environment: dict[str, str]) -> None:
    assert is_in_production(environment)
    assert not takes_test_payments(environment)
    assert takes_test_payments({**environment, "CONNECTS_TEST_PAYMENTS": "1"})


@pytest.mark.parametrize("environment", OWN, ids=str)
def test_a_site_for_this_machine_alone_is_for_trying_things_out(
    environment: dict[str, str],
) -> None:
    assert not is_in_production(environment)
    assert takes_test_payments(environment)
    assert not takes_test_payments({**environment, "CONNECTS_TEST_PAYMENTS": "0"})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"CONNECTS_LISTEN": "127.0.0.1:8123"}, "http://127.0.0.1:8123"),
        ({"CONNECTS_LISTEN": "0.0.0.0:8123"}, "http://127.0.0.1:8123"),
        ({"CONNECTS_LISTEN": "[::1]:8123"}, "http://[::1]:8123"),
        (
            {"CONNECTS_LISTEN": "127.0.0.1:1", "CONNECTS_ADDRESS": "https://a.example/"},
            "https://a.example",
        ),
    ],
)
def test_links_lead_to_where_the_site_listens_unless_an_address_is_set(
    environment: dict[str, str], expected: str
) -> None:
    assert site_address(environment) == expected


@pytest.mark.parametrize("wrong", ["8000", "host:", "host:0", "host:65536", "host:٣"])
def test_a_wrong_place_to_listen_is_told_in_words(wrong: str) -> None:
    with pytest.raises(ValueError, match="CONNECTS_LISTEN"):
        site_address({"CONNECTS_LISTEN": wrong})


@pytest.mark.parametrize("wrong", ["connects.example", "ftp://connects.example", "http://"])
def test_a_wrong_address_is_told_in_words(wrong: str) -> None:
    with pytest.raises(ValueError, match="CONNECTS_ADDRESS"):
        site_address({"CONNECTS_ADDRESS": wrong})
