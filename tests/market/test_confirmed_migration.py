"""People of a database from before addresses were confirmed go on as they are."""

from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from connects.acts.accounts.sign_up import is_confirmed
from connects.market.people.models import User
from tests.market.people import PASSWORD

pytestmark = pytest.mark.django_db
MIGRATION = import_module("connects.market.people.migrations.0005_who_is_here_counts_as_confirmed")


def test_who_is_here_counts_as_confirmed() -> None:
    people = [User.objects.create_user(f"p{n}@test.example", "P", PASSWORD) for n in range(3)]
    EmailAddress.objects.exclude(user=people[0]).delete()
    MIGRATION.confirm_everyone(apps, None)
    MIGRATION.confirm_everyone(apps, None)
    assert EmailAddress.objects.count() == 3
    assert all(is_confirmed(person) for person in people)
