"""The version of each reader, so that a label says whose finding it judges."""

VERSIONS = {"plain": "plain-6", "snownlp": "snownlp-1"}
"""Raised whenever a change of rules or tables changes what a reader finds."""


def version_named(name: str) -> str:
    """The version of the reader somebody chose; empty where none reads."""
    return VERSIONS.get(name, "")
