"""The examples of a repository and of an address do what their README says, word for word."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
import threading
from pathlib import Path
from types import ModuleType

import pytest

from tests.acceptance.site import Site
from tests.repositories import require_git

EXAMPLES = Path(__file__).parents[2] / "examples"
ADDRESS = "http://127.0.0.1:8765/"
DAY = re.compile(r"(?<=DIGEST · )\d+ [A-Z]+ \d+")


def readme(name: str) -> str:
    return (EXAMPLES / name / "README.md").read_text(encoding="utf-8")


def command(name: str, begins: str) -> list[str]:
    """The arguments of a command of the README."""
    (line,) = re.findall(rf"^ +monitor ({begins} .+)$", readme(name), re.MULTILINE)
    return shlex.split(line)


def shown(name: str) -> tuple[list[str], list[str]]:
    """The command whose output the README shows, and that output, line by line."""
    (block,) = re.findall(r"^```\n\$ monitor (.*?)\n\.\.\.\n```$", readme(name), re.M | re.S)
    line, _, output = block.partition("\n")
    return shlex.split(line), lines(output)


def lines(text: str) -> list[str]:
    return DAY.sub("<day>", text).rstrip().splitlines()


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"make_{name}", EXAMPLES / name / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def laid_out(folder: Path, name: str) -> Site:
    for made in ("config", "snapshots"):
        (folder / made).mkdir()
    (folder / "config" / "monitor.toml").touch()
    for file in (EXAMPLES / name).glob("*.yaml"):
        shutil.copy(file, folder)
    return Site(folder)


def same_as_shown(site: Site, name: str) -> None:
    arguments, said = shown(name)
    assert lines(site.monitor(*arguments))[: len(said)] == said


@pytest.mark.parametrize("name", ["register", "roster"])
def test_a_mapping_of_the_examples_is_short(name: str) -> None:
    assert len((EXAMPLES / name / f"{name}.map.yaml").read_text().splitlines()) < 20


def test_a_roster_of_two_years_is_told_as_its_readme_shows(tmp_path: Path) -> None:
    require_git()
    site = laid_out(tmp_path, "roster")
    script("roster").make(tmp_path / "council")
    said = site.monitor(*command("roster", "watch"))

    assert "taking in: 116 versions" in said
    assert "comparing: 115 versions" in said
    same_as_shown(site, "roster")


def test_a_register_that_changes_daily_is_told_as_its_readme_shows(tmp_path: Path) -> None:
    site = laid_out(tmp_path, "register")
    register = script("register").Register(0)
    serving = threading.Thread(target=register.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    try:
        here = f"http://127.0.0.1:{register.server_port}/"
        site.monitor(*[part.replace(ADDRESS, here) for part in command("register", "watch")])
        written = tmp_path / "config" / "sources.d" / "register.toml"
        # A pass looks at what is due; a millisecond is always over.
        text = written.read_text().replace('"1s"', '"0.001s"\nconfirm = "never"')
        written.write_text(text)
        refused = []
        for day in range(1, 7):
            register.today = day
            site.monitor("run", "--once")
            status = site.monitor("status", code=1 if day == 5 else 0)
            refused += [line for line in status.splitlines() if "town" in line]
    finally:
        register.shutdown()
        register.server_close()
        serving.join()

    assert len(refused) == 1
    assert "register.map.yaml:3" in refused[0]
    same_as_shown(site, "register")
