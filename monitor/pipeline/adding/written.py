"""A source written down for people to edit: `config/sources.d/NAME.toml` and the kind beside it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from monitor.errors import Conflict, MonitorError
from monitor.model.record import Record
from monitor.pipeline.adding.proposal import Proposal
from monitor.settings import Settings
from monitor.settings.added import FOLDER


class Reader(Record):
    """Who is told, and when."""

    address: str
    cadence: str
    zone: str
    language: str


def home_of(settings: Settings) -> Path:
    """The folder that holds what is watched beyond monitor.toml."""
    folder = settings.file.absolute().parent if settings.file else settings.base / "config"
    return folder / FOLDER


def make_home(home: Path) -> None:
    """Before a long history is taken in, because it is no use without the file that names it.

    Raises MonitorError where nothing can be written there.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except FileExistsError:
        raise MonitorError(f"{home} is a file, want a folder for what is watched") from None
    except OSError as error:
        raise MonitorError(f"{home} cannot be written: {error.strerror}") from error


def text_of(proposal: Proposal, readers: Sequence[Reader]) -> str:
    """The file of a source as TOML: what was said or found, and nothing that has a default."""
    keys = {**proposal.wanted.keys, "situation": proposal.shaping.situation}
    if proposal.shaping.title is not None:
        keys["title"] = proposal.shaping.title
    lines = [
        f"# Written by `monitor watch` for {proposal.source.where}; it is yours to edit.",
        "# config/monitor.toml explains every key. What was found of the entries stands in",
        f"# {proposal.wanted.name}.kind.yaml beside this.",
        "",
        f"[sources.{_key(proposal.wanted.name)}]",
        *(f"{_key(name)} = {_value(value)}" for name, value in keys.items()),
    ]
    for reader in readers:
        lines += [
            "",
            "[[subscriptions]]",
            f"address = {_value(reader.address)}",
            f"name = {_value(proposal.wanted.name)}",
            f"situations = [{_value(proposal.shaping.situation)}]",
            f"cadence = {_value(reader.cadence)}",
            f"zone = {_value(reader.zone)}",
            f"language = {_value(reader.language)}",
        ]
    return "\n".join(lines) + "\n"


def write_kind(proposal: Proposal, home: Path) -> Path | None:
    """The kind, where one was found and none lies there. Raises Conflict, MonitorError."""
    if proposal.kind is None:
        return None
    path = home / f"{proposal.wanted.name}.kind.yaml"
    _write(path, proposal.kind)
    return path


def write_config(text: str, path: Path) -> None:
    """Whole or not at all: a running service reads it as soon as it is there."""
    _write(path, text)


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        # A link, because renaming would replace what somebody else has written meanwhile.
        os.link(beside, path)
    except FileExistsError:
        raise Conflict(f"{path} is there already; choose another --name, or edit it") from None
    except OSError as error:
        raise MonitorError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)


def _key(name: str) -> str:
    plain = name.replace("-", "").replace("_", "")
    return name if plain.isascii() and plain.isalnum() else json.dumps(name)


def _value(value: Any) -> str:
    """A value as TOML: a basic string is what JSON writes, but for the character U+007F."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(name)} = {_value(part)}" for name, part in value.items())
        return f"{{{inside}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
