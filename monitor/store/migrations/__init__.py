"""The schema's steps, one for each release. `upgrading.py` runs what is missing when a store is
opened."""

HEAD = "0008"
"""The newest revision. It stands here so that opening an up-to-date database imports no Alembic."""

LAST_BETWEEN = "0007"
"""The last revision between 0.1 and 0.2: it lacks only the end of the step to 0.2."""

KNOWN = frozenset(("0003", LAST_BETWEEN, HEAD))
"""What this program can bring up to date: release 0.1, the above, and what needs nothing."""
