"""Accounts by the words of their names: every word must be there, or begin one that is.

PostgreSQL has an index for it; SQLite, where accounts are few, looks through them.
"""

from __future__ import annotations

import re

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Value

from connects.market.people.models import Account

WORDS_MOST = 8
FEW = 1_000
_WORD = re.compile(r"\w+")


def named(text: str) -> Q:
    """Accounts with these words in their names, or with that handle. Asks the database at once.

    The hard case is a word that hardly anybody has: a database that does not know so would look through
    all accounts in the order of the list. So the few that there are are found first, by the index; what
    many have is found soon in any order.
    """
    by_handle, by_words = Q(handle=text.lower()), _with_words(text)
    if by_words is None:
        return by_handle
    rows = Account.objects.filter(by_words).order_by()
    found = list(rows.values_list("pk", flat=True)[: FEW + 1])
    return by_handle | (Q(pk__in=found) if len(found) <= FEW else by_words)


def _with_words(text: str) -> Q | None:
    words = _WORD.findall(text.lower())[:WORDS_MOST]
    if not words:
        return None
    if connection.vendor == "postgresql":
        return Q(_has_words(words))
    by_name = Q()
    for word in words:
        by_name &= Q(name__icontains=word)
    return by_name


def _has_words(words: list[str]) -> Func:
    # The expression is that of the index `account_words`; a word is letters and digits, so no syntax.
    return Func(
        F("name"),
        Value(" & ".join(f"{word}:*" for word in words)),
        template="to_tsvector('simple', %(expressions)s)",
        arg_joiner=") @@ to_tsquery('simple', ",
        output_field=BooleanField(),
    )
