"""Runs migrations over the connection that `storage.schema` hands in."""

from alembic import context

from storage.tables import metadata


def run() -> None:
    """All steps in one transaction, batch mode for SQLite."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
