"""Tells each reader what changed in a situation, whether it matters, and who says so."""

__version__ = "0.1.0"
