"""Headers of ours stand on a response as if Django had set them."""

from django.http import HttpResponse

from connects.bootstrap.plain_headers import all_headers, set_plain


def test_they_are_what_django_would_have_set() -> None:
    ours, djangos = HttpResponse(headers={"Retry-After": "5"}), HttpResponse()
    set_plain(ours, {"RateLimit": '"client";r=9;t=1', "retry-after": "7"})
    djangos.headers["Retry-After"] = "5"
    djangos.headers["RateLimit"] = '"client";r=9;t=1'
    djangos.headers["retry-after"] = "7"

    assert all_headers(ours) == list(ours.items())
    assert sorted(all_headers(ours)) == sorted(djangos.items())
    assert ours.headers["Ratelimit"] == '"client";r=9;t=1'
