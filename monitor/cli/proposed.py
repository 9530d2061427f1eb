"""A proposal in lines: how a place was read and what was found in it, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.compare.alike import KEY
from monitor.model.text import visible
from monitor.pipeline.adding.proposal import Listed, Proposal
from monitor.words.en.values import counted

_MATCHED = "are matched by"  # is said where the list is
_WIDTH = 11
_LONG = 60


def lines_of(proposal: Proposal) -> Iterator[str]:
    yield _line("watched", f"{proposal.source.where} ({_size(proposal.size)})")
    for found in proposal.newest.found[:5]:
        yield _line("read as", found)
    if len(proposal.newest.found) > 5:
        yield _line("", f"and {len(proposal.newest.found) - 5} files more")
    yield _line("situation", proposal.shaping.situation)
    yield _line("state of", _time(proposal.as_of))
    if proposal.versions > 1:
        yield _line("history", counted(proposal.versions, "version"))
    for listed in proposal.lists:
        yield from _listed(listed)
    for note in proposal.notes:
        if _MATCHED not in note:
            yield _line("note", visible(note))


def _listed(listed: Listed) -> Iterator[str]:
    keys = " or ".join("their names" if key == KEY else key for key in listed.keys)
    how = f"told apart by {keys}" if keys else "compared by content: nothing tells them apart"
    yield _line("found", f"{listed.title}: {_entries(listed.count)}, {how}")
    for name in listed.names:
        short = visible(name)
        yield _line("", f"  {short[:_LONG]}{'…' if len(short) > _LONG else ''}")
    if listed.count > len(listed.names):
        yield _line("", "  …")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _time(as_of: str) -> str:
    """`2026-02-15`, `2026-02-15 12:48 UTC`."""
    day, _, time = as_of.partition("T")
    return f"{day} {time[:5]} UTC" if time else day


def _line(head: str, text: str) -> str:
    return f"{head:<{_WIDTH}}{text}".rstrip()


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:,.1f} kB" if count < 1_000_000 else f"{count / 1e6:,.1f} MB"
