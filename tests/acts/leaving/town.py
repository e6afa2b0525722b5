"""What tests about leaving share."""

from django.test import Client

from connects.acts.leaving.close_account import close_account
from connects.bootstrap.journals import journal
from connects.journal.proof.verify import verify
from connects.market.people.models import Account
from tests.market.people import Town


def signed_in(here: Town, account: Account) -> Client:
    client = Client()
    client.force_login(here.user_of(account), backend="django.contrib.auth.backends.ModelBackend")
    return client


def closed(account: Account) -> Account:
    answer = close_account(account, None, "a test")
    assert isinstance(answer, Account), answer
    return answer


def whole() -> bool:
    return [proof.breaches for proof in verify(journal()) if proof.breaches] == []
