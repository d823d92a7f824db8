"""Fewer indexes for each message to keep: none of what is done, none of when it was read.

Whose a matter is gets one: every thanks looks it up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Changes indexes only."""
    op.drop_index("ix_arrivals_state", table_name="arrivals")
    op.create_index(
        "ix_arrivals_state",
        "arrivals",
        ["state", "update_id"],
        unique=False,
        sqlite_where=sa.text("raw IS NOT NULL"),
        postgresql_where=sa.text("raw IS NOT NULL"),
    )
    op.drop_index("ix_readings_at", table_name="readings")
    op.create_index("ix_matters_owner", "matters", ["owner"], unique=False)
