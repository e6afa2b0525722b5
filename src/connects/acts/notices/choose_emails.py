"""Choose which notices come by e-mail, and when."""

from __future__ import annotations

from collections.abc import Iterable

from connects.market.notices.models import NoticePreference
from connects.market.people.models import User
from connects.statements.notices.groups import GROUPS, How, group_of
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, invalid

Preferences = dict[tuple[int, str], How]


def preferences_of(users: Iterable[int]) -> Preferences:
    """The choices of these people, by person and group, with one query for all."""
    rows = NoticePreference.objects.filter(user_id__in=set(users))
    return {
        (user, group): How(how) for user, group, how in rows.values_list("user_id", "group", "how")
    }


def chosen_emails(preferences: Preferences, user: int, code: str) -> How:
    """How that person is told of a notice with that code; at once, if they have not chosen."""
    group = group_of(code)
    return How.AT_ONCE if group is None else preferences.get((user, group.name), How.AT_ONCE)


def choose_emails(user: User, group_name: str, how: str) -> User | Refused:
    """Choose for one group. Refused with `invalid` where there is no such choice."""
    group = next((group for group in GROUPS if group.name == group_name), None)
    if group is None or how not in set(group.choices):
        return invalid(Problem.UNKNOWN, field=group_name[:20])
    NoticePreference.objects.update_or_create(user=user, group=group_name, defaults={"how": how})
    return user
