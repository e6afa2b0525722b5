"""The number of proposals leaves the indexes of posts, so that to count one more changes their row alone.

PostgreSQL keeps the order in a table of its own, by triggers; see `JobRanking`.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = (
    # Room in each page lets an update stay beside the row that it replaces, without index entries.
    "ALTER TABLE jobs_job SET (fillfactor = 85)",
    """
    CREATE TABLE jobs_ranking (
        job BIGINT NOT NULL PRIMARY KEY,
        is_open BOOLEAN NOT NULL,
        proposals INTEGER NOT NULL
    ) WITH (fillfactor = 85)
    """,
    "INSERT INTO jobs_ranking SELECT id, status = 'open', proposal_count FROM jobs_job",
    "CREATE INDEX jobs_ranking_fewest ON jobs_ranking (proposals, job DESC) WHERE is_open",
    "CREATE INDEX jobs_ranking_most ON jobs_ranking (proposals, job)",
    """
    CREATE FUNCTION jobs_rank() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO jobs_ranking VALUES (NEW.id, NEW.status = 'open', NEW.proposal_count)
        ON CONFLICT (job) DO UPDATE
        SET is_open = EXCLUDED.is_open, proposals = EXCLUDED.proposals;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION jobs_rank_again() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE jobs_ranking SET is_open = NEW.status = 'open', proposals = NEW.proposal_count
        WHERE job = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION jobs_rank_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM jobs_ranking WHERE job = OLD.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER job_ranked AFTER INSERT ON jobs_job
    FOR EACH ROW EXECUTE FUNCTION jobs_rank()
    """,
    """
    CREATE TRIGGER job_ranked_again AFTER UPDATE OF status, proposal_count ON jobs_job
    FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.proposal_count <> NEW.proposal_count)
    EXECUTE FUNCTION jobs_rank_again()
    """,
    """
    CREATE TRIGGER job_ranked_no_more AFTER DELETE ON jobs_job
    FOR EACH ROW EXECUTE FUNCTION jobs_rank_no_more()
    """,
)
DROPPED = (
    "DROP TRIGGER job_ranked ON jobs_job",
    "DROP TRIGGER job_ranked_again ON jobs_job",
    "DROP TRIGGER job_ranked_no_more ON jobs_job",
    "DROP FUNCTION jobs_rank, jobs_rank_again, jobs_rank_no_more",
    "DROP TABLE jobs_ranking",
    "ALTER TABLE jobs_job RESET (fillfactor)",
)


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in KEPT:
            schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in DROPPED:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0018_words_are_kept")]
    operations = [
        migrations.CreateModel(
            name="JobRanking",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        db_column="job",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="ranking",
                        serialize=False,
                        to="jobs.job",
                    ),
                ),
                ("is_open", models.BooleanField()),
                ("proposals", models.PositiveIntegerField()),
            ],
            options={"db_table": "jobs_ranking", "managed": False},
        ),
        migrations.RunPython(create, drop),
        migrations.RemoveIndex(model_name="job", name="job_most_proposals"),
        migrations.RemoveIndex(model_name="job", name="job_fewest_proposals"),
    ]
