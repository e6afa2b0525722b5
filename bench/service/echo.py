"""An operation that does nothing but read a validated body and send it back: what a stack costs alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

router = Router(auth=None)


class EchoBody(Schema):
    """As many fields as a proposal has."""

    account: str
    job: str
    max_connects: int
    cover_letter: str = ""


@router.post("/echo", response=EchoBody)
def echo(request: HttpRequest, body: EchoBody) -> Any:  # noqa: ARG001 the library hands it in
    return body
