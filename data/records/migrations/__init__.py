"""Steps from each released schema to the next; Alembic runs them (`data.records.schema`)."""
