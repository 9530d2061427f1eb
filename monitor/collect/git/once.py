"""One file or folder of one commit, as a person names it: `REPOSITORY@REVISION:PATH`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from monitor.collect.bundle import pack
from monitor.collect.git.commits import commit_named
from monitor.collect.git.objects import Objects, TooLarge
from monitor.collect.git.place import holds_repository, local_repository
from monitor.collect.limits import Limits
from monitor.errors import NotFound, SourceUnavailable
from monitor.model.tuples import NamedTuple

FILES: Final = 20_000
_FORM: Final = re.compile(r"(?P<repository>.*)@(?P<revision>[^@:]+):(?P<path>.*)", re.S)


class Named(NamedTuple):
    """A path at a commit of a repository in a folder here."""

    repository: Path
    revision: str
    path: str


class Found(NamedTuple):
    """Its bytes; a bundle of files where the path is a folder."""

    data: bytes
    is_bundle: bool


def named(text: str) -> Named | None:
    """What a person means; None for what has another form, or names no repository here.

    `@HEAD~1:data/a.csv` is one in the folder where one stands.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    folder = Path(found["repository"] or ".")
    if not holds_repository(folder):
        return None
    return Named(folder, found["revision"], found["path"].strip("/"))


def read_at(wanted: Named, limits: Limits) -> Found:
    """Raises NotFound with what is missing, or how it is too large."""
    try:
        repository = local_repository(wanted.repository)
        commit = commit_named(repository, wanted.revision)
        with Objects(repository) as objects:
            entry = objects.at(commit, wanted.path)
            if entry is None:
                raise NotFound(f"there is no {wanted.path} in {wanted.repository}@{commit[:7]}")
            if not entry.is_folder:
                return Found(objects.blob(entry.id, limits.bytes), is_bundle=False)
            files: dict[str, bytes] = {}
            left = limits.bytes
            for name, number in objects.files(entry, FILES):
                files[name] = objects.blob(number, left)
                left -= len(files[name])
            return Found(pack(files), is_bundle=True)
    except SourceUnavailable as error:
        raise NotFound(f"{wanted.repository}: {error}") from None
    except (TooLarge, ValueError) as error:
        raise NotFound(f"{wanted.path} in {wanted.repository}: {error}") from None
