"""Writes the newest migration anew: what the tables add to the version before it.

Run as `python -m storage.migrations.regenerate` while a version is in the making; a test holds
migrations and tables equal.
"""

from pathlib import Path

from alembic import command
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from storage.tables import metadata

HERE = Path(__file__).parent
BEFORE, NEW = "0002", "0004"
TARGET = HERE / "versions" / "v0004_learning.py"
HEADER = f'''"""What people judged of the readings: labels, samples, draws, gates."""

import sqlalchemy as sa
from alembic import op

revision = "{NEW}"
down_revision = "{BEFORE}"


def upgrade() -> None:
    """Adds tables; nothing that is there is lost."""
'''


def source() -> str:
    """The migration as Python."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
        context = MigrationContext.configure(connection, opts={"render_as_batch": True})
        made = produce_migrations(context, metadata)
    if made.upgrade_ops is None:
        raise LookupError("nothing has changed")
    body = render_python_code(made.upgrade_ops, render_as_batch=True)
    return HEADER + "    " + body.strip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
