"""What one value of the configuration may be. Each reader says what it wanted in a ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import Field, field
from datetime import date, timedelta
from ipaddress import ip_network
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from monitor.addresses import read_address
from monitor.errors import MessageUnsendable
from monitor.model.comparison import Significance
from monitor.model.nearest import suggestion

Read: TypeAlias = Callable[[Any], Any]
T = TypeVar("T")

UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days"}
BYTES = {"B": 1, "kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000}
DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h|d)")
SIZE = re.compile(r"(\d+)\s*(B|kB|MB|GB)")
_OURS = frozenset(("host", "connection", "content-length", "transfer-encoding", "user-agent",
    "accept-encoding", "if-none-match", "if-modified-since"))  # fmt: skip
_SECRET = frozenset(("authorization", "cookie", "x-api-key", "proxy-authorization"))
CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"


def key(read: Read, default: Any, *, hidden: bool = False) -> Any:
    """A dataclass field with its default and its reader; `hidden` keeps it out of its repr."""
    return field(default=default, metadata={"read": read}, repr=not hidden)


def required(read: Read, *, hidden: bool = False) -> Any:
    return field(metadata={"read": read, "required": True}, repr=not hidden)


def table_of(section: type[T]) -> Any:
    """A dataclass field that is a table of its own, as `section` has it; all of it by default."""
    return field(default=section(), metadata={"read": table, "section": section})


def reader_of(entry: Field[Any]) -> Read:
    read = entry.metadata["read"]
    assert callable(read)
    return read  # type: ignore[no-any-return]


def text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("want text")
    if any(ord(letter) < 32 for letter in value):
        raise ValueError("want text without control characters")
    return value


def optional_text(value: Any) -> str | None:
    return None if value == "" else text(value)


def text_or_empty(value: Any) -> str:
    return "" if value == "" else text(value)


def day(value: Any) -> str | None:
    """A date, `YYYY-MM-DD`, as text or as TOML writes it."""
    if value == "":
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError('want a day such as "2024-01-31"') from None


def branch(value: Any) -> str | None:
    """A branch's name as git allows it (git-check-ref-format)."""
    if value == "":
        return None
    if re.search(r"[\x00-\x20~^:?*\[\\\x7f]|\.\.|@\{|^[-/.]|/$|//|\.lock$", text(value)):
        raise ValueError('want a branch such as "main"')
    return str(value)


def boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("want true or false")
    return value


def integer(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"want a whole number, {low}..{high}")
        return value

    return read


def share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise ValueError("want a share, above 0 and up to 1")
    return float(value)


def choice(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"want one of {', '.join(words)}{_near(value, words)}")
        return str(value)

    return read


def duration(value: Any) -> timedelta:
    found = DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None or float(found[1]) == 0:
        raise ValueError('want a duration such as "5s", "10min", "48h" or "14d"')
    return timedelta(**{UNITS[found[2]]: float(found[1])})


def duration_up_to(limit: timedelta) -> Callable[[Any], timedelta]:
    def read(value: Any) -> timedelta:
        span = duration(value)
        if span > limit:
            raise ValueError(f"want at most {limit.total_seconds():g}s")
        return span

    return read


def duration_or_never(value: Any) -> timedelta | None:
    return None if value == "never" else duration(value)


def size(value: Any) -> int:
    """A number of bytes."""
    found = SIZE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('want a size such as "500 kB" or "64 MB"')
    return int(found[1]) * BYTES[found[2]]


def significance(value: Any) -> Significance:
    if not isinstance(value, str):
        raise ValueError("want one of critical, major, minor, noise")
    try:
        return Significance.parse(value)
    except ValueError:
        words = [level.word for level in Significance]
        near = _near(value, words)
        raise ValueError(f"want one of critical, major, minor, noise{near}") from None


def alert_level(value: Any) -> Significance | None:
    return None if value == "off" else significance(value)


def zone(value: Any) -> str:
    try:
        ZoneInfo(text(value))
    except (KeyError, ValueError, OSError):
        near = _near(value, available_timezones())
        raise ValueError(f'want an IANA time zone such as "Europe/Kyiv"{near}') from None
    return str(value)


def quiet_hours(value: Any) -> tuple[str, str] | None:
    if value == "":
        return None
    found = re.fullmatch(rf"({CLOCK})-({CLOCK})", value) if isinstance(value, str) else None
    if found is None or found[1] == found[2]:
        raise ValueError('want hours such as "22:00-06:30", or "" for none')
    return found[1], found[2]


def address(value: Any) -> str:
    """An address as a person writes it; its domain is made ASCII where mail is composed."""
    found = text(value)
    if not re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+", found):
        raise ValueError("want one mail address such as ana@example.org")
    return found


def _near(value: Any, known: Iterable[str]) -> str:
    return suggestion(value, sorted(known)) if isinstance(value, str) else ""


def own_address(value: Any) -> str:
    """An address that our mail is from, as headers and servers write it: its domain is ASCII."""
    try:
        found = read_address(text(value))
    except MessageUnsendable as error:
        raise ValueError(f"want an address that mail can be from: {error}") from None
    return str(found)


def optional_own_address(value: Any) -> str | None:
    return None if value == "" else own_address(value)


def bounce_address(value: Any) -> str | None:
    """One that has room for a message's name behind its local part (RFC 5321, 4.5.3.1.1)."""
    found = optional_own_address(value)
    local = (found or "").rpartition("@")[0]
    if len(local) > 20 or "+" in local:
        raise ValueError("want an address of at most 20 letters before the @, and no + in them")
    return found


def mail_folder(value: Any) -> str:
    """As IMAP writes it: letters beyond ASCII in modified UTF-7 (RFC 3501, 5.1.3)."""
    found = text(value)
    if not found.isascii():
        raise ValueError("want the folder's name in ASCII, as the server lists it")
    return found


def optional_mail_folder(value: Any) -> str | None:
    return None if value == "" else mail_folder(value)


def host_name(value: Any) -> str | None:
    """A name of this machine for other servers, in ASCII (RFC 5321, 4.1.1.1)."""
    if value == "":
        return None
    name = text(value)
    if re.fullmatch(r"\[(?:IPv6:)?[0-9A-Fa-f.:]+\]", name):
        return name
    try:
        host = read_address(f"postmaster@{name}").host
    except MessageUnsendable:
        raise ValueError('want a host name such as "mail.example.org"') from None
    if "@" in name:
        raise ValueError('want a host name such as "mail.example.org"')
    return host


def public_url(value: Any) -> str | None:
    if value == "":
        return None
    if not re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", text(value)):
        raise ValueError('want a URL such as "https://monitor.example.org"')
    scheme, _, rest = str(value).rstrip("/").partition("://")
    place, slash, path = rest.partition("/")
    name, colon, port = place.partition(":")
    if not name.isascii():
        # A link stands in headers, which are ASCII.
        name = host_name(name) or name
    if not (port + path).isascii():
        raise ValueError("want a path of ASCII letters; write others as %C3%A4")
    return f"{scheme}://{name}{colon}{port}{slash}{path}"


def table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("want a table")
    return value


def names(value: Any) -> tuple[str, ...]:
    return list_of(text)(value)


def web_address(value: Any) -> str:
    found = text(value)
    if not re.fullmatch(r"https?://[^\s\\@]+", found, re.I):
        raise ValueError('want an address such as "https://example.org/members.csv"')
    return found


def headers(value: Any) -> dict[str, str]:
    """Headers by name. A value may be `env:NAME` or `file:PATH`, for what must not stand here."""
    found = table(value)
    for name, said in found.items():
        if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name):
            raise ValueError(f"want names of headers, not {name!r}")
        if name.lower() in _OURS:
            raise ValueError(f"{name} is set by the program")
        text(said)
        if name.lower() in _SECRET and not said.startswith(("env:", "file:")):
            raise ValueError(f'want {name} = "env:NAME" or "file:PATH", so that it is not here')
    return dict(found)


def secret_place(value: Any) -> str:
    """Where a secret is, for what must not stand in the configuration itself."""
    if not isinstance(value, str) or not re.fullmatch(r"(?:env:[A-Za-z_]\w*|file:\S.*)", value):
        raise ValueError('want "env:NAME" or "file:PATH", so that it is not here')
    return value


def secret_places(value: Any) -> tuple[str, ...]:
    """One or several."""
    found = value if isinstance(value, list) else [value]
    if not found:
        raise ValueError('want "env:NAME" or "file:PATH"')
    return tuple(secret_place(one) for one in found)


def hidden_address(value: Any) -> str:
    """An address of the web, or where it is kept: whoever has it can use it."""
    if isinstance(value, str) and value.startswith(("env:", "file:")):
        return secret_place(value)
    try:
        return web_address(value)
    except ValueError:
        raise ValueError('want an address such as "https://..." or "env:NAME"') from None


def places(value: Any) -> tuple[str, ...]:
    """Hosts and networks beyond the public network."""
    found = names(value)
    for one in found:
        try:
            ip_network(one)
        except ValueError:
            if "/" in one or ":" in one:
                raise ValueError(f"want hosts or networks such as 10.0.0.0/8, not {one}") from None
    return found


def command(value: Any) -> tuple[str, ...]:
    """A program and its arguments, each a text of its own: no shell reads them."""
    found = names(value) if isinstance(value, list) else ()
    if not found:
        raise ValueError('want a list such as ["./fetch-members", "--all"]')
    return found


def list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    def read_all(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError("want a list")
        return tuple(read(entry) for entry in value)

    return read_all
