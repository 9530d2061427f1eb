"""One line per event: readable on a terminal or in the journal, JSON for a collector."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

MARKS = {logging.WARNING: "! ", logging.ERROR: "!! "}


class TextLines(logging.Formatter):
    """`15:40:58 took in ukraine-talks 2026-02-17`; warnings begin with a mark."""

    def format(self, record: logging.LogRecord) -> str:
        line = " ".join(record.getMessage().split())
        clock = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        text = f"{clock} {MARKS.get(record.levelno, '')}{line}"
        if record.exc_info:
            text += "\n" + self.formatException(record.exc_info)
        return text


class JsonLines(logging.Formatter):
    """One object per line: at, level, event, text, and the event's facts."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": getattr(record, "event", record.name),
            "text": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def set_up(form: str) -> None:
    """Send our events to standard error as `text` or `json`, and of others only their warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("monitor").setLevel(logging.INFO)
    # A pass that takes longer than a tick is no trouble: the next tick is left out.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
