"""Values that are made many at once are those that are made one by one."""

from dataclasses import fields

from connects.posts.rows import many
from connects.vocabulary.facts import JobFacts, JobKind


def test_posts_made_column_by_column_are_whole_and_equal() -> None:
    columns = {each.name: [each.default] * 2 for each in fields(JobFacts)}
    columns |= {"kind": [JobKind.FIXED, JobKind.HOURLY], "budget_cents": [5_00, None]}

    fixed, hourly = many(JobFacts, 2, columns)

    assert fixed == JobFacts(JobKind.FIXED, budget_cents=5_00)
    assert hourly == JobFacts(JobKind.HOURLY)
    assert len({fixed, hourly}) == 2
