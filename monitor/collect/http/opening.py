"""From what a configuration says of an address to how it is asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from monitor.collect.http.asking import HttpPlace
from monitor.collect.http.pages import Paging
from monitor.errors import SourceUnavailable
from monitor.net.address import read_address
from monitor.net.agent import agent
from monitor.net.guard import Named, named_places


class Written(Protocol):
    """What is asked of the settings of an address."""

    @property
    def http(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def as_of(self) -> str | None: ...
    @property
    def next(self) -> str | None: ...
    @property
    def items(self) -> str: ...
    @property
    def confirm(self) -> timedelta | None: ...
    @property
    def timeout(self) -> timedelta: ...
    @property
    def private(self) -> tuple[str, ...]: ...
    @property
    def ca_file(self) -> str | None: ...
    @property
    def contact(self) -> str: ...


def place_of(written: Written, base: Path) -> HttpPlace:
    """How the address is asked. Secrets are read when they are sent, so that nothing fails here."""
    plain = {name: text for name, text in written.headers.items() if not _is_elsewhere(text)}
    return HttpPlace(
        address=written.http,
        headers=plain,
        secret=Secrets({n: t for n, t in written.headers.items() if _is_elsewhere(t)}, base),
        as_of=written.as_of,
        paging=Paging(next=written.next, items=written.items) if written.next else None,
        confirm=written.confirm,
        seconds=written.timeout.total_seconds(),
        agent=agent(written.contact),
        named=named_with(written.http, written.private),
        ca_file=str(base / written.ca_file) if written.ca_file else None,
    )


def named_with(address: str, private: Sequence[str]) -> Named:
    """A number, or this machine's own name, that stands in the address itself is named by that."""
    places = list(private)
    try:
        host = read_address(address).host
    except SourceUnavailable:
        host = ""  # told when it is asked
    if host == "localhost" or ":" in host or host.replace(".", "").isdigit():
        places.append(host)
    return named_places([place for place in places if place])


class Secrets(Mapping[str, str]):
    """Headers whose values are in the environment or in files; read when they are asked for."""

    def __init__(self, places: Mapping[str, str], base: Path) -> None:
        self._places = places
        self._base = base

    def __getitem__(self, name: str) -> str:
        sort, _, place = self._places[name].partition(":")
        text = _of_environment(place) if sort == "env" else _of_file(self._base / place)
        if not text.isascii() or any(ord(letter) < 32 for letter in text):
            raise SourceUnavailable(f"the value of the header {name} has characters it cannot have")
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _is_elsewhere(text: str) -> bool:
    return text.startswith(("env:", "file:"))


def _of_environment(name: str) -> str:
    if name not in os.environ:
        raise SourceUnavailable(f"{name} is not in the environment; a header needs it")
    return os.environ[name].strip()


def _of_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        raise SourceUnavailable(f"{path} cannot be read: {reason}; a header needs it") from None
