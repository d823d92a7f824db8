"""The Alembic tree; it works without an ini file, from wherever the package lies."""
