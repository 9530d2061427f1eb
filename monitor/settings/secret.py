"""Values that are never printed, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import SettingsError

PLACES = ("env:", "file:")
"""Begin what names the place of a secret, in the configuration."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Hides its value in every representation; `reveal()` is the only way to it."""

    _value: str

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__


def read_secret(name: str, env: Mapping[str, str]) -> Secret | None:
    """The value of `name`, or the content of the file that `name_FILE` names, without its newline.

    Raises SettingsError when both are set or the file cannot be read; the value is in no message.
    """
    value, file = env.get(name), env.get(f"{name}_FILE")
    if value and file:
        raise SettingsError(f"{name} and {name}_FILE are both set; keep one")
    if file:
        try:
            value = Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise SettingsError(f"{name}_FILE: cannot read {file}: {reason}") from None
    return Secret(value) if value else None


def kept(written: str, base: Path, env: Mapping[str, str]) -> str:
    """The value at `env:NAME` or `file:PATH`, or what is written itself.

    Raises SettingsError, which never holds the value.
    """
    if written.startswith("env:"):
        name = written.removeprefix("env:")
        if not env.get(name, "").strip():
            raise SettingsError(f"{name} is not in the environment")
        return env[name].strip()
    if not written.startswith("file:"):
        return written
    file = base / written.removeprefix("file:")
    try:
        found = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(f"cannot read {file}: {reason}") from None
    if not found:
        raise SettingsError(f"{file} is empty")
    return found
