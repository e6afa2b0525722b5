"""Finding people, by what they tell of themselves and by what is known of them.

Nobody is found by their e-mail address: who knows an address writes to it (`acts/proposals/invite`),
and learns from neither whether it is registered here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from connects.market.grants.models import Badge
from connects.market.pages import Page, page_of
from connects.market.people.models import Account
from connects.market.people.search import named
from connects.market.profiles.models import ProfileSkill, ShownTo
from connects.market.profiles.persons import Person, persons
from connects.vocabulary.amounts import Cents
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.skills import skill_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuery:
    """What people are looked for by; what is empty or None is no condition.

    `words` are of a name, or begin a skill. Rates are in minor units of `currency`. `kind` is one of
    `AccountKind`, "" for both.
    """

    words: str = ""
    name: str = ""
    skill: str = ""
    country: str = ""
    badge: str = ""
    kind: str = ""
    currency: str = ""
    rate_least: Cents | None = None
    rate_most: Cents | None = None
    page: int = 1


def find_people(query: PeopleQuery, but: Account | None = None) -> Page[Person]:
    """Freelancers and agencies who let members find them, by name; `but` is who looks, for one."""
    rows = findable()
    if query.words:
        skill = ProfileSkill.objects.filter(key__startswith=skill_key(query.words))
        rows = rows.filter(named(query.words) | Q(pk__in=skill.values("profile_id")))
    if query.name:
        rows = rows.filter(named(query.name))
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    if query.kind in (AccountKind.FREELANCER, AccountKind.AGENCY):
        rows = rows.filter(kind=query.kind)
    rows = _with_badge(_with_rate(_with_skill(_of_country(rows, query), query), query), query)
    found = page_of(rows.order_by("name", "id"), query.page)
    return Page(
        tuple(persons(found.items)), found.number, found.pages, found.total, found.is_counted_out
    )


def findable() -> QuerySet[Account]:
    """All who can be found: neither suspended nor closed, and not shown to their dealings alone."""
    rows = Account.objects.select_related("profile").filter(suspended=None, closed=None)
    return rows.filter(kind__in=(AccountKind.FREELANCER, AccountKind.AGENCY)).filter(
        Q(profile=None) | ~Q(profile__shown_to=ShownTo.DEALINGS)
    )


def _of_country(rows: QuerySet[Account], query: PeopleQuery) -> QuerySet[Account]:
    if not query.country:
        return rows
    says_nothing = Q(profile=None) | Q(profile__country="")
    return rows.filter(
        Q(profile__country=query.country) | (says_nothing & Q(country=query.country))
    )


def _with_skill(rows: QuerySet[Account], query: PeopleQuery) -> QuerySet[Account]:
    key = skill_key(query.skill)
    if not key:
        return rows
    has = ProfileSkill.objects.filter(key__startswith=key)
    return rows.filter(pk__in=has.values("profile_id"))


def _with_rate(rows: QuerySet[Account], query: PeopleQuery) -> QuerySet[Account]:
    if query.rate_least is None and query.rate_most is None:
        return rows
    rows = rows.filter(profile__currency=query.currency)
    if query.rate_least is not None:
        rows = rows.filter(profile__hourly_cents__gte=query.rate_least)
    if query.rate_most is not None:
        rows = rows.filter(profile__hourly_cents__lte=query.rate_most)
    return rows


def _with_badge(rows: QuerySet[Account], query: PeopleQuery) -> QuerySet[Account]:
    if not query.badge:
        return rows
    held = Badge.objects.filter(account=OuterRef("pk"), name=query.badge, lost__isnull=True)
    return rows.filter(Exists(held))
