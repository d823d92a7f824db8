"""Whose a matter is, is looked up by every thanks; what is done is in no index any more."""

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
    op.create_index("ix_matters_owner", "matters", ["owner"], unique=False)
