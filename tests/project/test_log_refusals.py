"""What is refused is one line in the log; what broke is told in full."""

import logging
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from connects.project.log_refusals import ShortRefusals

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Any:
    sink = StringIO()
    handler = logging.StreamHandler(sink)
    handler.addFilter(ShortRefusals())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    yield sink
    logger.removeHandler(handler)


def test_a_form_that_cannot_be_read_leaves_one_line(log: StringIO) -> None:
    answer = Client().post("/sign-in/", b"x", "multipart/form-data")

    assert answer.status_code == 400
    assert log.getvalue().startswith("Bad request")
    assert log.getvalue().count("\n") == 1


def test_what_broke_is_told_with_its_traceback(log: StringIO, monkeypatch: Any) -> None:
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("connects.web.views.rules.render_page", breaks)
    answer = Client(raise_request_exception=False).get("/rules/")

    assert answer.status_code == 500
    assert "ZeroDivisionError: planted" in log.getvalue()
