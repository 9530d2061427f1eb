"""The recipes of CONTRIBUTING.md: a stub is added in a copy of the tree, and the checks speak."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import stubs

ROOT = Path(__file__).parents[2]
IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


pytestmark = pytest.mark.timeout(300)
"""The first check of all types takes a quarter of a minute, and more beside other work."""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program whose types have been checked once, so that later checks are quick."""
    copy = tmp_path_factory.mktemp("copy")
    for part in ("monitor", "config", "templates", "snapshots", ".mypy_cache"):
        if (ROOT / part).exists():
            nothing = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, copy / part, ignore=nothing)
    shutil.copy(ROOT / "pyproject.toml", copy)
    assert "Success" in types(copy, "words", "compare", "settings", "cli.main")
    return copy


@pytest.fixture
def tree(checked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(checked, tmp_path / "tree"))


def types(tree: Path, *names: str) -> str:
    """What the type checker says of these, and of what they lean on."""
    packages = [part for name in names for part in ("-p", f"monitor.{name}")]
    return said(tree, "-m", "mypy", *packages)


def said(tree: Path, *arguments: str, folder: Path | None = None) -> str:
    """What Python says of the copy."""
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder or tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def passes_the_checks(tree: Path, *names: str) -> None:
    assert "Success" in (found := types(tree, *names)), found
    assert "0 broken" in (found := said(tree, "-c", IMPORTS)), found


def touched(tree: Path, checked: Path) -> set[str]:
    """Files of the program that are new or other than they were."""
    return {
        str(file.relative_to(tree / "monitor"))
        for file in (tree / "monitor").rglob("*.py")
        if not (before := checked / file.relative_to(tree)).exists()
        or before.read_bytes() != file.read_bytes()
    }


def edit(tree: Path, file: str, old: str, new: str) -> None:
    path = tree / "monitor" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(tree: Path, file: str, text: str) -> None:
    path = tree / "monitor" / file
    assert not path.exists()
    path.write_text(text, encoding="utf-8")


def languages(tree: Path) -> list[str]:
    words = tree / "monitor" / "words"
    return sorted(each.name for each in words.iterdir() if (each / "sentences.py").exists())


@pytest.fixture(scope="module")
def lacking(checked: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the type checker says of languages that lack the words of a rule, and a count."""
    tree = Path(shutil.copytree(checked, tmp_path_factory.mktemp("lacking") / "tree"))
    shape = "class Vanished(NamedTuple):\n    label: str\n\n\nMembership: TypeAlias = Vanished | "
    edit(tree, "model/said/membership.py", "Membership: TypeAlias = ", shape)
    count = "class Counts(Protocol):\n    def dozens(self, number: int) -> str: ...\n"
    edit(tree, "words/language.py", "class Counts(Protocol):", count)
    return types(tree, "words").splitlines()


@pytest.mark.parametrize("language", languages(ROOT))
def test_a_rule_without_words_is_named_by_the_type_checker(
    lacking: list[str], language: str
) -> None:
    named = [line for line in lacking if f"words/{language}/" in line]
    assert any("Vanished" in line for line in named), lacking


@pytest.mark.parametrize("language", languages(ROOT))
def test_a_language_that_lacks_a_word_is_named_by_the_type_checker(
    lacking: list[str], language: str
) -> None:
    named = [line for line in lacking if f"words/{language}/" in line and "error" in line]
    assert any("Counts" in line or "dozens" in line for line in named), lacking
    assert "dozens" in "\n".join(lacking)


def test_a_rule_is_its_shape_its_family_and_its_words(
    tree: Path, checked: Path, tmp_path: Path
) -> None:
    shape = (
        "class Shouted(NamedTuple):\n    label: str\n\n\nNaming: TypeAlias = (\n    Shouted\n    | "
    )
    edit(tree, "model/said/naming.py", "Naming: TypeAlias = (\n    ", shape)
    add(tree, "compare/rules/shouted.py", stubs.SHOUTED.lstrip())
    edit(tree, "compare/rules/__init__.py", "    spelled,\n", "    shouted,\n    spelled,\n")
    edit(
        tree,
        "compare/rules/__init__.py",
        "    fresh.FAMILY,\n",
        "    shouted.FAMILY,\n    fresh.FAMILY,\n",
    )
    for language in languages(tree):
        words = f"words/{language}/sentences.py"
        edit(
            tree,
            words,
            "from monitor.words",
            "from monitor.model.said.naming import Shouted\nfrom monitor.words",
        )
        row = f'        case Shouted():\n            return f"{{said.label}}: {language}!"\n'
        edit(tree, words, "        case Emptied():", f"{row}        case Emptied():")
    passes_the_checks(tree, "words", "compare")
    changed = touched(tree, checked)
    assert len({file for file in changed if not file.startswith("words/")}) <= 3
    assert len(changed) == 3 + len(languages(tree))

    for day, name in enumerate(("Harbour", "HARBOUR"), 1):
        (tmp_path / f"{day}.yaml").write_text(stubs.SHOUTING.format(day=day, name=name))
    for language in languages(tree):
        told = ("-m", "monitor", "diff", "1.yaml", "2.yaml", "--language", language)
        assert f": {language}!" in said(tree, *told, folder=tmp_path)
    assert "arguments-shouted" in said(tree, "-m", "monitor", "schema", "diff")


def test_a_source_is_a_module_and_its_section(tree: Path, checked: Path, tmp_path: Path) -> None:
    add(tree, "collect/wire.py", stubs.WIRE.lstrip())
    edit(tree, "settings/sources.py", "\nSORTS: Final", stubs.WIRE_SETTINGS)
    edit(
        tree,
        "settings/sources.py",
        '"folder": FolderSettings,\n',
        '"folder": FolderSettings,\n    "wire": WireSettings,\n',
    )
    passes_the_checks(tree, "settings", "collect.wire")
    assert len(touched(tree, checked)) <= 2

    site = site_of(tmp_path, '[sources.desk]\nwire = "Harbour"\n')
    assert "took in wire 2026-02-01" in said(tree, "-m", "monitor", "run", "--once", folder=site)
    assert "took in" not in said(tree, "-m", "monitor", "run", "--once", folder=site)
    assert "desk" in said(tree, "-m", "monitor", "source", "list", folder=site)
    assert "Harbour" in said(
        tree, "-m", "monitor", "history", "wire", "parties[a].name", folder=site
    )


def test_a_channel_is_a_module_and_its_section(tree: Path, checked: Path, tmp_path: Path) -> None:
    add(tree, "deliver/box.py", stubs.BOX.lstrip())
    edit(tree, "settings/channels.py", "\nCHANNELS: Final", stubs.BOX_SETTINGS)
    edit(
        tree,
        "settings/channels.py",
        "SmtpChannelSettings,\n}",
        'SmtpChannelSettings,\n    "box": BoxSettings,\n}',
    )
    edit(
        tree,
        "settings/channels.py",
        "\nif TYPE_CHECKING",
        stubs.BOX_IMPORTS,
    )
    passes_the_checks(tree, "settings", "deliver.box")
    assert len(touched(tree, checked)) <= 2

    site = site_of(tmp_path, stubs.BOXED.format(folder=tree / "snapshots"))
    found = said(tree, "-m", "monitor", "run", "--once", folder=site)
    assert "mail goes by the box letters" in found
    assert "mail for ana@example.org is with the box letters" in found
    assert (site / "letters").read_text().startswith("ana@example.org ")
    (site / "letters").unlink()
    (site / "letters").mkdir()
    assert "not taken at box: [Errno 21] Is a directory" in said(
        tree, "-m", "monitor", "mail", "test", "ben@example.org", folder=site
    )


def test_a_command_is_a_module_and_a_line(tree: Path, checked: Path) -> None:
    add(tree, "cli/hello.py", stubs.HELLO.lstrip())
    edit(
        tree,
        "cli/main.py",
        '    "mail": (',
        '    "hello": ("monitor.cli.hello", "Say hello."),\n    "mail": (',
    )
    passes_the_checks(tree, "cli.main", "cli.hello")
    assert len(touched(tree, checked)) <= 2
    assert said(tree, "-m", "monitor", "hello") == "hello\n"
    assert "Say hello." in said(tree, "-m", "monitor", "--help")


def site_of(folder: Path, config: str) -> Path:
    """A working folder with a configuration."""
    site = folder / "site"
    (site / "config").mkdir(parents=True)
    (site / "config" / "monitor.toml").write_text(config)
    return site
