"""Letting old things go, where the configuration says after how long. By default nothing goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from monitor.pipeline.program import Program
from monitor.pipeline.say import say


def tidy(program: Program, now: datetime) -> None:
    retention, settings = program.settings.retention, program.settings
    if retention.messages is not None:
        gone = sum(program.store.prune(before=now - retention.messages).values())
        if gone:
            say("tidied", f"{gone} old rows of messages let go", rows=gone)
    mail = settings.channel.folder(settings)
    if retention.mail_files is not None and mail is not None:
        files = _remove_old(mail, now, retention.mail_files)
        if files:
            say("tidied", f"{files} old mail files let go", files=files)


def _remove_old(folder: Path, now: datetime, age: timedelta) -> int:
    limit = (now - age).timestamp()
    old = [path for path in folder.rglob("*.eml") if path.lstat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
