"""Writes what the tables add to the version before it as a migration.

Run as `python -m storage.migrations.regenerate BEFORE NEW NAME` while a version is in the making,
and look it over: conditions of indexes are not seen. A test holds migrations and tables equal.
"""

import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from storage.tables import metadata

HERE = Path(__file__).parent
HEADER = '''"""What is new."""

import sqlalchemy as sa
from alembic import op

revision = "{new}"
down_revision = "{before}"


def upgrade() -> None:
    """What it changes."""
'''


def source(before: str, new: str) -> str:
    """The migration as Python."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, before)
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        made = produce_migrations(context, metadata)
    if made.upgrade_ops is None:
        raise LookupError("nothing has changed")
    body = render_python_code(made.upgrade_ops, render_as_batch=True)
    return HEADER.format(before=before, new=new) + "    " + body.strip() + "\n"


if __name__ == "__main__":
    before, new, name = sys.argv[1:]
    target = HERE / "versions" / f"v{new}_{name}.py"
    target.write_text(source(before, new), encoding="utf-8")
