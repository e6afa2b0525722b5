"""Forms that are checked first: a person reads what an act would do, and confirms it."""

import re
from collections.abc import Mapping

from django.http import HttpResponse
from django.test import Client

_CONFIRMED = re.compile(r'name="confirmed" value="([0-9a-f]+)"')


def shown_in(page: str) -> str:
    """The confirmation that a check asks for; "" where the page is none."""
    found = _CONFIRMED.search(page)
    return found.group(1) if found else ""


def confirm(
    client: Client, address: str, form: Mapping[str, object], *, follow: bool = False
) -> HttpResponse:
    """Send a form, and confirm the check that is shown first, if one is."""
    answer = client.post(address, form, follow=follow)
    assert isinstance(answer, HttpResponse)
    shown = shown_in(answer.content.decode()) if answer.status_code == 200 else ""
    if shown:
        sure = {**form, "confirmed": shown, "sure": "1"}
        answer = client.post(address, sure, follow=follow)
        assert isinstance(answer, HttpResponse)
    return answer
