"""Where the names in histories and in the activity log lead to."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import NoReverseMatch, resolve, reverse

from connects.market.people.models import Account, User
from connects.market.people.permissions import Act, may


def account_link(account: Account) -> str:
    return reverse("console-account", args=[account.handle])


def job_link(public_id: str) -> str:
    return reverse("console-post", args=[public_id])


def _list(address: str, **asked: str) -> str:
    return f"{reverse(address)}?{urlencode(asked)}"


_KINDS: dict[str, Callable[[str], str]] = {
    "account": lambda name: reverse("console-account", args=[name]),
    "announcement": lambda name: reverse("console-announcement", args=[name]),
    "api-client": lambda _: reverse("console-api-clients"),
    "appeal": lambda name: reverse("console-appeal", args=[int(name)]),
    "correction": lambda name: reverse("console-correction", args=[int(name)]),
    "job": job_link,
    "letter": lambda name: reverse("console-letter", args=[int(name)]),
    "plan-payment": lambda name: reverse("console-payment", args=["plan-payment", name]),
    "promo": lambda name: _list("console-promos", q=name.partition(":")[0]),
    "proposal": lambda name: _list("console-proposals", q=name),
    "purchase": lambda name: reverse("console-payment", args=["purchase", name]),
    "rule-book": lambda name: reverse("console-rule-book", args=[name]),
    "rollout": lambda name: reverse("console-rollout", args=[name]),
}


def link_of(subject: str) -> str:
    """The page of what a line is about, such as `job:67176e01`; "" where it has none."""
    kind, _, name = subject.partition(":")
    find = _KINDS.get(kind)
    try:
        return find(name) if find is not None and name else ""
    except (NoReverseMatch, ValueError):
        return ""


def permitted(staff: User, path: str) -> str:
    """The path, if this member of staff may see the page that it leads to; "" otherwise."""
    if not path:
        return ""
    act: Act | None = getattr(resolve(path.partition("?")[0]).func, "act", None)
    return path if act is None or may(staff, act) else ""
