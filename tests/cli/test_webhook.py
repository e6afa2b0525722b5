"""`connects webhook` makes endpoints, and says what came of deliveries."""

import pytest
from click.testing import CliRunner

from connects.cli.commands import webhook
from connects.market.events.models import WebhookEndpoint

pytestmark = pytest.mark.django_db

URL = "https://93.184.216.34/hooks"


def run(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(webhook.webhook, arguments, catch_exceptions=False)
    return answer.exit_code, answer.output


def test_an_endpoint_is_made_listed_rotated_and_removed() -> None:
    code, secret = run("put", "shop", URL, "--types", "wallet.entry")
    assert (code, secret[:6]) == (0, "whsec_")
    assert WebhookEndpoint.objects.get().types == ["wallet.entry"]
    assert URL in run("list")[1]
    assert run("rotate", "shop")[1] != secret
    assert run("replay", "shop")[0] == 0
    assert run("deliveries", "shop") == (0, "")
    assert run("remove", "shop") == (0, "shop is removed.\n")
    assert not WebhookEndpoint.objects.exists()


def test_what_cannot_be_done_ends_with_one_and_says_why() -> None:
    code, said = run("put", "shop", "https://10.0.0.1/hooks")
    assert (code, "enter a public address" in said) == (1, True)
    for name, url, words in (
        ("shop", "notaurl", "enter a whole address"),
        ("a/b", URL, "use 1 to 100 of"),
    ):
        code, said = run("put", name, url)
        assert (code, words in said) == (1, True), said
    for act in ("rotate", "replay", "deliveries", "remove", "test"):
        code, said = run(act, "none")
        assert (code, "There is no endpoint none" in said) == (1, True)


def test_a_test_that_arrives_nowhere_says_why_in_words() -> None:
    run("put", "shop", "https://hooks.shop.example/")

    code, said = run("test", "shop")
    assert (code, said.startswith("hooks.shop.example cannot be found: ")) == (1, True), said
    assert "cannot be found" in run("deliveries", "shop")[1]
