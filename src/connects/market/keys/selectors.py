"""The owner of a key, and the keys of a person."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import F

from connects.market.key_digest import digest_of
from connects.market.keys.models import ApiKey
from connects.market.people.models import User

_KEY = re.compile(r"connects_[0-9a-f]{8}_[0-9a-f]{64}")


def keys_of(user: User) -> list[ApiKey]:
    """The keys that a person holds, newest first, with one query."""
    rows = ApiKey.objects.filter(user=user, revoked=None).select_related("account")
    return list(rows.order_by("-made", "-id"))


def holder_of(key: str, now: datetime) -> ApiKey | None:
    """The row of a key, with its person and account; the day of its use is noted.

    One that has expired is found, too, so that its holder can be told so. None for what is no key, was
    revoked, or whose person is inactive or acts for the account no more.
    """
    if _KEY.fullmatch(key) is None:
        return None
    found = (
        ApiKey.objects.filter(digest=digest_of(key), revoked=None, user__is_active=True)
        .filter(account__memberships__user=F("user"))
        .select_related("user", "account")
        .first()
    )
    if found is None or found.has_expired(now):
        return found
    if found.last_used != now.date():
        ApiKey.objects.filter(pk=found.pk).update(last_used=now.date())
    return found
