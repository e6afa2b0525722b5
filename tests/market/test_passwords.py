"""Passwords are not what guessers try first."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from connects.market.people.models import User
from connects.market.people.passwords import is_well_known
from tests.market.people import PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "sunshine2026!",
        "passwordpassword",
        "P@ssw0rd1234",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "123456789012",
        "111122221111",
        "!!Qwerty12345",
    ],
)
def test_a_well_known_password_made_longer_is_refused(password: str) -> None:
    assert is_well_known(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, "something long enough", "proposal-credits", "tall river maple nine"]
)
def test_a_few_words_are_no_well_known_password(password: str) -> None:
    assert not is_well_known(password)
    validate_password(password, User(email="ana@test.example", name="Ana"))


@pytest.mark.parametrize(
    "password",
    [
        "Bea Example-Larsen",
        "bea example-larsen1",
        "bea.larsen@work.example",
        "Bea.Larsen@Work.example1",
    ],
)
def test_a_password_equal_or_near_to_name_or_e_mail_is_refused(password: str) -> None:
    person = User(email="bea.larsen@work.example", name="Bea Example-Larsen")
    with pytest.raises(ValidationError, match="too similar"):
        validate_password(password, person)


def test_eleven_characters_are_too_few() -> None:
    with pytest.raises(ValidationError, match="at least 12"):
        validate_password("kzu4-ae8-ml")


def test_a_sentence_is_a_password_and_a_page_is_none() -> None:
    sentence = " ".join(f"{number} birds" for number in range(14))[:128]
    assert len(sentence) > 64
    validate_password(sentence)
    with pytest.raises(ValidationError, match="at most 128"):
        validate_password(sentence + "x" * 128)
