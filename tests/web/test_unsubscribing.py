"""The link in an e-mail stops e-mails of its group, without signing in, and nothing else."""

import pytest
from django.test import Client
from django.urls import reverse

from connects.acts.notices.choose_emails import preferences_of
from connects.bootstrap.clock import held_at
from connects.market.notices.unsubscribe_links import unsubscribe_token
from connects.market.people.models import User
from connects.statements.notices.groups import GROUPS, How
from connects.vocabulary.parties import AccountKind
from tests.market.people import NOON, registered

pytestmark = pytest.mark.django_db
GROUP = {group.name: group for group in GROUPS}


@pytest.fixture
def ana() -> User:
    with held_at(NOON):
        return User.objects.get(memberships__account=registered("ana", AccountKind.FREELANCER))


def link(user: User, group: str) -> str:
    return reverse("unsubscribe", args=[unsubscribe_token(user.pk, GROUP[group])])


def test_the_link_asks_a_person_and_obeys_a_mail_program_at_once(ana: User) -> None:
    guest = Client(enforce_csrf_checks=True)
    asked = guest.get(link(ana, "work")).content.decode()
    assert "Stop these e-mails?" in asked
    assert preferences_of([ana.pk]) == {}

    stopped = guest.post(link(ana, "work"), {"List-Unsubscribe": "One-Click"})
    assert "We no longer e-mail you about “Proposals, invitations" in stopped.content.decode()
    assert preferences_of([ana.pk]) == {(ana.pk, "work"): How.NEVER}


def test_a_link_that_we_did_not_write_does_nothing(ana: User) -> None:
    for token in ("x", f"{link(ana, 'work').rsplit('/', 2)[1]}x", "y" * 900):
        answer = Client().post(reverse("unsubscribe", args=[token]))
        assert answer.status_code == 409
        assert b"Nothing has happened" in answer.content
    assert Client().post(link(ana, "rules")).status_code == 409  # those cannot be switched off
    assert preferences_of([ana.pk]) == {}
