"""Trouble that anybody on the network can make as often as they like."""

from __future__ import annotations

import logging

from monitor.pipeline.say import warn
from monitor.pipeline.seldom import Seldom


class WebSeldom(Seldom):
    """Of the web part."""

    def note(self, kind: str, text: str) -> None:
        """Say it, unless this kind was said within the last minute; then it is counted."""
        words = self.words(kind, text)
        if words:
            warn("web-trouble", f"web: {words}", kind=kind)


class SeldomFilter(logging.Filter):
    """For the loggers of the server and of the loop: one line a minute, without a traceback."""

    def __init__(self, seldom: Seldom, *, only: str = "") -> None:
        super().__init__()
        self._seldom = seldom
        self._only = only

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING or self._only not in str(record.msg):
            return True
        kind = (str(record.msg).strip().splitlines() or ["trouble"])[0]
        error = record.exc_info[1] if record.exc_info else None
        text = f"{kind}: {type(error).__name__}: {error}" if error else kind
        words = self._seldom.words(f"{record.name}:{kind}", " ".join(text.split()))
        record.msg, record.args = words, ()
        record.exc_info, record.exc_text = None, None
        return bool(words)
