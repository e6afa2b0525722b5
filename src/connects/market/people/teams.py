"""Agencies' teams, read: who is in one, and who was."""

from __future__ import annotations

from django.db.models import QuerySet

from connects.market.people.models import Account, TeamMembership


def team_in_order(agency: Account) -> list[TeamMembership]:
    """Everyone who is in the agency's team now, in the order in which they joined."""
    rows = TeamMembership.objects.filter(agency=agency, left__isnull=True)
    return list(rows.select_related("agency", "account").order_by("joined", "id"))


def membership_in(agency: Account, account: Account) -> TeamMembership | None:
    """The account's membership in the agency's team, if it is in it now."""
    return _memberships(agency, account).filter(left__isnull=True).first()


def last_membership_in(agency: Account, account: Account) -> TeamMembership | None:
    """The account's last membership that has ended, if there was one."""
    return _memberships(agency, account).filter(left__isnull=False).order_by("-left").first()


def _memberships(agency: Account, account: Account) -> QuerySet[TeamMembership]:
    rows = TeamMembership.objects.filter(agency=agency, account=account)
    return rows.select_related("agency", "account")
