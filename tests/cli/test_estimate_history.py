"""A marketplace's own posts can be written down to train on, and say nothing that they should not."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from connects.bootstrap.clock import held_at
from connects.cli.main import main
from connects.market.jobs.models import Job
from connects.posts.posts import read_posts
from tests.market.people import NOON, posted, town

pytestmark = pytest.mark.django_db


def test_the_history_reads_back_as_the_posts_that_were_made(tmp_path: Path) -> None:
    with held_at(NOON):
        here = town()
        made = posted(here.client, "A secret plan", budget_cents=123_45)
    Job.objects.filter(pk=made.pk).update(level="expert", hours_least=30, category="Web")
    file = tmp_path / "history.csv"

    ran = CliRunner().invoke(main, ["estimate", "history", str(file)])

    assert ran.exit_code == 0, ran.output
    found = {post.job_id: post for post in read_posts(str(file)).posts}
    assert len(found) == Job.objects.count()
    post = found[str(made.pk)]
    assert (post.budget_cents, post.level, post.workload) == (123_45, "expert", "30_plus")
    assert (post.category, post.client, post.source) == ("Web", str(here.client.pk), "own")
    assert post.title_characters == len("A secret plan")
    assert post.hour == NOON.hour
    assert "secret" not in file.read_text()


def test_texts_are_written_on_request_only_and_each_on_one_line(tmp_path: Path) -> None:
    with held_at(NOON):
        here = town()
        made = posted(here.client, "A secret plan", budget_cents=123_45)
    Job.objects.filter(pk=made.pk).update(description='First "line"\nand another')
    file = tmp_path / "history.csv"

    ran = CliRunner().invoke(main, ["estimate", "history", str(file), "--texts"])

    assert ran.exit_code == 0, ran.output
    post = next(p for p in read_posts(str(file)).posts if p.job_id == str(made.pk))
    assert (post.title, post.description) == ("A secret plan", 'First "line" and another')


def test_it_goes_to_standard_output_and_refuses_a_place_that_is_none(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["estimate", "history", "-"])
    assert next(csv.reader([ran.output]))[:2] == ["job_id", "source"]

    ran = CliRunner().invoke(main, ["estimate", "history", str(tmp_path / "none" / "file.csv")])
    assert ran.exit_code == 2
    assert "No such file" in ran.output
