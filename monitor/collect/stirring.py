"""In which folders something has happened since it was last asked, as the system tells it.

That is a hint which saves looks, and never the truth: a look at the folder is. Where the system
cannot tell (another machine's disk, no such library, too many folders), every folder counts as
stirred. Nothing runs between two questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from monitor.model.tuples import NamedTuple

if TYPE_CHECKING:
    import watchfiles
else:
    from monitor.model.later import later

    watchfiles = later("watchfiles")

MOUNTS: Final = Path("/proc/self/mountinfo")

LOCAL: Final = frozenset(
    ("bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs")
)
"""File systems on which nobody but this machine's kernel writes, so that it can tell."""

_PLACE: Final = 4


class _Watched(NamedTuple):
    """`id` is what told the folder from another one that came into its place."""

    path: Path
    id: tuple[int, int]


class Stirring:
    """Asks for changes in folders, by the names of their sources."""

    def __init__(self, mounts: Path = MOUNTS) -> None:
        self._mounts = mounts
        self._watched: dict[str, _Watched] = {}
        self._asked: dict[str, Path] = {}
        self._changes: Iterator[set[tuple[Any, str]]] | None = None

    def stirred(self, folders: Mapping[str, Path]) -> frozenset[str]:
        """Names of the folders in which something may have happened since the last question, and
        of those of which nobody can tell."""
        same = self._asked == folders and all(map(_is_there, self._watched.values()))
        if not same:
            self._begin(folders)
            return frozenset(folders)
        changed = self._next()
        if changed is None:
            return frozenset(folders)
        unwatched = folders.keys() - self._watched.keys()
        stirred = {above for path in changed for above in (path, *map(str, Path(path).parents))}
        return frozenset(unwatched).union(
            name for name, one in self._watched.items() if str(one.path) in stirred
        )

    def _begin(self, folders: Mapping[str, Path]) -> None:
        self._close()
        self._asked, self._watched = dict(folders), {}
        mounts = _mounts(self._mounts)
        for name, folder in folders.items():
            with suppress(OSError):
                path = folder.resolve(strict=True)
                if _is_local(path, mounts):
                    status = path.stat()
                    self._watched[name] = _Watched(path, (status.st_dev, status.st_ino))
        if self._watched:
            paths = sorted({one.path for one in self._watched.values()})
            try:
                self._changes = watchfiles.watch(
                    *paths,
                    watch_filter=None,
                    debounce=1,
                    step=1,
                    rust_timeout=1,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                    ignore_permission_denied=True,
                )
            except ImportError:
                self._changes = None
            # What comes from now on is told; what was there before is seen by the look now.
            self._next()

    def _next(self) -> set[str] | None:
        """Paths that have changed; None when nobody can tell, and from then on no more."""
        if self._changes is None:
            return None if self._watched else set()
        try:
            return {path for _, path in next(self._changes)}
        except (StopIteration, OSError, RuntimeError, ImportError):
            self._close()
            return None

    def _close(self) -> None:
        if self._changes is not None:
            with suppress(OSError, RuntimeError):
                self._changes.close()  # type: ignore[attr-defined]
        self._changes = None


def _is_there(watched: _Watched) -> bool:
    try:
        status = watched.path.stat()
    except OSError:
        return False
    return (status.st_dev, status.st_ino) == watched.id


def _mounts(file: Path) -> dict[Path, str]:
    """The sort of each file system, by where it is mounted; empty where that is not told."""
    found: dict[Path, str] = {}
    with suppress(OSError, ValueError, IndexError):
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            about, _, rest = line.partition(" - ")
            place = about.split(" ")[_PLACE].replace("\\040", " ")
            found[Path(place)] = rest.split(" ")[0]
    return found


def _is_local(path: Path, mounts: Mapping[Path, str]) -> bool:
    """Whether the folder, and all that is mounted in it, is on a disk of this machine."""
    above = next((one for one in (path, *path.parents) if one in mounts), None)
    if above is None or mounts[above] not in LOCAL:
        return False
    return all(sort in LOCAL for place, sort in mounts.items() if place.is_relative_to(path))
