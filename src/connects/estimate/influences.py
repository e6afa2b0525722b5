"""Find what an estimate rests on: how it would change if the post had left something out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from connects.estimate.model import Model
from connects.estimate.posts import Post
from connects.vocabulary.amounts import Cents

_LEFT_OUT: dict[str, Callable[[Post], Post]] = {
    "level": lambda p: replace(p, level=""),
    "duration": lambda p: replace(p, duration=""),
    "hours a week": lambda p: replace(p, workload=""),
    "category": lambda p: replace(p, category="", subcategory=""),
    "skills": lambda p: replace(p, skills=()),
    "country": lambda p: replace(p, country=""),
    "client's other posts": lambda p: replace(p, client=""),
    "client's record": lambda p: replace(
        p, client_spend=None, client_reviews=None, client_rating=None, client_hires=None
    ),
    "title's length": lambda p: replace(p, title_characters=None),
    "description's length": lambda p: replace(p, description_characters=None),
    "title's words": lambda p: replace(p, title=""),
    "description's words": lambda p: replace(p, description=""),
    "people to hire": lambda p: replace(p, freelancers_to_hire=None),
    "hour of posting": lambda p: replace(p, hour=None),
}


@dataclass(frozen=True, slots=True)
class Influence:
    """The estimate without one input of the post."""

    input: str
    cents_without: Cents


def influences(model: Model, post: Post) -> list[Influence]:
    """The inputs that the post has and that matter to its estimate, the weightiest first."""
    with_all = model.estimate(post)
    if with_all is None:
        return []
    found = []
    for name, without in _LEFT_OUT.items():
        changed = without(post)
        other = model.estimate(changed) if changed != post else None
        if other is not None and other.cents != with_all.cents:
            found.append(Influence(name, other.cents))
    whole = with_all.cents
    return sorted(
        found, key=lambda i: max(i.cents_without / whole, whole / i.cents_without), reverse=True
    )
