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
    for act in ("rotate", "replay", "deliveries", "remove", "test"):
        code, said = run(act, "none")
        assert (code, "There is no endpoint none" in said) == (1, True)
