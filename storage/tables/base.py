"""What all tables share: one catalogue with fixed names, and the width of Telegram's ids."""

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

Long = BigInteger().with_variant(Integer(), "sqlite")
"""A Telegram identifier: up to 52 bits."""
