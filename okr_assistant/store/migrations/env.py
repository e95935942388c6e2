"""What Alembic runs for every upgrade: our connection, in the transaction that it is in."""

from __future__ import annotations

from alembic import context

from okr_assistant.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
