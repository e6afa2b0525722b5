"""Who is on the staff: from the first operator on an empty installation to the last one who stays."""

import re
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner, Result
from django.test import Client

from connects.acts.accounts.register import join
from connects.acts.staff.manage_staff import add, set_role, stop
from connects.acts.staff.staff_links import WORKS_FOR
from connects.bootstrap.clock import held_at
from connects.cli.main import main
from connects.market.people.models import User
from connects.market.people.permissions import Act, may
from connects.market.staff.models import StaffLink
from connects.market.trust.models import StaffAct
from connects.vocabulary.parties import AccountKind, Role
from connects.vocabulary.refusals import Refused
from tests.market.people import NOON, PASSWORD, registered

pytestmark = pytest.mark.django_db


def connects(*words: str, at: datetime = NOON) -> Result:
    with held_at(at):
        return CliRunner().invoke(main, ["staff", *words])


def link_in(text: str) -> str:
    found = re.search(r"/staff/[\w-]{40,}/", text)
    assert found is not None, text
    return found[0]


def use(link: str, password: str = PASSWORD, at: datetime = NOON, name: str = "Olga") -> int:
    with held_at(at):
        return Client().post(link, {"name": name, "password": password}).status_code


def operator(name: str = "olga") -> User:
    return User.objects.create_user(f"{name}@x.example", name, PASSWORD, Role.OPERATOR.value)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def problem(answer: object) -> object:
    assert isinstance(answer, Refused), answer
    return answer.parameters["problem"]


def audit() -> list[tuple[str, str, str]]:
    return [(line.act, line.role, line.reason) for line in StaffAct.objects.order_by("id")]


def test_the_first_operator_of_an_empty_installation_comes_from_the_command_line() -> None:
    assert "Nobody yet" in connects("list").output
    answer = connects("add", "Olga@X.example", "--role", "operator")
    assert answer.exit_code == 0
    link = link_in(answer.output)
    assert "has not set a password yet" in connects("list").output

    with held_at(NOON):
        assert b"olga@x.example" in Client().get(link).content
    assert use(link) == 302
    client = Client()
    client.post("/sign-in/", {"username": "olga@x.example", "password": PASSWORD})
    assert client.get("/console/staff/").status_code == 200
    assert connects("list").output.split() == ["operator", "olga@x.example"]
    assert User.objects.get().name == "Olga"
    assert audit() == [("add-staff", "marketplace", "operator"), ("use-staff-link", "operator", "")]


def test_a_link_works_once_and_for_a_day() -> None:
    link = link_in(connects("add", "olga@x.example", "--role", "operator").output)
    late = link_in(connects("add", "sue@x.example", "--role", "support").output)

    assert use(link) == 302
    assert use(link, "another long password") == 404
    assert User.objects.get(email="olga@x.example").check_password(PASSWORD)
    assert use(late, at=NOON + WORKS_FOR) == 404
    assert use(late, at=NOON + WORKS_FOR - timedelta(microseconds=1)) == 302


def test_of_a_links_secret_only_a_hash_is_kept() -> None:
    link = link_in(connects("add", "olga@x.example", "--role", "operator").output)
    secret = link.split("/")[2]
    row = StaffLink.objects.get()
    assert secret not in row.secret_hash
    with held_at(NOON):
        assert Client().get(f"/staff/{row.secret_hash}/").status_code == 404


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("Olga", "password"), ("Olga", "")])
def test_a_poor_password_or_no_name_leaves_the_link_as_it_was(name: str, password: str) -> None:
    link = link_in(connects("add", "olga@x.example", "--role", "operator").output)
    assert use(link, password, name=name) == 200
    assert use(link) == 302


def test_a_newer_link_replaces_the_older_and_ends_the_password() -> None:
    operator()
    old = link_in(connects("link", "olga@x.example").output)
    assert not User.objects.get().has_usable_password()
    new = link_in(connects("link", "olga@x.example").output)
    assert use(old) == 404
    assert use(new, "another long password") == 302


def test_a_new_link_is_the_way_back_for_who_lost_their_phone() -> None:
    olga = operator()
    Authenticator.objects.create(user=olga, type=Authenticator.Type.TOTP, data={"secret": "x"})
    link = link_in(connects("link", "olga@x.example").output)
    assert use(link) == 302
    assert not Authenticator.objects.exists()
    assert ("remove-second-factor", "marketplace", "new link") in audit()


def test_who_was_invited_as_one_role_is_not_made_another_by_inviting_them_again() -> None:
    connects("add", "olga@x.example", "--role", "operator")

    again = connects("add", "OLGA@x.example", "--role", "operator")
    other = connects("add", "olga@x.example", "--role", "support")

    assert again.exit_code == 0
    assert "on the staff already, as operator" in other.output
    assert User.objects.get().staff_role == "operator"


def test_a_good_link_says_that_the_password_is_set_and_a_bad_try_says_all_that_is_wrong() -> None:
    link = link_in(connects("add", "olga@x.example", "--role", "operator").output)
    client = Client()
    with held_at(NOON):
        page = client.post(link, {"name": "\u202e", "password": "short"}).content
        assert b"cannot be seen" in page
        assert b"12 characters" in page
        page = client.post(link, {"name": "Olga", "password": PASSWORD}, follow=True).content
    assert b"Your password is set" in page


def test_a_member_who_is_added_loses_the_password_that_anyone_could_have_chosen() -> None:
    member = registered("ana", AccountKind.FREELANCER)
    browser = signed_in(User.objects.get())
    link = link_in(connects("add", "ana@test.example", "--role", "support").output)

    ana = User.objects.get()
    assert ana.memberships.get().account == member
    assert not ana.check_password(PASSWORD)
    assert browser.get("/console/").status_code == 302  # signed out
    assert use(link, "another long password") == 302
    assert User.objects.get().staff_role == "support"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "no address", "--role", "operator"), "Enter an e-mail address"),
        (("add", "new@x.example", "--role", "king"), "There is no such role"),
        (("add", "new@x.example", "--role", "freelancer"), "There is no such role"),
        (("add", "olga@x.example", "--role", "support"), "on the staff already, as operator"),
        (("role", "nobody@x.example", "support"), "Nobody on the staff has this e-mail"),
        (("role", "olga@x.example", "king"), "There is no such role"),
        (("role", "olga@x.example", "support"), "This is the last operator"),
        (("stop", "olga@x.example"), "This is the last operator"),
        (("stop", "ana@test.example"), "Nobody on the staff has this e-mail"),
        (("link", "ana@test.example"), "Nobody on the staff has this e-mail"),
    ],
)
def test_what_cannot_be_done_is_said_in_words_and_changes_nothing(
    words: tuple[str, ...], said: str
) -> None:
    operator()
    registered("ana", AccountKind.FREELANCER)
    before = list(User.objects.order_by("pk").values())
    answer = connects(*words)
    assert answer.exit_code == 1
    assert said in answer.output
    assert list(User.objects.order_by("pk").values()) == before
    assert audit() == []


def test_the_last_operator_goes_only_by_force_and_one_who_cannot_sign_in_is_none() -> None:
    operator()
    connects("add", "otto@x.example", "--role", "operator")  # has no password yet
    assert connects("stop", "olga@x.example").exit_code == 1
    assert connects("stop", "olga@x.example", "--force").exit_code == 0
    assert not User.objects.get(email="olga@x.example").is_active


def test_another_role_ends_the_sessions_and_the_old_permissions() -> None:
    operator()
    sue = operator("sue")
    browser, other = signed_in(sue), signed_in(User.objects.get(email="olga@x.example"))
    assert connects("role", "sue@x.example", "support").exit_code == 0
    assert browser.get("/console/").status_code == 302
    assert other.get("/console/").status_code == 200
    sue.refresh_from_db()
    assert may(sue, Act.GRANT_CONNECTS)
    assert not may(sue, Act.MANAGE_STAFF)
    assert audit()[-1] == ("change-staff-role", "marketplace", "operator to support")


def test_who_is_stopped_is_out_and_a_member_stays_a_member() -> None:
    operator()
    ana = registered("ana", AccountKind.FREELANCER)
    both, alone = operator("both"), operator("alone")
    join(both, ana, Role.FREELANCER)
    browsers = signed_in(both), signed_in(alone)

    assert "still sign in as a member" in connects("stop", "both@x.example").output
    assert "cannot sign in any more" in connects("stop", "alone@x.example").output
    assert [browser.get("/console/").status_code for browser in browsers] == [302, 302]
    both.refresh_from_db()
    alone.refresh_from_db()
    assert (both.is_active, both.staff_role) == (True, "")
    assert (alone.is_active, alone.staff_role) == (False, "")
    # A stopped person may come back.
    assert use(link_in(connects("add", "alone@x.example", "--role", "finance").output)) == 302


def test_a_link_ends_with_its_persons_place_on_the_staff() -> None:
    operator()
    link = link_in(connects("add", "sue@x.example", "--role", "support").output)
    connects("stop", "sue@x.example")
    assert use(link) == 404


def test_operators_do_the_same_in_the_console_with_their_name_in_the_audit() -> None:
    client = signed_in(operator())
    page = client.post(
        "/console/staff/", {"act": "add", "email": "sue@x.example", "role": "support"}
    )
    sue = User.objects.get(email="sue@x.example")
    link = link_in(page.content.decode())
    assert link not in client.get("/console/staff/").content.decode()
    assert Client().post(link, {"name": "Sue", "password": PASSWORD}).status_code == 302

    form = {"email": "sue@x.example"}
    assert (
        client.post("/console/staff/", {**form, "act": "role", "role": "finance"}).status_code
        == 302
    )
    assert client.post("/console/staff/", {**form, "act": "link"}).status_code == 200
    assert client.post("/console/staff/", {**form, "act": "stop"}).status_code == 302
    assert [act for act, _, _ in audit()] == [
        "add-staff",
        "use-staff-link",
        "change-staff-role",
        "new-staff-link",
        "stop-staff",
    ]
    assert StaffAct.objects.filter(subject=f"person:{sue.pk}", role="operator").count() == 4


def test_the_console_refuses_in_words_and_only_operators_come_there() -> None:
    olga = operator()
    client = signed_in(olga)
    for act in ("role", "stop"):
        form = {"act": act, "email": olga.email, "role": "support"}
        answer = client.post("/console/staff/", form)
        assert answer.status_code == 409
        assert b"last operator" in answer.content
    assert (
        client.post("/console/staff/", {"act": "add", "email": "\0", "role": "x"}).status_code
        == 409
    )
    assert client.post("/console/staff/", {"act": "nonsense"}).status_code == 404
    sue = User.objects.create_user("sue@x.example", "Sue", None, Role.SUPPORT.value)
    assert signed_in(sue).post("/console/staff/", {"act": "stop"}).status_code == 404


def test_services_ask_the_table_of_permissions() -> None:
    operator()
    sue = User.objects.create_user("sue@x.example", "Sue", None, Role.SUPPORT.value)
    assert problem(add("new@x.example", "operator", sue)) == "staff_role"
    assert problem(set_role("sue@x.example", "operator", sue)) == "staff_role"
    assert problem(stop("olga@x.example", sue)) == "staff_role"
