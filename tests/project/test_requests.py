"""What holds for every request: its name in the log, who may cache its answer, how much may be sent."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from connects.market.people.models import User
from connects.vocabulary.parties import Role
from tests.api.hosts import Host
from tests.market.people import Town, town

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def here() -> Town:
    return town()


def test_a_proxys_name_for_a_request_is_kept() -> None:
    answer = Client().get("/rules/", HTTP_X_REQUEST_ID="proxy-0001.abc")

    assert answer["X-Request-ID"] == "proxy-0001.abc"


@pytest.mark.parametrize("sent", ["", "short", "a b c d e f g", "x" * 81, "lines\nof\nmine"])
def test_a_request_without_a_sane_name_gets_one(sent: str) -> None:
    names = {Client().get("/rules/", HTTP_X_REQUEST_ID=sent)["X-Request-ID"] for _ in range(2)}

    assert len(names) == 2
    assert sent not in names


@pytest.mark.parametrize(
    "page", ["/membership/", "/notices/", "/membership/history.csv", "/membership/statement.pdf"]
)
def test_members_pages_are_not_kept_by_browsers(here: Town, page: str) -> None:
    answer = signed_in(here.user_of(here.freelancer)).get(page)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


def test_staffs_pages_are_not_kept_by_browsers(here: Town) -> None:
    assert signed_in(here.operator).get("/console/posts/")["Cache-Control"] == "no-store"


def test_what_everybody_sees_may_be_kept_if_it_is_asked_for_again() -> None:
    assert Client().get("/rules/")["Cache-Control"] == "no-cache"


def test_static_files_are_kept() -> None:
    answer = Client().get("/static/web/style.css")

    assert "max-age=" in answer["Cache-Control"]
    assert "no-" not in answer["Cache-Control"]
    answer.close()


def file() -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("much.bin", b"x" * 1_500_000)}


@pytest.mark.parametrize("page", ["/sign-in/", "/sign-up/", "/no/such/page/", "/api/v1/prices"])
def test_a_large_upload_is_refused_where_no_file_is_taken(page: str) -> None:
    assert Client().post(page, file()).status_code == 413


def test_an_upload_is_refused_by_what_it_says_of_its_length_before_it_is_read() -> None:
    class Unread:
        def read(self, *_: Any) -> bytes:
            raise AssertionError("it was read")

        readline = read

    unread: Any = {"wsgi.input": Unread()}
    answer = Client().post(
        "/sign-in/",
        content_type="multipart/form-data; boundary=x",
        headers={"Content-Length": "200000000"},
        **unread,
    )

    assert answer.status_code == 413


def test_a_rollouts_form_takes_files_of_ten_megabytes(here: Town) -> None:
    staff = User.objects.create_user("po@test.example", "Po", None, Role.POLICY.value)

    assert signed_in(staff).post("/console/rollouts/new/", file()).status_code == 200


@pytest.mark.parametrize("page", ["/", "/membership/", "/api/v1/posts/x/price", "/sign-in/"])
@pytest.mark.parametrize("sign", ["\\000", "\\001", "\\012", "\\177"])
def test_a_cookie_that_cannot_be_printed_is_none(page: str, sign: str) -> None:
    cookie = f'sessionid="{sign * 32}"; csrftoken="{sign * 32}"'

    plain = Client().get(page)
    assert Client().get(page, HTTP_COOKIE=cookie).status_code == plain.status_code < 500


def test_a_host_that_is_not_ours_is_refused_each_time_and_ours_by_the_setting_of_now(
    settings: Any,
) -> None:
    host = Host()

    def asked(name: str) -> int:
        answer = host.client.get("/api/v1/accounts/nobody/wallet", headers={"host": name})
        return int(answer.status_code)

    settings.ALLOWED_HOSTS = ["ours.example", "both.example"]
    before = [
        asked(name) for name in ("ours.example", "ours.example", "not.example", "not.example")
    ]
    settings.ALLOWED_HOSTS = ["both.example"]

    assert before == [404, 404, 400, 400]
    assert [asked("ours.example"), asked("both.example")] == [400, 404]
