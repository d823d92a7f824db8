"""Arriving in a group, moving with it, losing rights, leaving."""

from handlers.feature import Feature

FEATURE = Feature()
