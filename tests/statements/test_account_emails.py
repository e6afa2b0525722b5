"""E-mails about somebody's access: what happened, when and from where, and what to do."""

import pytest

from connects.statements.account_emails import (
    SECRET_LINKS,
    AccountEmailKind,
    account_email_text,
)

KIND = AccountEmailKind
WHERE = {"when": "on 24 November 2026, 12:00 UTC", "address": "203.0.113.7"}


def told(kind: AccountEmailKind, **parameters: object) -> str:
    return " ".join(account_email_text(kind.value, parameters).lines)


@pytest.mark.parametrize("kind", KIND)
def test_every_kind_has_words_even_where_nothing_more_is_known(kind: AccountEmailKind) -> None:
    text = account_email_text(kind.value, {})

    assert 0 < len(text.subject) <= 60
    assert all(line.endswith(".") for line in text.lines)
    assert "None" not in " ".join(text.lines)


def test_a_kind_that_is_not_known_is_a_bug() -> None:
    with pytest.raises(ValueError, match="unheard-of"):
        account_email_text("unheard-of", {})


@pytest.mark.parametrize("kind", SECRET_LINKS)
def test_a_secret_link_says_what_it_is_for_and_how_long_it_works(kind: AccountEmailKind) -> None:
    text = account_email_text(kind.value, {"email": "ana@example.com"})

    assert text.link_words
    assert any(word in " ".join(text.lines) for word in ("days", "hours"))


@pytest.mark.parametrize(
    "kind",
    [
        KIND.PASSWORD_CHANGED,
        KIND.SECOND_FACTOR_ON,
        KIND.SECOND_FACTOR_OFF,
        KIND.RECOVERY_CODES,
        KIND.SESSIONS_ENDED,
    ],
)
def test_a_change_of_access_says_when_and_where_and_offers_a_new_password(
    kind: AccountEmailKind,
) -> None:
    text = account_email_text(kind.value, WHERE)

    assert "24 November 2026" in text.lines[0]
    assert "203.0.113.7" in text.lines[0]
    assert "not you" in text.lines[1]
    assert text.link_words


def test_an_address_that_is_not_known_is_not_made_up() -> None:
    words = told(KIND.PASSWORD_CHANGED, when="today")

    assert "today" in words
    assert "from the address" not in words


def test_who_did_not_sign_up_need_do_nothing() -> None:
    assert "ana@example.com" in told(KIND.CONFIRM, email="ana@example.com")
    for kind in (KIND.CONFIRM, KIND.ALREADY_HERE, KIND.RESET):
        assert "nothing to do" in told(kind)


def test_a_new_address_is_told_with_the_old_one_and_without_a_link() -> None:
    text = account_email_text(
        KIND.EMAIL_CHANGED.value, {"to_email": "new@example.com", "from_email": "old@example.com"}
    )

    assert "new@example.com" in text.lines[0]
    assert "old@example.com" in text.lines[0]
    assert text.link_words == "", "the old address can no longer set a password"


def test_a_closed_account_is_told_with_all_that_became_of_it() -> None:
    words = told(KIND.CLOSED, account="Ana", lines=["12 Connects are gone.", "Nothing is owed."])

    assert all(fact in words for fact in ("Ana", "12 Connects", "Nothing is owed"))
    assert told(KIND.CLOSED, account="Ana", lines=None).count(".") == 1
