"""On real posts, where the shared table lies beside the checkout."""

import pytest

from connects.estimate.evaluation import evaluate
from connects.estimate.model import Model
from connects.estimate.training import train
from connects.posts.posts import read_posts
from connects.vocabulary.facts import JobKind
from tests.architecture.sources import ROOT

SHARED = ROOT.parent / "shared" / "data" / "jobs.csv.gz"


@pytest.mark.skipif(
    not SHARED.exists(), reason="the table of real posts does not lie beside this checkout"
)
def test_a_part_of_source_a_is_enough_to_beat_the_best_median_with_honest_intervals() -> None:
    posts = [p for p in read_posts(str(SHARED)).posts if (p.source, p.kind) == ("A", JobKind.FIXED)]
    posts.sort(key=lambda post: post.fingerprint)

    model = Model("2026-01-29", "d" * 64, "test", train(posts[:1_400]))
    figures = evaluate(model, posts[1_400:])["A"]

    assert float(str(figures["improvement"])) > 0.10
    assert 0.77 < float(str(figures["coverage_80"])) < 0.83
    assert float(str(figures["band_agreement"])) > 0.05 + float(
        str(figures["best_baseline_band_agreement"])
    )
