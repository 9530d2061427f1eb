"""`[draft]`: how the next version is written, and the model that may propose what it says."""

# ruff: noqa: RUF009 - `key` makes a dataclass field, as `field` does, and every default is frozen.

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from monitor.settings import keys
from monitor.settings.keys import key, table_of
from monitor.settings.secret import Secret, read_secret

CHAT: Final = "/chat/completions"
"""Where the OpenAI chat API is asked, below its base."""

_HERE: Final = (".local", ".localhost", ".internal", ".lan", ".home.arpa")
_LONGEST: Final = timedelta(minutes=15)


def model_address(value: Any) -> str | None:
    """Https, or http to a machine that is on no public network: articles and a key go there."""
    if value == "":
        return None
    try:
        found = urlsplit(keys.web_address(value))
        host = found.hostname or ""
        port = found.port
    except ValueError:
        host, port = "", None
    if not host or "#" in str(value) or port == 0:
        raise ValueError('want an address such as "http://localhost:11434/v1", without a password')
    if found.scheme.lower() != "https" and not is_near(host):
        raise ValueError("want https; http only to this machine or its own network")
    return str(value)


def is_near(host: str) -> bool:
    """Whether a host belongs to no public network by what it is called."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.lower().endswith(_HERE)


def variable(value: Any) -> str | None:
    """The name of a variable of the environment; a key itself is none, and is not repeated."""
    if value == "":
        return None
    if not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", value if isinstance(value, str) else ""):
        raise ValueError('want the name of a variable such as "MONITOR_MODEL_KEY", no key itself')
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """`url` is None where no model is asked. `question` are the octets of what it is given at most,
    `most_tokens` those of one answer, `budget` those of a day, questions and answers together."""

    url: str | None = key(model_address, None)
    name: str = key(keys.text_or_empty, "")
    key_env: str | None = key(variable, "MONITOR_MODEL_KEY", hidden=True)
    timeout: timedelta = key(keys.duration_up_to(_LONGEST), timedelta(minutes=2))
    question: int = key(keys.size, 32_000)
    most_tokens: int = key(keys.integer(100, 200_000), 4000)
    budget: int = key(keys.integer(1000, 1_000_000_000), 200_000)

    @property
    def endpoint(self) -> str | None:
        """The whole address, of one that was written whole or as its base; its query stays."""
        if self.url is None:
            return None
        base, mark, query = self.url.partition("?")
        base = base.rstrip("/")
        return f"{base if base.endswith(CHAT) else base + CHAT}{mark}{query}"

    @property
    def host(self) -> str:
        """What of the address may be said."""
        return urlsplit(self.url or "").hostname or ""

    def secret(self, env: Mapping[str, str]) -> Secret | None:
        """The key, or None where none is set. Raises SettingsError for a file of one that cannot
        be read."""
        return read_secret(self.key_env, env) if self.key_env else None

    @property
    def misfit(self) -> str | None:
        """What no key can check alone."""
        if self.url is not None and not self.name:
            return "name is missing: which model is asked"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSettings:
    """`fetch`: whether an article may be taken from its address."""

    fetch: bool = key(keys.boolean, False)
    model: ModelSettings = table_of(ModelSettings)
