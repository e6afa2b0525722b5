"""A browser of somebody who is signed in."""

from django.test import Client

from connects.market.people.models import Account, User


def browser(account: Account) -> Client:
    """A browser of the person whom a test's account is named after."""
    client = Client()
    user = User.objects.get(email=f"{account.handle}@test.example")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
