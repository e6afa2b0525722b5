"""Which operation an address of the API names, looked up by its parts.

Django tries the patterns of all addresses one after another, which takes a third of what a call costs.
Here the parts of an address lead through a tree, whatever the number of operations. What Django itself
says of an address of each pattern is kept, so a call's match is Django's but for the ids in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.urls import ResolverMatch, URLResolver, get_resolver, resolve

EXAMPLE = "0"
"""An id as one may be: it stands for all where Django is asked."""


@dataclass(slots=True)
class _Place:
    """Where the parts so far have led: what ends here, and what may follow."""

    match: ResolverMatch | None = None
    names: tuple[str, ...] = ()
    words: dict[str, _Place] = field(default_factory=dict)
    any_word: _Place | None = None


def resolved(path: str) -> ResolverMatch:
    """What `django.urls.resolve` answers for an address of the API. Raises as it does."""
    place: _Place | None = _tree(settings.ROOT_URLCONF)
    given: list[str] = []
    for part in path[1:].split("/"):
        assert place is not None
        word = place.words.get(part)
        if word is None:
            given.append(part)
            place = place.any_word if part else None
        else:
            # Where an id could be meant as well, the order of the patterns decides.
            place = word if place.any_word is None else None
        if place is None:
            return resolve(path)
    assert place is not None
    return resolve(path) if place.match is None else _with_ids(place.match, place.names, given)


def _with_ids(found: ResolverMatch, names: tuple[str, ...], given: list[str]) -> ResolverMatch:
    match = ResolverMatch.__new__(ResolverMatch)
    vars(match).update(vars(found))
    match.kwargs = dict(zip(names, given, strict=True))
    return match


@cache
def _tree(_addresses: str) -> _Place:
    root = _Place()
    for route in _routes(get_resolver(), ""):
        path = "/" + "/".join(EXAMPLE if "<" in part else part for part in route.split("/"))
        match = resolve(path)
        if match.route == route:
            _plant(root, route, match)
    return root


def _plant(root: _Place, route: str, match: ResolverMatch) -> None:
    place, names = root, []
    for part in route.split("/"):
        if part.startswith("<"):
            names.append(part.strip("<>"))
            place.any_word = place.any_word or _Place()
            place = place.any_word
        else:
            place = place.words.setdefault(part, _Place())
    place.match, place.names = match, tuple(names)


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    """The patterns of the API's operations, whose ids are texts without a slash."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if not route.startswith("api/"):
            continue
        if isinstance(each, URLResolver):
            yield from _routes(each, route)
        elif _is_plain(route):
            yield route


def _is_plain(route: str) -> bool:
    """Whether each part is either a word or a whole id."""
    parts = route.split("/")
    return all(part.strip("<>").isidentifier() for part in parts)
