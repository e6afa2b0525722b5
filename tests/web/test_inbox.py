"""The inbox: notices about one job stand together, and marking all as read can be undone."""

from datetime import timedelta

import pytest
from django.test import Client

from connects.acts.notices.outbox import deliver_outbox
from connects.acts.proposals import client_acts
from connects.bootstrap.clock import held_at
from connects.market.notices.models import Notice
from connects.statements.checks.undo import undo_in
from tests.market.people import NOON, posted, proposed, town

pytestmark = pytest.mark.django_db


def test_notices_of_a_job_stand_together_and_reading_all_is_undone() -> None:
    with held_at(NOON):
        here = town()
        other = posted(here.client, "Draw a map")
        proposed(other, here.freelancer, "second")
        for act in (client_acts.shortlist, client_acts.decline):
            act(here.proposal, here.client)
            client_acts.message(here.proposal, here.client, "Hello?")
        deliver_outbox(NOON)
    client = Client()
    client.force_login(
        here.user_of(here.freelancer), backend="django.contrib.auth.backends.ModelBackend"
    )
    unread = Notice.objects.filter(account=here.freelancer, read__isnull=True)
    before = unread.count()
    assert before >= 3

    with held_at(NOON + timedelta(hours=1)):
        page = client.get("/notices/").content.decode()
        done = client.post("/notices/", follow=True)
        (said,) = done.context["messages"]
        undo = undo_in(said.extra_tags)

        assert f"{before - 1} earlier notices about this job" in page
        assert page.count('<span class="mark ') == 1
        assert str(said) == f"You marked {before} notices as read."
        assert unread.count() == 0
        assert undo is not None
        client.post(undo.to, dict(undo.fields))
        assert unread.count() == before
        client.post("/notices/", {"unread": "yesterday"})  # no instant: marks all as read, again
        assert unread.count() == 0


def test_tabs_divide_the_inbox_and_count_what_is_unread() -> None:
    with held_at(NOON):
        here = town()
        client_acts.shortlist(here.proposal, here.client)
        deliver_outbox(NOON)
        member, client = Client(), Client()
        for each, account in ((member, here.freelancer), (client, here.client)):
            each.force_login(
                here.user_of(account), backend="django.contrib.auth.backends.ModelBackend"
            )

        every, work, rules = (
            member.get(f"/notices/{tab}").content.decode()
            for tab in ("", "?tab=work", "?tab=rules")
        )

        assert "put you on the short list</a>" in every
        assert "put you on the short list</a>" in work
        assert work.count(">Today</h2>") == 1
        assert "No notices of this kind" in rules
        shown = member.get("/notices/?tab=work").context
        assert {tab.name: unread for tab, unread in shown["tabs"]}["work"] == len(shown["groups"])
        # A client holds no Connects, and an unknown tab is the first one.
        assert "Connects and money" in every
        assert "Connects and money" not in client.get("/notices/?tab=connects").content.decode()
