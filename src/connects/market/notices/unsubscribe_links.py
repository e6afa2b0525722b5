"""Signed links by which a person stops one group of e-mails, without signing in.

A link names the person and the group, and does not end: whoever still has the e-mail may stop what it
belongs to. Nothing else can be done with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from connects.market.people.models import User
from connects.statements.notices.groups import NoticeGroup, group_called

SALT = "connects.unsubscribe"
TOKEN_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """What a link stands for: whose e-mails of which group stop."""

    user: User
    group: NoticeGroup


def unsubscribe_token(user: int, group: NoticeGroup) -> str:
    """The link's text, signed."""
    return Signer(salt=SALT).sign_object([user, group.name])


def unsubscribing_in(token: str) -> Unsubscribing | None:
    """What a text stands for; None where we did not write it, or the person is gone."""
    if len(token) > TOKEN_CHARACTERS:
        return None
    try:
        number, name = Signer(salt=SALT).unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    group = group_called(str(name))
    user = User.objects.filter(pk=number, is_active=True).first()
    if user is None or group is None or not group.may_be_off:
        return None
    return Unsubscribing(user, group)
