"""One log line per event: a name, the facts, and a sentence for a person."""

from __future__ import annotations

import logging
from typing import Any

LOGGER = logging.getLogger("monitor")


def say(event: str, sentence: str, *, level: int = logging.INFO, **facts: Any) -> None:
    """Log `sentence`; a collector that reads JSON gets `event` and `facts` beside it."""
    LOGGER.log(level, sentence, extra={"event": event, "facts": facts})


def warn(event: str, sentence: str, **facts: Any) -> None:
    say(event, sentence, level=logging.WARNING, **facts)
