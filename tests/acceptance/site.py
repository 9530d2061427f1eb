"""A working folder as a person has it: the command, the files, the mailbox. Nothing else."""

from __future__ import annotations

import contextlib
import email
import io
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

from monitor.cli.main import main
from monitor.data import data_path

PATIENCE = 90.0
"""Seconds that anything may take on a busy machine; what it waits for ends the wait."""

TALKS = data_path("snapshots") / "ukraine-talks"


@dataclass(slots=True)
class Running:
    """A service that was started; its lines are in `log`."""

    process: subprocess.Popen[bytes]
    log: Path

    def waits_for(self, words: str) -> str:
        """The first log line that holds these words."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in self.log.read_text().splitlines():
                if words in line:
                    return line
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.05)
        raise AssertionError(f"no {words!r} in:\n{self.log.read_text()}")

    def ends(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


class Site:
    """One working folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def monitor(self, *arguments: str, code: int = 0) -> str:
        """What a command writes that has to end with `code`: its output, then its errors."""
        output, errors = self.monitor_bytes(*arguments, code=code)
        return output.decode() + errors

    def monitor_bytes(self, *arguments: str, code: int = 0) -> tuple[bytes, str]:
        """Output and errors apart. The command runs in this process, which saves two seconds."""
        raw, errors = io.BytesIO(), io.StringIO()
        output = io.TextIOWrapper(raw, "utf-8")
        with (
            contextlib.chdir(self.folder),
            _own_log(),
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(errors),
        ):
            ended = 0
            try:
                main(list(arguments))
            except SystemExit as end:
                ended = end.code if isinstance(end.code, int) else 1
        output.flush()
        written = raw.getvalue()
        assert ended == code, written.decode() + errors.getvalue()
        return written, errors.getvalue()

    @contextlib.contextmanager
    def running(self, *arguments: str) -> Iterator[Running]:
        self._leaves_the_usual_port()
        log = self.folder / f"log-{time.monotonic_ns()}"
        with log.open("wb") as lines:
            process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "run", *arguments],
                cwd=self.folder,
                env=self._environment(),
                stderr=lines,
            )
        try:
            yield Running(process, log)
        finally:
            process.kill()
            process.wait()

    def _leaves_the_usual_port(self) -> None:
        """Several services run at once here: each has a port of its own, or no pages."""
        file = self.folder / "config" / "monitor.toml"
        if not file.exists():
            self.configures((data_path("config") / "monitor.toml").read_text())
        text = file.read_text()
        if "\nport = 8025\n" in text:
            self.sets("port = 8025", "port = 0")
        elif "[web]" not in text:
            self.configures(text + "\n[web]\nenabled = false\n")

    def has_talks_until(self, day: str) -> None:
        """The shipped snapshots up to a day, copied into snapshots/."""
        for file in sorted(TALKS.glob("*.yaml")):
            if file.stem <= day:
                self.gets(file.stem)

    def gets(self, day: str) -> None:
        """One shipped snapshot is dropped in, as a copy that is written under its own name."""
        folder = self.folder / "snapshots" / "ukraine-talks"
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TALKS / f"{day}.yaml", folder / f"{day}.yaml")

    def configures(self, text: str) -> None:
        (self.folder / "config").mkdir(exist_ok=True)
        (self.folder / "config" / "monitor.toml").write_text(text)

    def ticks_each_second(self) -> None:
        shipped = (data_path("config") / "monitor.toml").read_text()
        for key in ("tick", "interval"):
            assert f'\n{key} = "5s"' in shipped
            shipped = shipped.replace(f'\n{key} = "5s"', f'\n{key} = "1s"')
        self.configures(shipped)

    def sets(self, default: str, value: str) -> None:
        """Changes one line of the configuration."""
        file = self.folder / "config" / "monitor.toml"
        text = file.read_text()
        assert text.count(f"\n{default}\n") == 1
        file.write_text(text.replace(f"\n{default}\n", f"\n{value}\n"))

    def mail(self, to: str) -> list[EmailMessage]:
        """What lies in somebody's folder, oldest first."""
        files = sorted((self.folder / "var" / "mail" / to).glob("*.eml"), key=_age)
        return [
            email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files
        ]

    def waits_for_mail(self, to: str, number: int) -> list[EmailMessage]:
        deadline = time.monotonic() + PATIENCE
        while len(found := self.mail(to)) < number:
            assert time.monotonic() < deadline, f"{len(found)} of {number} messages for {to}"
            time.sleep(0.05)
        return found

    @staticmethod
    def _environment() -> dict[str, str]:
        return {
            name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")
        }


def _others(root: logging.Logger) -> Iterator[logging.Handler]:
    """Without one of a command that has ended: what it writes to may be closed."""
    return (one for one in root.handlers if type(one) is not logging.StreamHandler)


@contextlib.contextmanager
def _own_log() -> Iterator[None]:
    """The command sets logging up for its process, which is ours too."""
    root, ours = logging.getLogger(), logging.getLogger("monitor")
    handlers, levels = [*_others(root)], (root.level, ours.level)
    root.handlers[:] = handlers
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(levels[0])
        ours.setLevel(levels[1])


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _age(file: Path) -> int:
    return file.stat().st_mtime_ns
