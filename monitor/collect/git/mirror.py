"""The repository that is asked: the one in a folder here, or our copy of one at an address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from monitor.collect.git.commits import tip
from monitor.collect.git.place import checked_address, local_repository, without_secret
from monitor.collect.git.program import ask
from monitor.collect.http.opening import named_with
from monitor.errors import SourceUnavailable
from monitor.net.guard import addresses_of, named_places

FETCH: Final = 900.0
"""Seconds for the first copy of a repository, and for what is new in it later."""

_TIP: Final = "refs/heads/monitor-tip"


class Repository(Protocol):
    """A repository on this machine once it is ready."""

    def ready(self) -> Path:
        """Where it is, as new as it can be had. Raises SourceUnavailable."""

    def tip(self) -> str:
        """The id of the newest commit of the branch that is followed. Raises SourceUnavailable."""

    @property
    def name(self) -> str:
        """How people call it, without a secret."""


class LocalRepository:
    """A folder with a repository, read where it is and never written to."""

    def __init__(self, folder: Path, *, name: str, branch: str | None = None) -> None:
        self._folder = folder
        self._branch = branch
        self.name = name

    def ready(self) -> Path:
        return local_repository(self._folder)

    def tip(self) -> str:
        return tip(self.ready(), self._branch)


class Mirror:
    """A copy of one branch below `folder`, without a work tree; each `ready` asks the address.

    `since` bounds how much of the history is fetched, where the server can do that; `private` are
    hosts and networks beyond the public one that may be asked.
    """

    def __init__(
        self,
        address: str,
        folder: Path,
        *,
        branch: str | None = None,
        since: str | None = None,
        private: Sequence[str] = (),
    ) -> None:
        self._address = address
        self._private = tuple(private)
        self._branch = branch
        self._since = since
        self.name = without_secret(address)
        self._copy = folder / _slug(address, branch)

    def ready(self) -> Path:
        address = checked_address(self._address)
        if not (self._copy / "HEAD").is_file():
            self._copy.parent.mkdir(parents=True, exist_ok=True)
            ask(None, "init", "--quiet", "--bare", "--template=", "--", str(self._copy))
        branch = f"refs/heads/{self._branch}" if self._branch else "HEAD"
        wanted = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"]
        if self._since and not self._is_begun():
            try:
                self._fetch([*wanted, f"--shallow-since={self._since}"], address, branch)
            except SourceUnavailable:
                # A server of an older sort, or no commit that young: the whole history then.
                pass
            else:
                return self._copy
        self._fetch(wanted, address, branch)
        return self._copy

    def tip(self) -> str:
        return tip(self._copy, _TIP.removeprefix("refs/heads/"))

    def _fetch(self, wanted: list[str], address: str, branch: str) -> None:
        spec = f"+{branch}:{_TIP}"
        pinned = pin(address, self._private)
        try:
            ask(
                self._copy,
                *wanted,
                "--end-of-options",
                address,
                spec,
                settings=pinned,
                seconds=FETCH,
            )
        except SourceUnavailable as error:
            text = without_secret(str(error))
            raise SourceUnavailable(f"{self.name}: {_explained(text)}") from None

    def _is_begun(self) -> bool:
        try:
            self.tip()
        except SourceUnavailable:
            return False
        return True


def pin(address: str, private: Sequence[str]) -> list[str]:
    """Settings that hold git to the addresses that were checked. Raises SourceUnavailable."""
    if _scheme(address) not in ("http", "https"):
        host = re.sub(r"^(?:ssh://)?(?:[^@/]*@)?", "", address)
        addresses_of(re.split(r"[:/]", host)[0], 22, named_places(private))
        return []
    place = urlsplit(without_secret(address))
    host, port = place.hostname or "", place.port or (443 if place.scheme == "https" else 80)
    found = addresses_of(host, port, named_with(without_secret(address), private))
    inside = ",".join(f"[{one}]" if ":" in one else one for one in found)
    return ["-c", f"http.curloptResolve={host}:{port}:{inside}"]


def _scheme(address: str) -> str:
    return address.partition("://")[0].lower() if "://" in address else "ssh"


def _slug(address: str, branch: str | None) -> str:
    """A folder's name that tells one address from another and says which it is."""
    last = re.sub(r"[^\w.-]+", "-", without_secret(address).rstrip("/").rpartition("/")[2])
    digest = hashlib.sha256(f"{address}\0{branch or ''}".encode()).hexdigest()[:12]
    return f"{last.removesuffix('.git').strip('.-')[:40] or 'repository'}-{digest}.git"


def _explained(text: str) -> str:
    """What git says of a redirect that it was not allowed to follow, in words that help."""
    if re.search(r"error: 30[1278]", text):
        return "it answers from another address; name that one in the configuration"
    return text
