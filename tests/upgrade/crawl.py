"""Upgrade a database, let the worker catch up, and walk through all pages as every role.

    DATABASE_URL=… python -m tests.upgrade.crawl 2026-11-26T12:00Z    # says what it found, as JSON

A program of its own, since Django holds one database for the length of a process. The clock stands at
the instant that is given, so that what is seen does not depend on the day of the run.
"""

import json
import re
import sys
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape

import django
from django.core.management import call_command

LINK = re.compile(r'\b(?:href|action)="(/[^"]*)"')
# Enough of each kind of page; a market's hundred posts differ less than its kinds of pages.
PAGES_OF_A_KIND = 12
# Not for this person, or only by a form's own method. All else, and a broken page above all, is wrong.
EXPECTED = {200, 302, 403, 404, 405, 409}
PASSWORD = "proposal-credits"


@dataclass
class Walk:
    """What one person found: pages of each kind (an address's name), and what failed."""

    pages: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failed: dict[str, str] = field(default_factory=dict)


def people() -> dict[str, str | None]:
    """Someone of every role: who fills the demo, and who is missing there. None is a visitor."""
    from connects.demo.ninety_days import SIGN_INS
    from connects.market.people.models import Account, Membership, User
    from connects.vocabulary.parties import Role

    found: dict[str, str | None] = {"visitor": None}
    found |= {sign_in.role: sign_in.email for sign_in in SIGN_INS}
    for role in (Role.MODERATOR, Role.SUPPORT, Role.FINANCE, Role.POLICY, Role.OPERATOR):
        email = found.get(role.value) or f"{role.value}@upgraded.example"
        found[role.value] = email
        if not User.objects.filter(email=email).exists():
            User.objects.create_user(email, role.value.title(), PASSWORD, role.value)
    member = User.objects.create_user("member@upgraded.example", "Mia Member", PASSWORD)
    agency = Account.objects.filter(kind="agency").order_by("id")[0]
    Membership.objects.create(user=member, account=agency, role=Role.AGENCY_MEMBER.value)
    return {**found, "agency member": member.email}


def walk(email: str | None) -> Walk:
    """Follow every link from the start page on, and the forms' addresses."""
    from django.test import Client
    from django.urls import Resolver404, resolve

    from connects.market.people.models import User

    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if email is not None:
        user = User.objects.get(email=email)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    done, seen, waiting = Walk(), {"/"}, deque(["/", "/console/"])
    while waiting:
        address = waiting.popleft()
        try:
            kind = resolve(address.partition("?")[0]).view_name
        except Resolver404:
            done.failed[address] = "leads nowhere"
            continue
        if done.pages[kind] >= PAGES_OF_A_KIND:
            continue
        done.pages[kind] += 1
        answer = client.get(address)
        if answer.status_code not in EXPECTED:
            done.failed[address] = str(answer.status_code)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            new = [link for link in links(answer.content.decode()) if link not in seen]
            seen.update(new)
            waiting.extend(new)
    return done


def links(page: str) -> Iterator[str]:
    found = (unescape(link).partition("#")[0] for link in LINK.findall(page))
    return (link for link in found if not link.startswith(("//", "/static/")))


def main(at: datetime) -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    from connects.bootstrap.clock import held_at
    from connects.due.daily import do_daily_work
    from connects.due.run import run

    with held_at(at):
        run(at)
        do_daily_work()
        walks = {role: vars(walk(email)) for role, email in people().items()}
    json.dump(walks, sys.stdout)


if __name__ == "__main__":
    main(datetime.fromisoformat(sys.argv[1]))
