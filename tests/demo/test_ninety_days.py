"""The demo is believable, whole, and the same whenever it is played."""

import io
import json
from importlib import util
from pathlib import Path

import pytest
from beancount import loader
from click.testing import CliRunner
from django.db.models import Q
from django.test import Client

from connects.bootstrap.clock import held_at
from connects.bootstrap.journals import journal
from connects.cli.main import main
from connects.demo import last_days, ninety_days
from connects.journal.proof.verify import verify
from connects.market.books.export import write_beancount
from connects.market.grants.models import PromoCode, PromoRedemption
from connects.market.jobs.models import Cloud, Job
from connects.market.members.editions import book_of, editions_in_use
from connects.market.moderation.models import Appeal, Flag
from connects.market.notices.models import Notice
from connects.market.payments.models import TaxRate
from connects.market.people.models import STAFF_ROLES, Account, TeamInvitation, TeamMembership, User
from connects.market.proposals.models import Invitation, Proposal, ProposalStatus
from connects.vocabulary.parties import AccountKind
from tests.demo.walk import walk
from tests.market.people import NOON

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
QUERIES_MOST = 12
BYTES_MOST = 100_000
# Where each walk begins though not all may go there, and what there is only after the first night.
NOT_FOR_ALL = ("/console/", "/membership/proof.json")


def test_the_demo_is_whole_under_way_everywhere_and_lets_each_sign_in(tmp_path: Path) -> None:
    """It is played once for all, since that takes longer than to look at it."""
    assert ninety_days.is_empty()

    ninety_days.fill(NOON)

    assert not ninety_days.is_empty()
    kinds = [account.kind for account in Account.objects.all()]
    assert kinds.count(AccountKind.CLIENT) == ninety_days.CLIENTS
    assert kinds.count(AccountKind.FREELANCER) == ninety_days.FREELANCERS
    assert kinds.count(AccountKind.AGENCY) == ninety_days.AGENCIES
    assert Job.objects.count() == ninety_days.POSTS
    assert {"open", "closed", "removed"} <= {job.status for job in Job.objects.all()}
    states = set(Proposal.objects.values_list("status", flat=True))
    assert {ProposalStatus.SUBMITTED, ProposalStatus.HIRED, ProposalStatus.RETURNED} <= states
    assert not Proposal.objects.filter(submitted__gt=NOON).exists()
    assert not Proposal.objects.filter(days=None).exists()
    priced = Q(price_cents__isnull=False) | Q(hourly_cents__isnull=False)
    assert Proposal.objects.filter(priced).count() > 0.9 * Proposal.objects.count()
    assert [proof.breaches for proof in verify(journal()) if proof.breaches] == []
    books = io.StringIO()
    assert write_beancount(books, None, None, NOON.date()) == {}
    assert loader.load_string(books.getvalue())[1] == []
    assert_something_is_under_way_everywhere()
    assert_every_printed_sign_in_is_somebodys()
    assert_every_page_asks_little_and_leads_somewhere()
    if util.find_spec("numba") is not None:
        assert_it_is_replayed_and_a_population_is_drawn_from_it(tmp_path)


def assert_every_page_asks_little_and_leads_somewhere() -> None:
    """For each role: at most twelve queries and 100 KB a page, and no link to what is not there."""
    for edition in editions_in_use():
        book_of(edition)  # a process knows the rule books once it has read them
    found = {}
    with held_at(NOON):
        for role in ("", *(sign_in.email for sign_in in ninety_days.SIGN_INS)):
            client = Client()
            if role:
                client.force_login(User.objects.get(email=role), backend=BACKEND)
            found[role] = list(walk(client))
    visits = [(role, visit) for role, visits in found.items() for visit in visits]
    pages = [(role, visit) for role, visit in visits if visit.is_page]
    assert len(pages) > 200
    assert [at for at in pages if at[1].queries > QUERIES_MOST] == []
    assert [at for at in pages if at[1].weight > BYTES_MOST] == []
    assert [at for at in pages if at[1].spills] == []
    lost = [at for at in visits if at[1].status >= 400 and at[1].address not in NOT_FOR_ALL]
    assert lost == []


def assert_it_is_replayed_and_a_population_is_drawn_from_it(folder: Path) -> None:
    replayed = CliRunner().invoke(main, ["lab", "replay", "--policy", "fair-2026", "--json"])
    assert replayed.exit_code == 0, replayed.output
    told = json.loads(replayed.stdout)
    assert told["reproduced"]["wallets"] == ninety_days.FREELANCERS + ninety_days.AGENCIES
    readings = told["readings"]
    assert readings["recorded"]["paid"] == sum(Proposal.objects.values_list("paid", flat=True))
    assert readings["mechanical"]["returned"] > readings["recorded"]["returned"]

    out = folder / "mine.toml"
    drawn = CliRunner().invoke(main, ["lab", "population", "--database", "--out", str(out)])
    assert drawn.exit_code == 0, drawn.output
    from connects.lab.population.agents import find_population
    from connects.lab.population.posts import read_posts

    people = find_population("mine.toml", folder)
    assert people.freelancers == ninety_days.FREELANCERS
    assert sum(each.posts for each in people.categories) == ninety_days.POSTS
    kinds = read_posts(people.posts, people.verified_percent).kinds
    assert sum(kind.weight for kind in kinds) == pytest.approx(1)


def assert_something_is_under_way_everywhere() -> None:
    ana = Account.objects.get(memberships__user__email="freelancer@demo.example")
    agency = Account.objects.get(memberships__user__email="agency@demo.example", kind="agency")
    assert journal().wallet(ana.pk).balance >= 40
    assert 3 <= Notice.objects.filter(account=ana, read__isnull=True).count() <= 12
    assert Invitation.objects.filter(account=ana, declined__isnull=True).count() >= 3
    team = TeamMembership.objects.filter(agency=agency, left__isnull=True)
    assert team.count() >= last_days.TEAM
    assert team.filter(spends_most=40).exists()
    assert TeamInvitation.objects.filter(agency=agency, state="open").count() == 1
    assert Flag.objects.filter(state="open", by__isnull=False).count() >= last_days.FLAGGED
    assert set(Appeal.objects.values_list("state", flat=True)) >= {"open", "proposed"}
    assert PromoCode.objects.count() == 2
    assert PromoRedemption.objects.count() == 2
    assert {rate.country for rate in TaxRate.objects.all()} == {"DE", "FR", "GB"}
    assert Cloud.objects.filter(members=ana).exists()


def assert_every_printed_sign_in_is_somebodys() -> None:
    for sign_in in ninety_days.SIGN_INS:
        assert User.objects.get(email=sign_in.email).check_password(ninety_days.PASSWORD)
    staff = User.objects.exclude(staff_role="").values_list("staff_role", "email")
    assert {(s.role, s.email) for s in ninety_days.SIGN_INS} >= set(staff)
    assert {role for role, _ in staff} == set(STAFF_ROLES)


def test_the_demo_is_here_as_long_as_any_of_its_people_can_sign_in() -> None:
    assert not ninety_days.is_here()
    operator = User.objects.create_user(
        "operator@demo.example", "Olga", ninety_days.PASSWORD, "operator"
    )
    assert ninety_days.is_here()
    assert [sign_in.email for sign_in in ninety_days.sign_ins()] == ["operator@demo.example"]
    operator.is_active = False
    operator.save()
    assert not ninety_days.is_here()
