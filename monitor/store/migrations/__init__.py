"""The schema's steps. `upgrading.py` runs what is missing when a store is opened."""

HEAD = "0007"
"""The newest revision. It stands here so that opening an up-to-date database imports no Alembic."""
