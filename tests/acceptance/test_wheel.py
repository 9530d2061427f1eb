"""The wheel is complete: installed alone, outside the tree, it does the main job."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel, and its dependencies by path, but not the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (wheel,) = folder.glob("monitor-*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    python = environment / "bin" / "python"
    run(
        sys.executable, "-m", "pip", "--python", python,
        "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder,
    )  # fmt: skip
    (site,) = (environment / "lib").glob("python*/site-packages")
    # A path in a .pth file is not itself searched for .pth files, so the checkout stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin" / "monitor"


def test_the_wheel_alone_makes_digests_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    where = run(
        installed.with_name("python"), "-c", "import monitor; print(monitor.__file__)", cwd=tmp_path
    )
    assert str(ROOT) not in where
    run(installed, "run", "--once", cwd=tmp_path)
    assert list((tmp_path / "var" / "mail").rglob("*.eml"))


def test_the_wheel_alone_compares_two_documents(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"id": 1, "seat": "x"}]')
    (tmp_path / "b.json").write_text('[{"id": 1, "seat": "y"}]')
    assert "seat" in run(installed, "diff", "a.json", "b.json", cwd=tmp_path)


def test_the_wheel_alone_lays_out_a_folder_that_passes_the_check(
    installed: Path, tmp_path: Path
) -> None:
    run(installed, "init", "desk", cwd=tmp_path)
    assert "all is well" in run(installed, "check", cwd=tmp_path / "desk")
