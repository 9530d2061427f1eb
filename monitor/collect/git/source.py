"""The source that is a repository: every commit that touches a path is a version.

The order of the history is the order of the versions, whatever the clocks of those who wrote it
said: `as_of` is the later of the commit's time and the second after the version before it. A
history that was rewritten is told, and its newest state is taken in; nothing is replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from monitor.collect.bundle import pack
from monitor.collect.git.commits import Commit, commits, is_before, moment
from monitor.collect.git.memory import GitMemory, remembered
from monitor.collect.git.mirror import Repository
from monitor.collect.git.objects import Entry, Objects, TooLarge
from monitor.collect.limits import Limits
from monitor.collect.source import Item, Look, Sample, SourceMemory, Unread
from monitor.errors import SourceUnavailable
from monitor.model.nearest import suggestion
from monitor.model.record import Record
from monitor.model.tuples import NamedTuple

ENDINGS: Final = (".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".xlsx", ".ods")
FILES: Final = 20_000
"""Of one version of a folder."""

SHOWN: Final = 8
"""Names that a refusal offers."""

BYTES: Final = 32_000_000
"""Of all versions that one look gives; the next look gives more."""


class GitPath(Record):
    """What of a repository is followed: a file or a folder, `""` for all, and since when.

    `files` is a pattern for the names of those in a folder that are read; without one it is those
    whose endings are known.
    """

    path: str = ""
    since: str | None = None
    files: str | None = None


class _Version(NamedTuple):
    commit: Commit
    as_of: int
    name: str


class GitSource:
    """One path in one repository."""

    def __init__(self, repository: Repository, followed: GitPath, *, limits: Limits) -> None:
        self._repository = repository
        self._followed = followed
        self._limits = limits
        self._given: set[str] = set()

    def shown(self, name: str) -> str:
        return f"{self._repository.name}:{name}"

    def look(self, known: SourceMemory, *, now: datetime, most: int) -> Look:
        memory = remembered(known.memory)
        folder = self._repository.ready()
        tip = self._repository.tip()
        if memory.tip == tip and not known.owed:
            return Look(
                newest=memory.newest,
                trouble=memory.trouble,
                remark=memory.remark,
                memory=known.memory,
            )
        is_rewritten = memory.tip is not None and not is_before(folder, memory.tip, tip)
        line = self._line(folder, memory, tip, now, is_rewritten=is_rewritten)
        owed = set(known.owed) - {one.name for one in line}
        again = self._again(folder, owed, memory, tip, now) if owed else []
        wanted = again + [one for one in line if self._is_wanted(one.name, known)]
        given = _Given(self._followed, self._limits, self._repository.name)
        given.trouble = memory.trouble
        with Objects(folder) as objects:
            if not line and memory.newest is None:
                self._refuse_nothing(objects, tip)
            count = given.take_all(objects, wanted[:most])
        chosen, left = wanted[:count], len(wanted) - count
        self._given.update(item.name for item in given.items)
        done = chosen[len(again) :] if left else line
        reached = done[-1].commit.id if done else memory.tip
        after = GitMemory(
            tip=reached if left else tip,
            as_of=done[-1].as_of if done else memory.as_of,
            newest=done[-1].name if done else memory.newest,
            trouble=given.trouble if done else memory.trouble,
            remark=_rewritten(memory, tip) if is_rewritten else memory.remark if again else None,
        )
        return Look(
            items=tuple(given.items),
            unread=tuple(given.unread),
            left=left,
            newest=after.newest,
            trouble=after.trouble,
            remark=after.remark,
            memory=after.written(),
        )

    def sample(self, *, now: datetime, count: int) -> Sample:
        """The newest versions that can be read and some before them, all over the history, and how
        many there are in all. Nothing is remembered of it. Raises SourceUnavailable, also where
        none can be read."""
        folder = self._repository.ready()
        tip = self._repository.tip()
        line = self._line(folder, GitMemory(), tip, now, is_rewritten=False)
        given = _Given(self._followed, self._limits, self._repository.name)
        with Objects(folder) as objects:
            if not line:
                self._refuse_nothing(objects, tip)
            given.take_all(objects, line[-1:])
            trouble = given.trouble
            given.take_all(objects, _spread(line, count)[1:])
        if not given.items:
            why = trouble or "; ".join(one.reason for one in given.unread)
            raise SourceUnavailable(f"{self._repository.name}: {why}")
        unread = tuple(f"{self.shown(one.name)}: {one.reason}" for one in given.unread)
        return Sample(
            items=tuple(reversed(given.items)),
            versions=len(line),
            notes=(*((trouble,) if trouble else ()), *unread),
        )

    def _again(
        self, folder: Path, owed: set[str], memory: GitMemory, tip: str, now: datetime
    ) -> list[_Version]:
        """What is owed of before: refused, and to be read anew. What a rewritten history holds no
        more is never asked for again."""
        whole = self._line(folder, GitMemory(), tip, now, is_rewritten=False)
        last = {memory.newest: memory.as_of}  # which a rewritten history may have put elsewhere
        return [
            one._replace(as_of=last.get(one.name) or one.as_of) for one in whole if one.name in owed
        ]

    def _is_wanted(self, name: str, known: SourceMemory) -> bool:
        """What was given is given again only where it is owed, and known only where it is not."""
        return name in known.owed or (name not in self._given and name not in known.items)

    def _refuse_nothing(self, objects: Objects, tip: str) -> None:
        """Raise SourceUnavailable for a path that no commit has ever touched."""
        here = objects.at(tip, "")
        names = [entry.name for entry in objects.tree(here.id)] if here else []
        path, name = self._followed.path, self._repository.name
        known = suggestion(path, names) or f"; there are {', '.join(names[:SHOWN])}"
        raise SourceUnavailable(f"there is no {path} in {name}{known if names else ''}")

    def _line(
        self, folder: Path, memory: GitMemory, tip: str, now: datetime, *, is_rewritten: bool
    ) -> list[_Version]:
        """The versions after the one that is remembered, ascending.

        A clock that was years ahead must not put everything after it there.
        """
        path, since = self._followed.path, self._followed.since
        after = None if is_rewritten else memory.tip
        found = commits(folder, tip, path, after=after, since=since)
        if after is None and not found:
            # Nothing is younger than `since`: what held then holds still.
            found = commits(folder, tip, path)[-1:]
        if is_rewritten:
            found = found[-1:]
        line: list[_Version] = []
        before, latest = memory.as_of, int(now.timestamp())
        for commit in found:
            at = max(0, min(commit.committed, latest))
            before = at if before is None else max(at, before + 1)
            line.append(_Version(commit, before, f"{path or '.'}@{commit.short}"))
        return line


class _Given:
    """What the chosen versions come to: items, what cannot be read, what is wrong at the end."""

    def __init__(self, followed: GitPath, limits: Limits, repository: str) -> None:
        self._followed = followed
        self._limits = limits
        self._repository = repository
        self.items: list[Item] = []
        self.unread: list[Unread] = []
        self.trouble: str | None = None

    def take_all(self, objects: Objects, versions: Sequence[_Version]) -> int:
        """As many as one look may hold in memory; returns how many, at least one."""
        for count, one in enumerate(versions, 1):
            self._take(objects, one)
            if sum(len(item.data) for item in self.items) > BYTES:
                return count
        return len(versions)

    def _take(self, objects: Objects, one: _Version) -> None:
        path = self._followed.path
        entry = objects.at(one.commit.id, path)
        if entry is None:
            said = f"{one.commit.short} ({one.commit.by}: {one.commit.subject})"
            self.trouble = f"{path} is gone since {said}; what it said before stays"
            return
        self.trouble = None
        try:
            data, is_bundle = self._bytes(objects, entry)
        except (TooLarge, ValueError) as error:  # ValueError: a name that no bundle takes
            self.unread.append(Unread(one.name, str(error)))
            return
        self.items.append(
            Item(
                one.name,
                data,
                f"git:{entry.id}",
                as_of=_written(one.as_of),
                learned_at=moment(one.as_of),
                is_bundle=is_bundle,
                authorship=one.commit.authorship(self._repository),
            )
        )

    def _bytes(self, objects: Objects, entry: Entry) -> tuple[bytes, bool]:
        if not entry.is_folder:
            return objects.blob(entry.id, self._limits.bytes), False
        files: dict[str, bytes] = {}
        left = self._limits.bytes
        for name, number in objects.files(entry, FILES):
            if self._is_read(name):
                files[name] = objects.blob(number, left)
                left -= len(files[name])
        return pack(files), True

    def _is_read(self, name: str) -> bool:
        pattern = self._followed.files
        return fnmatchcase(name, pattern) if pattern else name.lower().endswith(ENDINGS)


def _spread(line: Sequence[_Version], count: int) -> list[_Version]:
    """So many, the newest first: that one always, and each with the one before it, because what
    stays from one to the next is what tells entries apart."""
    if len(line) <= count:
        return list(reversed(line))
    step = (len(line) - 2) / max(1, (count + 1) // 2 - 1)
    last = [len(line) - 1 - int(place * step) for place in range((count + 1) // 2)]
    return [line[place] for at in last for place in (at, at - 1)][:count]


def _written(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rewritten(memory: GitMemory, tip: str) -> str:
    old = (memory.tip or "")[:7]
    return (
        f"its history was rewritten: {old} is not in it any more. What was taken in stays; "
        f"from now on {tip[:7]} and what follows it count"
    )
