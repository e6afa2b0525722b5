"""A model: the estimators that one training made, and which of them answers for a post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from connects.estimate.estimator import Estimator
from connects.estimate.pool import Pool
from connects.estimate.posts import Post
from connects.vocabulary.facts import Estimate, JobKind


@dataclass(slots=True)
class Learned:
    """What a training made: `estimators` by source and kind, and of each kind a `pool` of all sources."""

    estimators: dict[tuple[str, JobKind], Estimator]
    pools: dict[JobKind, Pool]


@dataclass(slots=True)
class Model:
    """What was trained, on what: `digest` is the SHA-256 of the training file, `trained` the day."""

    trained: str
    digest: str
    library: str
    learned: Learned

    @property
    def name(self) -> str:
        """How prices refer to it: the day of training and the beginning of the data's digest."""
        return f"{self.trained}/{self.digest[:8]}"

    @property
    def sources(self) -> set[str]:
        """Sources that have an estimator of their own."""
        return {source for source, _ in self.learned.estimators}

    def estimator(self, source: str, kind: JobKind) -> Estimator | None:
        """The one for a source and kind; None where none was trained."""
        return self.learned.estimators.get((source, kind))

    def answers_for(self, source: str, kind: JobKind) -> Estimator | Pool | None:
        """Who answers for posts of a source and kind: its own estimator, else all sources together.

        None where no post of the kind taught.
        """
        return self.estimator(source, kind) or self.learned.pools.get(kind)

    def estimate(self, post: Post) -> Estimate | None:
        """What the post's budget or rate would be, were it stated."""
        found = self.answers_for(post.source, post.kind)
        return None if found is None else found.estimate(post, self.name)

    def estimate_many(self, posts: Sequence[Post]) -> list[Estimate | None]:
        """The same for many posts, in their order; needs NumPy."""
        places: dict[tuple[str, JobKind], list[int]] = defaultdict(list)
        for place, post in enumerate(posts):
            places[post.source, post.kind].append(place)
        answers: list[Estimate | None] = [None] * len(posts)
        for (source, kind), own in places.items():
            answering = self.answers_for(source, kind)
            if answering is None:
                continue
            found = answering.estimate_many([posts[place] for place in own], self.name)
            for place, estimate in zip(own, found, strict=True):
                answers[place] = estimate
        return answers
