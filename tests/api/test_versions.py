"""A client stays with the version of its first call, and hears of what is on its way out."""

from datetime import date

import pytest

from connects.api import v1, versions
from connects.api.versions import Deprecation
from connects.market.api_clients.models import ApiClient
from tests.api.calling import problem
from tests.api.hosts import Host

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2026, 12, 1), date(2027, 6, 1)


def test_a_client_keeps_the_version_of_its_first_call(monkeypatch: pytest.MonkeyPatch) -> None:
    host = Host()
    before = host.get("accounts/nobody")
    monkeypatch.setattr("connects.api.server_keys.VERSIONS", (FIRST, SECOND))
    monkeypatch.setattr(versions, "VERSIONS", (FIRST, SECOND))
    later = host.get("accounts/nobody")
    asked = Host(**{"Connects-Version": "2027-06-01"}, secret=secret_of(host)).get("accounts/x")

    assert ApiClient.objects.get().version == FIRST
    assert before.headers["Connects-Version"] == "2026-12-01"
    assert later.headers["Connects-Version"] == "2026-12-01"
    assert asked.headers["Connects-Version"] == "2027-06-01"


def secret_of(host: Host) -> str:
    return str(host.client.defaults["HTTP_AUTHORIZATION"]).removeprefix("Bearer ")


@pytest.mark.parametrize("version", ["", "2026-12-02", "1", "x" * 5_000])
def test_a_version_that_there_is_not_is_refused(version: str) -> None:
    told = problem(Host(**{"Connects-Version": version}).get("accounts/nobody"), 400)

    assert told["code"] == "version_unknown"
    assert "2026-12-01" in told["parameters"]["known"]


def test_an_operation_on_its_way_out_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Deprecation(date(2027, 1, 1), date(2028, 1, 1), "/api/v1/docs")
    for place in (v1, versions):
        monkeypatch.setattr(place, "DEPRECATED", {"get_wallet": out})
    host = Host()
    host.freelancer()

    wallet, account = host.get("accounts/u-7/wallet"), host.get("accounts/u-7")

    assert wallet.status_code == 200
    assert wallet.headers["Deprecation"] == "@1798761600"
    assert wallet.headers["Sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
    assert wallet.headers["Link"] == '</api/v1/docs>; rel="successor-version"'
    assert "Deprecation" not in account.headers
    paths = v1.api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    assert paths["/api/v1/accounts/{id}/wallet"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/api/v1/accounts/{id}"]["get"]


def test_nothing_is_deprecated_for_less_than_a_year() -> None:
    assert all((each.sunset - each.since).days >= 365 for each in versions.DEPRECATED.values())
