"""Run by Alembic with the connection that `data.records.schema` gives it."""

from alembic import context

from data.records.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
