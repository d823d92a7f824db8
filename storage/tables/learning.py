"""What people judged: labels, lent words, draws, counts, and what is switched off."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Long, metadata

labels = Table(
    "labels",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("week", String(8), nullable=False),
    Column("finding", String(8), nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("truth", Boolean, comment="what a person says; empty where they are unsure"),
    Column("score", Float),
    Column("reader", String(32), nullable=False),
    Column("judge", String(12), nullable=False, comment="a role, never a person"),
    Column("audited", Boolean, nullable=False, comment="chance drew it"),
    Column("chat", Long, comment="where it was said; 35 days, as its reading"),
    Column("message", Long),
    UniqueConstraint("chat", "message", "finding"),
)
Index("ix_labels_week", labels.c.community, labels.c.week)

samples = Table(
    "samples",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("week", String(8), nullable=False),
    Column("finding", String(8), nullable=False),
    Column("truth", Boolean, nullable=False),
    Column("text", Text, nullable=False, comment="words: masked, where switched on; 90 days"),
    Column("chat", Long, comment="where it was said; 35 days, as its reading"),
    Column("message", Long),
    UniqueConstraint("chat", "message", "finding"),
)
Index("ix_samples_community", samples.c.community)

draws = Table(
    "draws",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("week", String(8), nullable=False),
    Column("finding", String(8), nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("chat", Long, nullable=False),
    Column("message", Long, nullable=False),
    Column("lot", Float, nullable=False),
    Column("state", String(8), nullable=False),
    Column("letter", String(24), nullable=False, default="", comment="the copy that is shown"),
    UniqueConstraint("chat", "message", "finding"),
)
Index("ix_draws_week", draws.c.community, draws.c.week)

strata = Table(
    "strata",
    metadata,
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("week", String(8), primary_key=True),
    Column("finding", String(8), primary_key=True),
    Column("flagged", Boolean, primary_key=True),
    Column("seen", Integer, nullable=False),
    Column("bar", Float, nullable=False, comment="the highest lot that is still drawn"),
)

gates = Table(
    "gates",
    metadata,
    Column("community", ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("finding", String(8), primary_key=True),
    Column("off", Boolean, nullable=False),
    Column("fresh", String(8), nullable=False, comment="the first week that counts"),
)
