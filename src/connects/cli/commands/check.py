"""`connects check --production`: name all that a site in production lacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from connects.bootstrap.production_needs import Need

EMPTY = "the database is empty: `connects run` makes a marketplace in it"


@click.command()
@click.option("--production", is_flag=True, help="include what only a site in production needs")
@click.option("--mail", metavar="E-MAIL", help="send a test e-mail there, too")
def check(*, production: bool, mail: str | None) -> None:
    """Name what is missing, each with what to do; exit 1 if anything is."""
    missing = 0
    for need in _needs(production=production, mail=mail):
        state = "ok" if need.is_met else "optional" if need.is_optional else "missing"
        missing += state == "missing"
        click.echo(f"{state:<9} {need.name}{'' if need.is_met else f': {need.advice}'}")
    if missing:
        things = "1 thing is" if missing == 1 else f"{missing} things are"
        click.echo(f"\n{things} missing.")
        sys.exit(1)
    ready = "ready for production" if production else "able to run"
    click.echo(f"\nNothing is missing: this site is {ready}.")


def _needs(*, production: bool, mail: str | None) -> Iterator[Need]:
    from connects.bootstrap.clock import now
    from connects.bootstrap.production_needs import Need, needs_of_settings

    problem = _problem_of_settings()
    yield Need("settings", not problem, problem)
    if production:
        try:
            yield from needs_of_settings(os.environ, now())
        except (ValueError, OSError) as error:
            if not problem:
                yield Need("settings", is_met=False, advice=str(error))
    if not problem:
        yield from _needs_of_data(production=production)
        if mail is not None:
            yield _need_of_mail(mail)


def _need_of_mail(address: str) -> Need:
    """Whether the mail server takes a test e-mail; whether it arrives, its reader sees."""
    from smtplib import SMTPException

    from django.conf import settings
    from django.core.mail import EmailMessage

    from connects.bootstrap.production_needs import Need

    name = f"e-mail to {address}"
    if not settings.SENDS_LETTERS:
        return Need(name, is_met=False, advice="CONNECTS_SMTP names no mail server to send it by")
    text = f"This is a test of {settings.ADDRESS}. If you read it, e-mails of Connects arrive here."
    try:
        EmailMessage("Connects: a test e-mail", text, to=[address]).send()
    except (SMTPException, OSError) as error:
        return Need(name, is_met=False, advice=f"the mail server did not take it: {error}")
    return Need(name, is_met=True, advice="")


def _problem_of_settings() -> str:
    """What stands against starting with these settings, "" where nothing does."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "connects.project.settings")
    try:
        django.setup()
    except (ValueError, OSError, ImproperlyConfigured) as error:
        return str(error)
    return ""


def _needs_of_data(*, production: bool) -> Iterator[Need]:
    """What the database says; nothing more where it does not answer."""
    from django.db import Error

    from connects.bootstrap.production_needs import Need
    from connects.installation.tables import tables
    from connects.market.upkeep.readiness import OK, readiness

    found = readiness()
    is_new = found["database"] == OK != found["migrations"] and tables().new
    before = f"{found['migrations']}: stop the site, make a backup, and start `connects run`"
    advice = {
        "database": "it does not answer: look at DATABASE_URL, and whether the server is up",
        "migrations": EMPTY if is_new else before,
        "worker": f"{found['worker']}: start `connects worker` (`connects run` does)",
    }
    parts = ["database", "migrations", *(["worker"] if production else [])]
    for part in parts:
        if found[part] != "not asked":
            yield Need(part, found[part] == OK, advice[part])
    if found["migrations"] == OK:
        try:
            yield from _needs_of_rules()
            yield from _needs_of_people() if production else ()
        except Error as error:
            yield Need("database", is_met=False, advice=str(error))


def _needs_of_rules() -> Iterator[Need]:
    from django.conf import settings

    from connects.bootstrap.production_needs import Need
    from connects.market.members.editions import known_book

    name = settings.DEFAULT_RULE_BOOK
    advice = (
        f"there are no rules named {name!r}: name shipped ones, as fair-2026, or upload them first"
    )
    yield Need("CONNECTS_RULE_BOOK", known_book(name) is not None, advice)


def _needs_of_people() -> Iterator[Need]:
    from connects.bootstrap.production_needs import Need
    from connects.demo import ninety_days
    from connects.market.people.access import has_operator

    yield Need(
        "no demo",
        not ninety_days.is_here(),
        "the demo's people are in this database, and everybody knows their password: begin with an"
        " empty one",
    )
    yield Need(
        "operator",
        has_operator(),
        "nobody can look after the site: connects staff add E-MAIL --role operator",
    )
