"""Several files as one: the same bytes for the same files, and nothing but plain files."""

from __future__ import annotations

import io
import tarfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.collect.bundle import pack, unpack
from monitor.collect.limits import Limits
from monitor.errors import SnapshotRefused

LIMITS = Limits()
_PART = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)
_NAME = st.lists(_PART.filter(lambda part: part not in (".", "..")), min_size=1, max_size=3)


@given(st.dictionaries(_NAME.map("/".join), st.binary(max_size=600), max_size=6), st.randoms())
def test_files_come_back_as_they_were_and_their_order_is_nothing(
    files: dict[str, bytes], random: Random
) -> None:
    shuffled = list(files.items())
    random.shuffle(shuffled)
    assert pack(dict(shuffled)) == pack(files)
    assert unpack(pack(files), LIMITS) == files


@pytest.mark.parametrize("name", ["/etc/passwd", "../up", "a/../b", "", "a//b", "./a", "a\0b"])
def test_a_name_that_leads_elsewhere_is_not_packed(name: str) -> None:
    with pytest.raises(ValueError, match="no name in a bundle"):
        pack({name: b""})


def _tar(*entries: tuple[tarfile.TarInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for entry, data in entries:
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


def _entry(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, link
    return entry


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([(_entry("door", tarfile.SYMTYPE, "/etc/passwd"), b"")], "door is not a plain file"),
        ([(_entry("pipe", tarfile.FIFOTYPE), b"")], "pipe is not a plain file"),
        ([(_entry("folder", tarfile.DIRTYPE), b"")], "folder is not a plain file"),
        ([(_entry("../x.csv"), b"a")], "'../x.csv' is no name of a file in it"),
        ([(_entry("a.csv"), b"a"), (_entry("a.csv"), b"b")], "a.csv stands twice in it"),
    ],
)
def test_what_is_no_plain_file_is_refused(
    entries: list[tuple[tarfile.TarInfo, bytes]], said: str
) -> None:
    with pytest.raises(SnapshotRefused, match=said):
        unpack(_tar(*entries), LIMITS, name="roster")


@pytest.mark.parametrize("data", [b"no tar at all" * 100, pack({"a": b"x" * 2000})[:900]])
def test_what_is_no_bundle_is_refused_in_a_line(data: bytes) -> None:
    with pytest.raises(SnapshotRefused, match="roster: not a bundle of files"):
        unpack(data, LIMITS, name="roster")


def test_a_bundle_over_the_limit_is_not_opened() -> None:
    with pytest.raises(SnapshotRefused, match="at most 1000 are read"):
        unpack(pack({"a": b"x"}), Limits(bytes=1000))
