"""Writes versions/0001_first.py anew from the tables; only until the first release.

Run as `python -m storage.migrations.regenerate`; a test holds migration and tables equal.
"""

from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from storage.tables import metadata

TARGET = Path(__file__).parent / "versions" / "v0001_first.py"
HEADER = '''"""All tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes every table."""
'''


def source() -> str:
    """The migration as Python."""
    with create_engine("sqlite://").connect() as connection:
        made = produce_migrations(
            MigrationContext.configure(connection, opts={"render_as_batch": True}), metadata
        )
    if made.upgrade_ops is None:
        raise LookupError("there are no tables")
    body = render_python_code(made.upgrade_ops, render_as_batch=True)
    return HEADER + "    " + body.strip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
