"""Telling others about oneself."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from connects.bootstrap.clock import now as clock_now
from connects.market.people.models import Account
from connects.market.profiles.models import Profile, ProfileSkill, ShownTo
from connects.vocabulary.amounts import Cents
from connects.vocabulary.countries import country_code
from connects.vocabulary.parties import AccountKind
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid, not_allowed
from connects.vocabulary.skills import skill_key, skills_in, skills_refused
from connects.vocabulary.typed_input import text_refused

TITLE_CHARACTERS = 100
ABOUT_CHARACTERS = 4_000
RATE_CENTS_MOST: Cents = 10_000_00


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileForm:
    """A profile as it was typed: `skills` is a list with commas, `country` a code or a name."""

    title: str = ""
    about: str = ""
    skills: str = ""
    hourly_cents: Cents | None = None
    currency: str
    country: str = ""
    shown_to: str = ShownTo.MEMBERS


def edit_profile(account: Account, form: ProfileForm) -> Profile | Refused:
    """Keep what an account tells of itself. Refused with `not_allowed` for a client, or `invalid`."""
    if not AccountKind(account.kind).holds_wallet:
        return not_allowed(Problem.FREELANCERS_ONLY)
    skills = skills_in(form.skills)
    country = country_code(form.country) if form.country.strip() else ""
    refused = (
        text_refused("title", form.title, TITLE_CHARACTERS)
        or text_refused("about", form.about, ABOUT_CHARACTERS)
        or skills_refused("skills", skills)
        or _choices_refused(form, country)
    )
    if refused is not None:
        return refused
    with transaction.atomic():
        # The account's row is locked, so that two who save at once leave the skills of one of them.
        Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
        profile, _ = Profile.objects.update_or_create(
            account=account,
            defaults={
                "title": form.title.strip(),
                "about": form.about.strip(),
                "skills": list(skills),
                "hourly_cents": form.hourly_cents,
                "currency": form.currency,
                "country": country or "",
                "shown_to": form.shown_to,
                "changed": clock_now(),
            },
        )
        ProfileSkill.objects.filter(profile=profile).delete()
        keys = [ProfileSkill(profile=profile, key=skill_key(skill)) for skill in skills]
        ProfileSkill.objects.bulk_create(keys, ignore_conflicts=True)
    return profile


def _choices_refused(form: ProfileForm, country: str | None) -> Refused | None:
    if country is None:
        return invalid(Problem.NOT_A_COUNTRY, field="country")
    if form.shown_to not in ShownTo.values:
        return invalid(Problem.UNKNOWN, field="shown_to")
    if form.hourly_cents is not None and not 0 < form.hourly_cents <= RATE_CENTS_MOST:
        return invalid(Problem.TOO_LARGE, field="rate")
    return None
