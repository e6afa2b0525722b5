"""A model: the estimators that one training made, and which of them answers for a post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from connects.estimate.estimator import Estimator
from connects.estimate.posts import Post
from connects.vocabulary.facts import Estimate, JobKind


@dataclass(slots=True)
class Model:
    """What was trained, on what: `digest` is the SHA-256 of the training file, `trained` the day.

    `estimators` are by source and kind; sources are never mixed.
    """

    trained: str
    digest: str
    library: str
    estimators: dict[tuple[str, JobKind], Estimator]

    @property
    def name(self) -> str:
        """How prices refer to it: the day of training and the beginning of the data's digest."""
        return f"{self.trained}/{self.digest[:8]}"

    def estimator(self, post: Post) -> Estimator | None:
        """The one for the post's source and kind; None where none was trained."""
        return self.estimators.get((post.source, post.kind))

    def estimate(self, post: Post) -> Estimate | None:
        """What the post's budget or rate would be, were it stated."""
        found = self.estimator(post)
        return None if found is None else found.estimate(post, self.name)

    def estimate_many(self, posts: Sequence[Post]) -> list[Estimate | None]:
        """The same for many posts, in their order; needs NumPy."""
        places: dict[tuple[str, JobKind], list[int]] = defaultdict(list)
        for place, post in enumerate(posts):
            places[post.source, post.kind].append(place)
        answers: list[Estimate | None] = [None] * len(posts)
        for key, own in places.items():
            estimator = self.estimators.get(key)
            if estimator is None:
                continue
            found = estimator.estimate_many([posts[place] for place in own], self.name)
            for place, estimate in zip(own, found, strict=True):
                answers[place] = estimate
        return answers
