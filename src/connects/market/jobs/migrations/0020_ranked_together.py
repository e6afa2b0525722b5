"""Posts whose numbers of proposals change together are ranked together: once a statement, not once a row."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TOGETHER = (
    "DROP TRIGGER job_ranked_again ON jobs_job",
    """
    CREATE OR REPLACE FUNCTION jobs_rank_again() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE jobs_ranking AS ranking
        SET is_open = changed.status = 'open', proposals = changed.proposal_count
        FROM changed WHERE ranking.job = changed.id
        AND (ranking.is_open, ranking.proposals)
            <> (changed.status = 'open', changed.proposal_count);
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER job_ranked_again AFTER UPDATE ON jobs_job
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION jobs_rank_again()
    """,
)
ONE_BY_ONE = (
    "DROP TRIGGER job_ranked_again ON jobs_job",
    """
    CREATE OR REPLACE FUNCTION jobs_rank_again() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE jobs_ranking SET is_open = NEW.status = 'open', proposals = NEW.proposal_count
        WHERE job = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER job_ranked_again AFTER UPDATE OF status, proposal_count ON jobs_job
    FOR EACH ROW
    WHEN (OLD.status <> NEW.status OR OLD.proposal_count <> NEW.proposal_count)
    EXECUTE FUNCTION jobs_rank_again()
    """,
)


def rank_together(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _do(schema_editor, TOGETHER)


def rank_one_by_one(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _do(schema_editor, ONE_BY_ONE)


def _do(schema_editor: BaseDatabaseSchemaEditor, statements: tuple[str, ...]) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("jobs", "0019_ranking")]
    operations = [migrations.RunPython(rank_together, rank_one_by_one)]
