"""The secret key is changed while people are signed in, and nobody notices."""

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner

from connects.cli.main import main
from connects.project.secret_keys import earlier_keys, secret_key
from tests.web.accounts.people import ana, is_signed_in, signed_in, with_second_factor

pytestmark = pytest.mark.django_db

OLD, NEW, OTHER = "an old key " * 4, "a new key " * 4, "another key " * 4


def test_a_session_outlives_a_change_of_the_key_while_the_old_one_is_named(settings: Any) -> None:
    ana()
    settings.SECRET_KEY = OLD
    client = signed_in()

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert is_signed_in(client)


def test_a_session_ends_once_its_key_is_named_no_more(settings: Any) -> None:
    ana()
    settings.SECRET_KEY = OLD
    client = signed_in()

    settings.SECRET_KEY = NEW
    assert not is_signed_in(client)


def test_second_factors_are_sealed_anew_and_need_the_old_key_no_more(settings: Any) -> None:
    ana()
    settings.SECRET_KEY = OLD
    secret = with_second_factor(signed_in())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    told = CliRunner().invoke(main, ["rekey"])

    assert told.exit_code == 0, told.output
    assert "2 rows are encrypted with the current key" in told.output  # the app, and recovery codes
    settings.SECRET_KEY_FALLBACKS = []
    app = Authenticator.objects.get(type=Authenticator.Type.TOTP).wrap()
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap()
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert not app.validate_code("000000x")
    assert len(codes.get_unused_codes()) == 10


def test_without_the_key_nothing_is_changed_and_the_command_says_what_to_do(settings: Any) -> None:
    ana()
    settings.SECRET_KEY = OTHER
    with_second_factor(signed_in())
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    settings.SECRET_KEY = NEW

    told = CliRunner().invoke(main, ["rekey"])

    assert told.exit_code == 1
    assert "CONNECTS_SECRET_KEY_FALLBACKS" in told.stderr
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == before


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    made = secret_key({}, tmp_path)

    assert secret_key({}, tmp_path) == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len(made) >= 50
    assert secret_key({"CONNECTS_SECRET_KEY": NEW}, tmp_path) == NEW


@pytest.mark.parametrize(("told", "keys"), [("", []), (" , ", []), ("b, a", ["b", "a"])])
def test_earlier_keys_are_a_list_with_commas(told: str, keys: list[str]) -> None:
    assert earlier_keys({"CONNECTS_SECRET_KEY_FALLBACKS": told}) == keys
