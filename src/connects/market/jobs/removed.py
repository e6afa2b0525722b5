"""Posts that were removed for the terms, and the same ones published again."""

from __future__ import annotations

import re
import unicodedata

from connects.market.jobs.fields import JobFields
from connects.market.jobs.models import Job, JobStatus
from connects.market.people.models import Account, Membership
from connects.vocabulary.problems import Problem
from connects.vocabulary.refusals import Refused, not_allowed

COMPARED_AT_MOST = 200
REASON_CHARACTERS = 500
_NO_WORD = re.compile(r"[\W_]+")
_MONEY = ("kind", "budget_cents", "hourly_min_cents", "hourly_max_cents")

Likeness = tuple[object, ...]
"""What two posts have in common that say and pay the same."""


def removed_before(post: JobFields, client: Account) -> Refused | None:
    """A refusal where the post is one of the client's that was removed, unchanged.

    Capitals, blanks, punctuation and what cannot be seen are no change. Other accounts of the client's
    people count as the client.
    """
    people = Membership.objects.filter(account=client).values("user")
    accounts = set(Membership.objects.filter(user__in=people).values_list("account_id", flat=True))
    rows = Job.objects.filter(client__in=accounts | {client.pk}, status=JobStatus.REMOVED)
    columns = post.columns()
    wanted = _likeness(columns)
    fields = ("title", "description", *_MONEY)
    for row in rows.order_by("-ended").values("public_id", *fields)[:COMPARED_AT_MOST]:
        if _likeness(row) == wanted:
            return not_allowed(Problem.REMOVED_BEFORE, job=row["public_id"])
    return None


def _likeness(columns: dict[str, object]) -> Likeness:
    words = (_plain(str(columns[name])) for name in ("title", "description"))
    return (*words, *(columns[name] for name in _MONEY))


def _plain(text: str) -> str:
    """A text as it is read aloud: letters and digits alone, all small, each in its plainest form."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    seen = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return _NO_WORD.sub("", seen)
