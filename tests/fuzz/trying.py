"""One pair through what `monitor diff` does, and what came out wrong."""

from __future__ import annotations

import copy
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any, Literal, NamedTuple

import jsonpatch

from monitor.cli.diff import command
from tests.fuzz import assemblies, rosters

Verdict = Literal["crash", "patch", "order", "lost"]


class Pair(NamedTuple):
    """`kind`: whether both are of the kind of assemblies.py, and not of any form."""

    old: Any
    new: Any
    kind: bool


class Fault(NamedTuple):
    verdict: Verdict
    text: str


class Bench:
    """A folder in which pairs are laid down as files and compared."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: Pair | None = None
        self._files: list[str] = []
        (folder / "kind.yaml").write_text(assemblies.KIND)

    def faults(self, pair: Pair, random: Random) -> Fault | None:
        """The first thing that is wrong with what is said of a pair; None when all is right."""
        try:
            said, again = self._said(pair), self._said(pair)
            text = self._written(pair, "text", "--most", "0")
            patch = json.loads(self._written(pair, "jsonpatch"))
            back = self._said(_turned(pair))
            text_back = self._written(_turned(pair), "text", "--most", "0")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            return Fault("crash", f"{type(error).__name__}: {error}")
        wrong = _patch_fault(pair, patch)
        if wrong is not None:
            return Fault("patch", wrong)
        if said != again:
            return Fault("order", "said otherwise when asked again")
        if len(said["changes"]) != len(back["changes"]):
            return Fault("order", "another number of changes backwards")
        missed = rosters.lost(pair.old, pair.new, text) + rosters.lost(
            pair.new, pair.old, text_back
        )
        if missed:
            return Fault("lost", f"told nowhere: {', '.join(missed)}")
        return self._order_fault(pair, said, random) if pair.kind else None

    def command_fault(self, pair: Pair) -> Fault | None:
        """The real command twice, as two processes that hash otherwise."""
        files = self._laid(pair)
        out = []
        for seed in ("1", "2"):
            done = subprocess.run(
                [sys.executable, "-m", "monitor", "diff", *files, *_kind(self._folder, pair)],
                capture_output=True,
                check=False,
                env={**os.environ, "PYTHONHASHSEED": seed},
            )
            if done.returncode or b"fault" in done.stderr:
                return Fault("crash", f"exit {done.returncode}: {done.stderr.decode()}")
            out.append(done.stdout)
        return None if out[0] == out[1] else Fault("order", "two processes say it otherwise")

    def _order_fault(self, pair: Pair, said: Any, random: Random) -> Fault | None:
        old, new = (assemblies.stirred(random, side) for side in (pair.old, pair.new))
        other = self._said(Pair(old, new, pair.kind))
        if _without_files(other) != _without_files(said):
            return Fault("order", "said otherwise when the lists are in another order")
        return None

    def _said(self, pair: Pair) -> Any:
        """What is said as JSON, once it is known to own every change once."""
        said = json.loads(self._written(pair, "json", "--min-significance", "noise"))
        told = [identity for finding in said["findings"] for identity in finding["changes"]]
        assert sorted(told) == sorted(c["id"] for c in said["changes"]), "a change told not once"
        assert len(set(told)) == len(told), "two changes have one id"
        assert said["hidden"]["changes"] == 0, "a change is in no finding"
        return said

    def _written(self, pair: Pair, form: str, *more: str) -> str:
        """Standard output of the command, run in this process."""
        files = self._laid(pair)
        arguments = [*files, "--format", form, *more, *_kind(self._folder, pair)]
        with Captured() as captured:
            command.main(arguments, standalone_mode=False, obj={"config": None})
        assert "failed" not in captured.err, captured.err
        return captured.out

    def _laid(self, pair: Pair) -> list[str]:
        if pair is self._last:
            return self._files
        self._last, self._files = pair, []
        for name, side in (("old", pair.old), ("new", pair.new)):
            path = self._folder / f"{name}.json"
            path.write_text(json.dumps(side))
            self._files.append(str(path))
        return self._files


class Captured:
    """Standard output and error while a block runs."""

    def __enter__(self) -> Captured:
        self._kept = sys.stdout, sys.stderr
        self._out, self._err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        sys.stdout, sys.stderr = self._out, self._err
        return self

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._kept
        self.out, self.err = (_text(stream) for stream in (self._out, self._err))


def _text(stream: Any) -> str:
    stream.flush()
    return str(stream.buffer.getvalue().decode("utf-8", "backslashreplace"))


def _kind(folder: Path, pair: Pair) -> list[str]:
    return ["--kind", str(folder / "kind.yaml")] if pair.kind else []


def _turned(pair: Pair) -> Pair:
    return Pair(pair.new, pair.old, pair.kind)


def _patch_fault(pair: Pair, patch: Any) -> str | None:
    """What a library that is not ours makes of the patch, compared to the letter."""
    try:
        result = jsonpatch.apply_patch(copy.deepcopy(pair.old), patch)
    except Exception as error:  # noqa: BLE001 - a patch that cannot be applied is wrong
        return f"{type(error).__name__}: {error}; {json.dumps(patch)}"
    if letters(result) != letters(pair.new):
        return f"gives {json.dumps(result)} by {json.dumps(patch)}"
    return None


def letters(value: Any) -> str:
    """A document as text, in which 1, 1.0 and true differ and the order of names does not."""
    return json.dumps(value, sort_keys=True)


def _without_files(said: Any) -> Any:
    """Apart from the hashes and names of the files; examples are among many alike."""
    return said["changes"], said["findings"]
