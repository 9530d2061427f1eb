"""Kinds that ship, and kinds beside the snapshots that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor import kinds
from monitor.collect.kindfile import load_kind, shipped_kinds
from monitor.errors import KindError, NotFound
from tests.reading import CLUB


@pytest.mark.parametrize("name", shipped_kinds())
def test_every_shipped_kind_is_read_by_its_name(name: str) -> None:
    assert load_kind(name).name == name


@pytest.mark.parametrize("name", shipped_kinds())
def test_every_shipped_kind_passes_the_checks_that_are_left_out_when_it_is_named(name: str) -> None:
    file = Path(kinds.__file__).parent / f"{name}.yaml"
    assert load_kind(str(file)) == load_kind(name)


def test_an_unknown_name_lists_those_that_ship() -> None:
    with pytest.raises(
        NotFound, match=r"no kind nowhere ships with monitor; there are: negotiation"
    ):
        load_kind("nowhere")


@pytest.mark.parametrize("name", ["k" * 300, "k" * 5000, "k-" * 2500 + "k", "0" * 256])
def test_a_name_longer_than_a_file_can_have_is_unknown_like_any_other(name: str) -> None:
    with pytest.raises(NotFound, match="no kind"):
        load_kind(name)


def test_a_kind_beside_its_snapshots_is_called_as_its_file_or_folder(tmp_path: Path) -> None:
    folder = tmp_path / "our-club"
    folder.mkdir()
    (folder / "chess.kind.yaml").write_text(CLUB)
    (folder / "kind.yaml").write_text(CLUB)
    assert load_kind("chess.kind.yaml", relative_to=folder).name == "chess"
    assert load_kind("kind.yaml", relative_to=folder).name == "our-club"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "kind.yaml"
    file.write_text(CLUB)
    before = load_kind("kind.yaml", relative_to=tmp_path)
    assert load_kind("kind.yaml", relative_to=tmp_path) is before
    file.write_text(CLUB.replace("title: Club", "title: Other"))
    assert load_kind("kind.yaml", relative_to=tmp_path).title == "Other"


@pytest.mark.parametrize(
    "written", ["../kind.yaml", "sub/../../kind.yaml", "{outside}", "link.yaml"]
)
def test_a_kind_outside_the_snapshots_folder_is_refused(tmp_path: Path, written: str) -> None:
    outside = tmp_path / "kind.yaml"
    outside.write_text(CLUB)
    folder = tmp_path / "snapshots"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.yaml").symlink_to(outside)
    with pytest.raises(NotFound, match="outside the snapshot's folder"):
        load_kind(written.format(outside=outside), relative_to=folder)


@pytest.mark.parametrize(
    "written", ["https://example.org/kind", "file:///etc/passwd", "a b", "", "x.txt"]
)
def test_what_is_neither_a_name_nor_a_file_is_refused(tmp_path: Path, written: str) -> None:
    with pytest.raises(NotFound):
        load_kind(written, relative_to=tmp_path)


def test_a_url_that_ends_like_a_file_is_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="cannot be read"):
        load_kind("https://example.org/kind.yaml", relative_to=tmp_path)


def test_faults_name_the_file_as_a_person_finds_it(tmp_path: Path) -> None:
    (tmp_path / "kind.yaml").write_text("properties:\n  a: {typ: string}\n")
    with pytest.raises(KindError) as error:
        load_kind("kind.yaml", relative_to=tmp_path)
    assert str(error.value) == (
        f"{tmp_path}/kind.yaml:2:7: properties.a.typ: typ is not a keyword of JSON Schema 2020-12;"
        " did you mean type?"
    )


def test_a_kind_that_is_not_yaml_is_told_as_a_kind(tmp_path: Path) -> None:
    (tmp_path / "kind.yaml").write_text("a: [\n")
    with pytest.raises(KindError, match=r"kind.yaml:2:1: not YAML"):
        load_kind("kind.yaml", relative_to=tmp_path)
