"""Small file systems that are really full, under a service that runs: a part of `make faults`.

Each scene mounts one in a mount namespace of its own, fills it, lets news come, looks at what
`status` says, makes room again, and counts what readers got. Run as `python -m tests.faults.disks`
inside `unshare --mount`; `play_all` does that, and says so loudly where it is not allowed.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from monitor.model.record import Record
from tests.acceptance.site import Site

READER = "reader@localhost"
PATIENCE = 150.0
"""Seconds after which what is owed must have come: the pause after a failure grows meanwhile."""


class Scene(Record):
    """A folder of the working folder that is a file system of its own, and what runs out in it."""

    name: str
    folder: str
    options: str
    inodes: bool = False


SCENES = (
    Scene(name="var is full", folder="var", options="size=12M"),
    Scene(name="var/mail is full", folder="var/mail", options="size=1M"),
    Scene(
        name="var/mail has no inodes",
        folder="var/mail",
        options="size=8M,nr_inodes=200",
        inodes=True,
    ),
    Scene(name="var has no inodes", folder="var", options="size=32M,nr_inodes=200", inodes=True),
)


def play_all() -> bool:
    """Whether nothing went wrong; not being allowed to mount is said, and is no failure."""
    command = ["unshare", "--mount", "--propagation", "private"]
    probe = [*command, "mount", "-t", "tmpfs", "none", "/mnt"]
    try:
        tried = subprocess.run(probe, capture_output=True, check=False)
        problem = tried.stderr.decode().strip() if tried.returncode else ""
    except OSError as error:
        problem = str(error)
    if problem:
        print(f"full disks: SKIPPED, nothing was tried: {problem}", file=sys.stderr)
        return True
    played = subprocess.run([*command, sys.executable, "-m", "tests.faults.disks"], check=False)
    return played.returncode == 0


def play(scene: Scene, folder: Path) -> list[str]:
    """What went wrong."""
    site = Site(folder)
    site.has_talks_until("2026-02-08")
    site.ticks_each_second()
    place = folder / scene.folder
    place.mkdir(parents=True, mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", scene.options, "none", str(place)], check=True)
    wrong = []
    with site.running() as service:
        site.waits_for_mail(READER, 2)
        fill(place, inodes=scene.inodes)
        site.gets("2026-02-15")
        time.sleep(6)
        said = site.monitor("status", code=1)
        if f"the disk of {place} is full" not in said:
            wrong.append(f"status does not name the disk: {said.splitlines()[-1]}")
        if service.process.poll() is not None:
            wrong.append("the service has ended")
        shutil.rmtree(place / "filler")
        until = time.monotonic() + PATIENCE
        while len(site.mail(READER)) < 3 and time.monotonic() < until:
            time.sleep(0.2)
        if service.ends(signal.SIGTERM) != 0:
            wrong.append("it did not end orderly")
        log = service.log.read_text()
    if "Traceback" in log:
        wrong.append("a traceback in the log")
    mail = site.mail(READER)
    unique = len({str(message["message-id"]) for message in mail})
    if (len(mail), unique) != (3, 3):
        wrong.append(f"{len(mail)} messages, {unique} of them different, want 3: {log[-600:]}")
    site.monitor("status", code=0)
    return wrong


def fill(place: Path, *, inodes: bool) -> None:
    """To the last byte, or the last file."""
    filler = place / "filler"
    filler.mkdir()
    try:
        if inodes:
            for number in range(1_000_000):
                (filler / str(number)).touch()
        with (filler / "bytes").open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
    except OSError:
        return


def main() -> int:
    failed = 0
    for scene in SCENES:
        with tempfile.TemporaryDirectory(prefix="full-") as name:
            folder = Path(name)
            try:
                wrong = play(scene, folder)
            except AssertionError as error:
                wrong = [str(error)]
            finally:
                subprocess.run(["umount", "-l", str(folder / scene.folder)], check=False)
        print(f"full   {scene.name:<50}{'FAILED' if wrong else 'nothing lost'}", flush=True)
        for line in wrong:
            print(f"        {line}", flush=True)
        failed += bool(wrong)
    print(f"full disks: {len(SCENES)} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
