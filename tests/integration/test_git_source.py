"""A path in a repository: every commit that touches it is a version, told once."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.collect.bundle import unpack
from monitor.collect.git.mirror import LocalRepository, Mirror
from monitor.collect.git.once import named, read_at
from monitor.collect.git.source import GitPath, GitSource
from monitor.collect.limits import Limits
from monitor.collect.source import Look, SourceMemory
from monitor.errors import NotFound, SourceUnavailable
from tests.repositories import BEGIN, Repo

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "desk")


class Reader:
    """Asks as the service does, and remembers what it was given."""

    def __init__(
        self,
        repo: Repo,
        path: str = "",
        *,
        since: str | None = None,
        files: str | None = None,
        branch: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._repository = LocalRepository(repo.path, name="desk", branch=branch)
        self._followed = GitPath(path=path, since=since, files=files)
        self._limits = limits or Limits()
        self.items: dict[str, str] = {}
        self.memory: str | None = None
        self.owed: set[str] = set()
        self.restart()

    def restart(self) -> None:
        self.source = GitSource(self._repository, self._followed, limits=self._limits)

    def look(self, *, most: int = 100, handled: bool = True, now: datetime = NOW) -> Look:
        known = SourceMemory(items=self.items, memory=self.memory, owed=self.owed)
        look = self.source.look(known, now=now, most=most)
        if handled:
            self.items.update({item.name: item.digest for item in look.items})
            self.owed.clear()
            self.memory = look.memory
        return look

    def all(self) -> list[str]:
        """The data of everything that there is, one look after the other."""
        found: list[str] = []
        while items := self.look(most=2).items:
            found += [item.data.decode() for item in items]
        return found


def said(look: Look) -> list[str]:
    return [item.data.decode() for item in look.items]


def times(look: Look) -> list[str]:
    return [item.as_of or "" for item in look.items]


def test_every_commit_that_touches_the_file_is_a_version_in_order(repo: Repo) -> None:
    repo.change("people.csv", "id\n1\n", "Begin")
    repo.change("readme.txt", "hello", "Explain")
    repo.change("people.csv", "id\n1\n2\n", "Add Bo", by="Bo Lind")

    look = Reader(repo, "people.csv").look()

    assert said(look) == ["id\n1\n", "id\n1\n2\n"]
    assert times(look) == ["2026-01-05T10:00:00Z", "2026-01-05T12:00:00Z"]
    last = look.items[-1].authorship
    assert last is not None
    assert (last.by, last.subject, last.at) == ("Bo Lind", "Add Bo", BEGIN + 3 * HOUR)
    assert last.where == f"desk@{look.items[-1].name.rpartition('@')[2]}"
    assert look.newest == look.items[-1].name


def test_what_was_given_is_given_once_and_the_next_commit_is_news(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    reader = Reader(repo, "a.csv")

    assert said(reader.look()) == ["id\n1\n"]
    assert said(reader.look()) == []
    reader.restart()
    assert said(reader.look()) == []
    repo.change("a.csv", "id\n2\n")
    assert said(reader.look()) == ["id\n2\n"]


def test_commits_elsewhere_are_no_news_and_are_not_asked_about_again(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    reader = Reader(repo, "a.csv")
    reader.look()
    newest = repo.change("b.csv", "id\n1\n")

    assert said(reader.look()) == []
    assert reader.memory is not None
    assert newest in reader.memory


def test_a_long_history_comes_in_parts_and_no_part_twice(repo: Repo) -> None:
    texts = [f"id\n{number}\n" for number in range(7)]
    for text in texts:
        repo.change("a.csv", text)
    reader = Reader(repo, "a.csv")

    first = reader.look(most=3)
    assert (said(first), first.left) == (texts[:3], 4)
    reader.restart()
    assert reader.all() == texts[3:]


def test_a_part_that_was_not_handled_comes_again_after_a_restart(repo: Repo) -> None:
    for number in range(3):
        repo.change("a.csv", f"id\n{number}\n")
    reader = Reader(repo, "a.csv")
    lost = reader.look(most=2, handled=False)
    reader.restart()

    again = reader.look(most=2)
    assert again.items == lost.items


def test_only_what_is_owed_is_given_again(repo: Repo) -> None:
    for number in range(3):
        repo.change("a.csv", f"id\n{number}\n")
    reader = Reader(repo, "a.csv")
    look = reader.look(handled=False)
    names = [item.name for item in look.items]
    reader.items = {names[0]: look.items[0].digest, names[2]: look.items[2].digest}
    reader.owed = {names[1]}

    again = reader.look()
    assert [item.name for item in again.items] == [names[1]]
    assert again.items[0].as_of == look.items[1].as_of


def test_clocks_that_disagree_do_not_change_the_order(repo: Repo) -> None:
    repo.write("a.csv", "id\n1\n")
    repo.commit(at=BEGIN + 5 * HOUR)
    repo.write("a.csv", "id\n2\n")
    repo.commit(at=BEGIN)
    repo.write("a.csv", "id\n3\n")
    repo.commit(at=BEGIN + 9 * HOUR)

    look = Reader(repo, "a.csv").look()
    assert said(look) == ["id\n1\n", "id\n2\n", "id\n3\n"]
    assert times(look) == [
        "2026-01-05T14:00:00Z",
        "2026-01-05T14:00:01Z",
        "2026-01-05T18:00:00Z",
    ]
    assert look.items[1].authorship is not None
    assert look.items[1].authorship.at == BEGIN


def test_a_clock_far_ahead_does_not_carry_what_follows_with_it(repo: Repo) -> None:
    repo.write("a.csv", "id\n1\n")
    repo.commit(at=datetime(2090, 1, 1, tzinfo=UTC))
    repo.write("a.csv", "id\n2\n")
    repo.commit(at=BEGIN)

    assert times(Reader(repo, "a.csv").look()) == ["2026-03-01T12:00:00Z", "2026-03-01T12:00:01Z"]


def test_since_leaves_out_what_is_older(repo: Repo) -> None:
    repo.write("a.csv", "id\n1\n")
    repo.commit(at=datetime(2025, 12, 31, 23, tzinfo=UTC))
    repo.write("a.csv", "id\n2\n")
    repo.commit(at=datetime(2026, 1, 1, 1, tzinfo=UTC))

    assert said(Reader(repo, "a.csv", since="2026-01-01").look()) == ["id\n2\n"]


def test_without_anything_younger_the_newest_state_counts(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    repo.change("a.csv", "id\n2\n")

    assert said(Reader(repo, "a.csv", since="2026-02-01").look()) == ["id\n2\n"]


def test_a_merge_is_one_version_whatever_happened_on_the_branch(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    repo.git("checkout", "--quiet", "-b", "work")
    repo.change("a.csv", "id\n2\n")
    repo.change("a.csv", "id\n3\n")
    repo.git("checkout", "--quiet", "main")
    repo.change("b.csv", "id\n1\n")
    repo.git("-c", "user.name=Ana", "-c", "user.email=a@example.org", "merge", "-q", "--no-ff",
             "-m", "Take it", "work")  # fmt: skip

    assert said(Reader(repo, "a.csv").look(now=datetime(2027, 1, 1, tzinfo=UTC))) == [
        "id\n1\n",
        "id\n3\n",
    ]


def test_a_folder_is_one_document_of_all_its_files(repo: Repo) -> None:
    repo.write("people/ana.yaml", "name: Ana\n")
    repo.write("people/note.txt", "not data")
    repo.change("people/east/bo.yaml", "name: Bo\n")
    repo.change("people/note.txt", "still not data")

    look = Reader(repo, "people").look()
    files = [unpack(item.data, Limits()) for item in look.items]
    assert files[0] == {"ana.yaml": b"name: Ana\n", "east/bo.yaml": b"name: Bo\n"}
    assert look.items[0].is_bundle


def test_a_pattern_chooses_the_files_of_a_folder(repo: Repo) -> None:
    repo.write("people/ana.yaml", "name: Ana\n")
    repo.change("people/list.csv", "id\n1\n")

    (item,) = Reader(repo, "people", files="*.csv").look().items
    assert unpack(item.data, Limits()) == {"list.csv": b"id\n1\n"}


def test_links_and_submodules_are_no_files(repo: Repo) -> None:
    repo.write("people/ana.yaml", "name: Ana\n")
    (repo.path / "people" / "out.yaml").symlink_to("/etc/hostname")
    commit = repo.commit()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},people/other")
    repo.git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "Link")

    for item in Reader(repo, "people").look(now=datetime(2027, 1, 1, tzinfo=UTC)).items:
        assert unpack(item.data, Limits()) == {"ana.yaml": b"name: Ana\n"}


def test_a_history_that_was_rewritten_is_told_and_never_replayed(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    old = repo.change("a.csv", "id\n2\n")
    reader = Reader(repo, "a.csv")
    reader.look()
    repo.git("checkout", "--quiet", "--orphan", "fresh")
    repo.change("a.csv", "id\n7\n")
    repo.change("a.csv", "id\n8\n")
    repo.git("branch", "--quiet", "-M", "main")

    look = reader.look()
    assert said(look) == ["id\n8\n"]
    assert look.remark is not None
    assert f"history was rewritten: {old[:7]}" in look.remark
    assert reader.look().remark == look.remark

    assert look.trouble is None
    repo.change("b.csv", "id\n9\n")
    assert reader.look().remark is None


def test_an_amended_commit_counts_as_rewritten(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    reader = Reader(repo, "a.csv")
    reader.look()
    repo.write("a.csv", "id\n2\n")
    repo.commit(amend=True)

    look = reader.look()
    assert said(look) == ["id\n2\n"]
    assert "rewritten" in (look.remark or "")


def test_a_path_that_is_deleted_is_told_until_it_is_back(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    reader = Reader(repo, "a.csv")
    reader.look()
    repo.delete("a.csv")
    gone = repo.commit("Drop the list", by="Bo Lind")

    look = reader.look()
    assert look.items == ()
    assert look.trouble == (
        f"a.csv is gone since {gone[:7]} (Bo Lind: Drop the list); what it said before stays"
    )
    repo.change("other.txt", "x")
    assert reader.look().trouble == look.trouble
    repo.change("a.csv", "id\n1\n")
    assert reader.look().trouble is None


def test_a_path_that_never_was_is_told(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")

    with pytest.raises(SourceUnavailable, match=r"there is no b\.csv in desk"):
        Reader(repo, "b.csv").look()


def test_a_branch_that_is_not_there_is_told_with_those_that_are(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")

    with pytest.raises(SourceUnavailable, match="no branch trunk; there are main"):
        Reader(repo, "a.csv", branch="trunk").look()


def test_a_folder_that_is_no_repository_and_an_empty_one_are_told(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    for folder, words in (("plain", "is not a git repository"), ("none", "there is no folder")):
        source = GitSource(
            LocalRepository(tmp_path / folder, name=folder), GitPath(), limits=Limits()
        )
        with pytest.raises(SourceUnavailable, match=words):
            source.look(SourceMemory(), now=NOW, most=1)
    with pytest.raises(SourceUnavailable, match="there is no commit yet"):
        Reader(Repo(tmp_path / "empty")).look()


def test_a_file_over_the_limit_is_unread_and_the_next_one_is_read(repo: Repo) -> None:
    repo.change("a.csv", "x" * 2000)
    repo.change("a.csv", "id\n1\n")

    look = Reader(repo, "a.csv", limits=Limits(bytes=1000)).look()
    assert said(look) == ["id\n1\n"]
    assert [one.reason for one in look.unread] == ["2000 bytes; at most 1000 are read"]


def test_repositories_of_the_longer_hash_are_read(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "long", form="sha256")
    repo.change("people/ana.yaml", "name: Ana\n")

    (item,) = Reader(repo, "people").look().items
    assert unpack(item.data, Limits()) == {"ana.yaml": b"name: Ana\n"}


def test_names_that_look_like_options_or_patterns_are_names(repo: Repo) -> None:
    repo.change("--output=x.csv", "id\n1\n")
    repo.change("*.csv", "id\n2\n")
    repo.change(":(exclude)a.csv", "id\n3\n")

    assert said(Reader(repo, "--output=x.csv").look()) == ["id\n1\n"]
    assert said(Reader(repo, "*.csv").look()) == ["id\n2\n"]
    assert said(Reader(repo, ":(exclude)a.csv").look()) == ["id\n3\n"]


def test_hooks_filters_and_monitors_of_a_repository_are_never_run(
    repo: Repo, tmp_path: Path
) -> None:
    witness = tmp_path / "ran"
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc"):
        hook = repo.path / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\necho {name} >> {witness}\n", encoding="utf-8")
        hook.chmod(0o755)
    repo.write(".gitattributes", "*.csv filter=evil diff=evil\n")
    repo.change("a.csv", "id\n1\n")
    witness.unlink(missing_ok=True)
    for key in ("filter.evil.smudge", "filter.evil.clean", "diff.evil.textconv", "diff.external",
                "core.fsmonitor", "core.pager", "core.sshCommand"):  # fmt: skip
        repo.git("config", key, f"sh -c 'echo {key} >> {witness}; cat'")

    assert said(Reader(repo, "a.csv").look()) == ["id\n1\n"]
    assert not witness.exists()


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c 'touch /tmp/never'",
        "file:///etc",
        "FILE:///etc",
        "--upload-pack=touch x",
        "ssh://-oProxyCommand=touch/x",
        "https://-x/y",
        "git://example.org/x",
        "fd::17",
        "ftp://example.org/x",
        "https://example.org/a b",
    ],
)
def test_addresses_that_could_do_something_else_are_refused(address: str, tmp_path: Path) -> None:
    mirror = Mirror(address, tmp_path / "copies")

    with pytest.raises(SourceUnavailable, match=r"repositories are read by|is no address|a host"):
        mirror.ready()
    assert not (tmp_path / "copies").exists()


def test_a_secret_in_an_address_is_never_said(tmp_path: Path) -> None:
    mirror = Mirror("https://ana:s3cret@127.0.0.1:9/members.git", tmp_path / "copies")

    with pytest.raises(SourceUnavailable) as error:
        mirror.ready()
    assert "s3cret" not in str(error.value)
    assert "s3cret" not in "".join(path.name for path in (tmp_path / "copies").iterdir())
    assert "https://127.0.0.1:9/members.git" in str(error.value)


def test_a_file_of_a_commit_is_named_by_repository_revision_and_path(repo: Repo) -> None:
    repo.change("data/a.csv", "id\n1\n")
    repo.change("data/a.csv", "id\n2\n")

    older = named(f"{repo.path}@HEAD~1:data/a.csv")
    assert older is not None
    assert read_at(older, Limits()).data == b"id\n1\n"
    folder = named(f"{repo.path}@main:data")
    assert folder is not None
    assert read_at(folder, Limits()).is_bundle
    assert named("talks@2026-02-01") is None
    assert named(f"{repo.path / 'data'}@main:a.csv") is None


@pytest.mark.parametrize(
    ("revision", "path", "words"),
    [
        ("HEAD~9", "a.csv", "there is no commit HEAD~9"),
        ("--all", "a.csv", "there is no commit --all"),
        ("main", "b.csv", r"there is no b\.csv"),
    ],
)
def test_what_is_not_there_is_told(repo: Repo, revision: str, path: str, words: str) -> None:
    repo.change("a.csv", "id\n1\n")
    wanted = named(f"{repo.path}@{revision}:{path}")

    assert wanted is not None
    with pytest.raises(NotFound, match=words):
        read_at(wanted, Limits())


def test_no_process_is_left_behind(repo: Repo) -> None:
    repo.change("a.csv", "id\n1\n")
    Reader(repo, "a.csv").look()

    done = subprocess.run(
        ["pgrep", "-f", str(repo.path)], capture_output=True, text=True, check=False
    )
    assert done.stdout == ""


def sampled(repo: Repo, count: int, path: str = "a.csv") -> list[str]:
    source = GitSource(LocalRepository(repo.path, name="desk"), GitPath(path=path), limits=Limits())
    sample = source.sample(now=NOW, count=count)
    return [str(sample.versions), *(item.data.decode() for item in sample.items), *sample.notes]


def test_a_sample_is_pairs_all_over_the_history(repo: Repo) -> None:
    for number in range(1, 13):
        repo.change("a.csv", f"{number}")

    assert sampled(repo, 4) == ["12", "1", "2", "11", "12"]
    assert sampled(repo, 6) == ["12", "1", "2", "6", "7", "11", "12"]
    assert sampled(repo, 2) == ["12", "11", "12"]
    assert sampled(repo, 20) == ["12", *map(str, range(1, 13))]


def test_a_sample_of_a_path_that_is_gone_says_so(repo: Repo) -> None:
    repo.change("a.csv", "1")
    repo.delete("a.csv")
    repo.commit("Move it")

    count, data, note = sampled(repo, 3)
    assert (count, data) == ("2", "1")
    assert note.startswith("a.csv is gone since ")
    assert note.endswith("(Ana Reyes: Move it); what it said before stays")
