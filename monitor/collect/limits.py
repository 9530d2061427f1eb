"""What bounds a document before anything looks into it."""

from __future__ import annotations

from monitor.model.tuples import NamedTuple


class Limits(NamedTuple):
    """The defaults fit a snapshot that people write by hand with room to spare.

    The shipped situation has 60 kB a snapshot; 8 MiB is over a hundred times that. `large` is for
    files that a person named on the command line.
    """

    bytes: int = 8 * 1024 * 1024
    depth: int = 64
    """Lists and objects inside one another; the root counts as 1."""
    nodes: int = 1_000_000
    """Values and names, with what aliases repeat counted each time."""
    aliases: int = 1_000
    repeated: int = 1_000_000
    """Values and names that aliases may repeat in all: a few hundred bytes can ask for billions."""

    digits: int = 0
    """An integer beyond 64 bits may have so many. By default there is none: many readers of JSON
    would make another number of it."""

    @classmethod
    def large(cls) -> Limits:
        return cls(bytes=512 * 1024 * 1024, depth=256, nodes=64_000_000, digits=1_000)
