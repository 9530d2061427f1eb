"""The schema's steps, one for each release. `upgrade.py` runs what is missing when a store is
opened."""

HEAD = "0017"
"""The newest revision. It stands here so that opening an up-to-date database imports no Alembic."""

BETWEEN = ("0007", "0008")
"""Revisions between 0.1 and 0.2: they lack only the end of the step to 0.2."""

KNOWN = frozenset(("0003", *BETWEEN, "0009", "0010", HEAD))
"""What this program can bring up to date: releases 0.1 to 0.3, those between, and the newest."""
