"""What the table files share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData

from monitor.store.columns import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identity() -> Column[int]:
    return Column("id", Id, primary_key=True)


def reference(
    name: str, target: str, *, nullable: bool = False, delete: str | None = None
) -> Column[Any]:
    """A column holding the id of `target` (`table.column`)."""
    return Column(name, Id, ForeignKey(target, ondelete=delete), nullable=nullable)
