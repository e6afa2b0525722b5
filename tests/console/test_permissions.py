"""Staff see the pages and buttons of their role, and reading what is sensitive leaves a line."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from connects.acts.rules.move_accounts import enrol
from connects.bootstrap.clock import held_at
from connects.due.run import run
from connects.market.moderation.models import Appeal
from connects.market.notices.models import NoticeEmail
from connects.market.people.models import STAFF_ROLES, User
from connects.market.people.permissions import PERMISSIONS, Act, denied, may, roles_words
from connects.market.trust.models import StaffAct
from connects.statements.refusal_words import refusal_text
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, Town, registered, town

pytestmark = pytest.mark.django_db

LISTS = {
    "console-home": Act.USE_CONSOLE,
    "console-flag-next": Act.READ_FLAGS,
    "console-search": Act.USE_CONSOLE,
    "console-posts": Act.READ_JOBS,
    "console-proposals": Act.READ_PROPOSALS,
    "console-purchases": Act.READ_PAYMENTS,
    "console-accounts": Act.READ_ACCOUNTS,
    "console-rule-books": Act.READ_RULE_BOOKS,
    "console-rollouts": Act.READ_ROLLOUTS,
    "console-rollout-new": Act.RUN_ROLLOUTS,
    "console-announcements": Act.READ_ANNOUNCEMENTS,
    "console-corrections": Act.READ_CORRECTIONS,
    "console-bulk-grants": Act.GRANT_CONNECTS,
    "console-promos": Act.READ_PROMOS,
    "console-flagged": Act.READ_FLAGS,
    "console-appeals": Act.DECIDE_APPEALS,
    "console-letters": Act.READ_EMAILS,
    "console-payments": Act.READ_PAYMENTS,
    "console-books": Act.READ_BOOKS,
    "console-taxes": Act.SET_TAXES,
    "console-fairness": Act.READ_MARKET,
    "console-demand": Act.READ_MARKET,
    "console-locked": Act.UNLOCK_SIGN_INS,
    "console-account-emails": Act.READ_EMAILS,
    "console-staff": Act.MANAGE_STAFF,
    "console-api-clients": Act.MANAGE_API_CLIENTS,
    "console-webhooks": Act.MANAGE_API_CLIENTS,
    "console-audit": Act.READ_AUDIT,
}


FORMS_ALONE = {"console-views", "console-bulk", "console-rule-books-compare"}
"""Addresses that forms are sent to, with no page of their own."""


@pytest.fixture
def here() -> Town:
    return town()


def person(role: Role) -> User:
    return User.objects.create_user(f"{role.value}@test.example", role.value, None, role.value)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def patterns() -> Iterator[URLPattern]:
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == "console/":
            yield from (p for p in resolver.url_patterns if isinstance(p, URLPattern))


def test_every_page_of_the_console_belongs_to_an_act() -> None:
    for pattern in patterns():
        assert getattr(pattern.callback, "act", None) in PERMISSIONS, pattern.name


def test_every_page_without_a_subject_is_tried_here() -> None:
    plain = {str(pattern.name) for pattern in patterns() if "<" not in str(pattern.pattern)}
    assert plain == set(LISTS) | FORMS_ALONE


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_role_opens_the_pages_of_its_acts_and_its_menu_has_no_others(
    role: Role, here: Town
) -> None:
    staff = person(role)
    client = signed_in(staff)
    addresses = {str(p.name): "/console/" + str(p.pattern) for p in patterns()}
    menu = client.get("/console/").content.decode().split("</nav>")[1]
    for name, act in LISTS.items():
        is_allowed = may(staff, act)
        answer = client.get(addresses[name])
        assert answer.status_code in ((200, 302) if is_allowed else (404,)), (role, name)
        if not is_allowed:
            assert f"Only {roles_words(act)} can do this." in answer.content.decode()
            assert f'href="{addresses[name]}"' not in menu


def test_who_is_no_staff_any_more_or_inactive_may_nothing(here: Town) -> None:
    stopped = person(Role.OPERATOR)
    stopped.is_active = False
    member = here.user_of(here.freelancer)
    assert not any(may(user, act) for user in (stopped, member) for act in Act)


def test_a_refusal_names_the_roles_that_may(here: Town) -> None:
    refused = denied(person(Role.MODERATOR), Act.REFUND_PAYMENTS)
    assert isinstance(refused, Refused)
    assert refusal_text(refused).startswith("Only support, finance and operators can do this.")
    only_operators = Refused(refused.code, {"problem": "staff_role", "roles": "operators"})
    assert refusal_text(only_operators).startswith("Only operators can do this.")


def test_a_moderator_sees_an_account_without_its_wallet_payments_or_other_roles_buttons(
    here: Town,
) -> None:
    page = signed_in(person(Role.MODERATOR)).get("/console/accounts/ana/").content.decode()
    assert "Suspend…</button>" in page
    for hidden in (
        "/console/accounts/ana/wallet/",
        "Grant</button>",
        "Move to other rules",
        "Add</button>",
        "renews",
    ):
        assert hidden not in page
    assert (
        "History" in signed_in(person(Role.SUPPORT)).get("/console/accounts/ana/").content.decode()
    )


def test_who_may_do_nothing_serious_to_an_account_reads_of_no_serious_acts(here: Town) -> None:
    address = f"/console/accounts/{here.client.handle}/"
    for role, is_offered in ((Role.SUPPORT, False), (Role.MODERATOR, True)):
        page = signed_in(person(role)).get(address).content.decode()
        assert ("Serious acts" in page) == is_offered


def test_finance_sees_a_job_without_its_flags_and_the_buttons_that_decide(here: Town) -> None:
    address = f"/console/posts/{here.job.public_id}/"
    page = signed_in(person(Role.FINANCE)).get(address).content.decode()
    assert "What is at stake" not in page
    assert "Remove and give all Connects back" not in page
    page = signed_in(person(Role.SUPPORT)).get(address).content.decode()
    assert "What is at stake" in page
    assert "Remove and give all Connects back" not in page
    page = signed_in(person(Role.MODERATOR)).get(address).content.decode()
    assert "Remove and give all Connects back" in page


def lines_about(subject: str) -> list[tuple[str, str]]:
    found = StaffAct.objects.filter(subject=subject).order_by("id")
    return [(line.act, line.role) for line in found]


def test_reading_a_wallet_leaves_one_line_an_hour(here: Town) -> None:
    client = signed_in(person(Role.SUPPORT))
    for _ in range(3):
        assert b"Welcome grant" in client.get("/console/accounts/ana/wallet/").content
    assert lines_about("account:ana") == [("read-wallets", "support")]

    moderator = signed_in(person(Role.MODERATOR))
    assert moderator.get("/console/accounts/ana/wallet/").status_code == 404
    assert lines_about("account:ana") == [("read-wallets", "support")]


def test_reading_an_email_leaves_a_line_and_is_for_support_alone(here: Town) -> None:
    with held_at(NOON):
        enrol(registered("bo", AccountKind.FREELANCER, "upwork-2018"), "upwork-2019-05")
        run(NOON)
    letter = NoticeEmail.objects.get(user__email="bo@test.example")
    address = f"/console/letters/{letter.pk}/"
    assert signed_in(person(Role.FINANCE)).get(address).status_code == 404
    assert signed_in(person(Role.SUPPORT)).get(address).status_code == 200
    assert lines_about(f"letter:{letter.pk}") == [("read-emails", "support")]


def test_who_reads_an_appeal_is_not_taken_for_who_decides_it(here: Town) -> None:
    appeal = Appeal.objects.create(
        proposal=here.proposal, account=here.freelancer, text="why", made=NOON
    )
    page = signed_in(person(Role.SUPPORT)).get(f"/console/appeals/{appeal.pk}/")
    assert page.status_code == 200
    assert lines_about(f"appeal:{appeal.pk}") == [("read-to-decide-appeals", "support")]
