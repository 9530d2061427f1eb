"""Where a repository is: on this machine, or at an address whose scheme is allowed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from monitor.collect.git.program import PROTOCOLS
from monitor.errors import SourceUnavailable

_ADDRESS: Final = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<rest>.+)", re.I)
_HELPER: Final = re.compile(r"[A-Za-z0-9]+::")
_SCP: Final = re.compile(r"[\w.-]+@[\w.-]+:[^:].*")
_SECRET: Final = re.compile(r"(://)[^/@\s]*@")


def is_address(text: str) -> bool:
    """Whether a repository is named by where it is on a network, and not by a folder here."""
    return bool(_ADDRESS.fullmatch(text) or _HELPER.match(text) or _SCP.fullmatch(text))


def checked_address(text: str) -> str:
    """An address that may be asked. Raises SourceUnavailable with what is allowed."""
    if any(ord(letter) < 33 for letter in text) or text.startswith("-"):
        raise SourceUnavailable(f"{text!r} is no address of a repository")
    if _SCP.fullmatch(text):
        return text
    found = _ADDRESS.fullmatch(text)
    scheme = found["scheme"].lower() if found else ""
    if found is None or scheme not in PROTOCOLS:
        known = ", ".join(f"{one}://" for one in PROTOCOLS)
        raise SourceUnavailable(
            f"{without_secret(text)}: repositories are read by {known} or user@host:path"
        )
    if found["rest"].startswith("-"):
        raise SourceUnavailable(f"{without_secret(text)}: a host begins with a letter or a digit")
    return text


def without_secret(address: str) -> str:
    """The address without the name and password that may stand in it."""
    return _SECRET.sub(r"\1", address)


def local_repository(folder: Path) -> Path:
    """The repository's own folder of a work tree or a bare repository. Raises SourceUnavailable."""
    if not folder.is_dir():
        raise SourceUnavailable(f"there is no folder {folder}")
    inside = folder / ".git"
    if inside.is_file():
        return _linked(inside)
    if inside.is_dir():
        return inside
    if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
        return folder
    raise SourceUnavailable(f"{folder} is not a git repository")


def holds_repository(folder: Path) -> bool:
    """Whether a folder is a work tree or a bare repository."""
    try:
        local_repository(folder)
    except SourceUnavailable:
        return False
    return True


def _linked(file: Path) -> Path:
    """A work tree beside its repository, which a line in `.git` names."""
    text = file.read_text(encoding="utf-8", errors="replace").strip()
    target = file.parent / text.removeprefix("gitdir:").strip()
    if not text.startswith("gitdir:") or not target.is_dir():
        raise SourceUnavailable(f"{file} names no repository")
    return target
