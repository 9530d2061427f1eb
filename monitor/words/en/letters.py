"""Mails about a subscription itself, and the page that ends one."""

from __future__ import annotations

from monitor.model.comparison import Significance


def you_follow(names: str) -> str:
    return f"You now follow {names}"


def welcome_opening() -> str:
    return "This is what you will get, and how things stand."


def welcome_closing() -> str:
    return "The next mail comes when there is something to tell."


def how_often(cadence: str) -> str:
    return f"How often: {cadence}."


def what(minimum: Significance) -> str:
    return f"What: findings that are {_from(minimum)}."


def without_waiting(level: Significance) -> str:
    return f"Without waiting: findings that are {_from(level)}."


def _from(level: Significance) -> str:
    return level.word if level == max(Significance) else f"{level.word} or stronger"


def as_of(title: str, day: str) -> str:
    return f"{title}, as of {day}"


def next(planned: str) -> str:
    return f"Next: {planned}"


def holds(title: str, count: int, names: str, *, all_named: bool) -> str:
    """`Members: 3 entries: Ana, Bo and Cleo`, `Members: 12 entries, such as Ana, Bo and Cleo`."""
    if not count:
        return f"{title}: no entries"
    many = "1 entry" if count == 1 else f"{count:,} entries"
    if not names:
        return f"{title}: {many}"
    return f"{title}: {many}: {names}" if all_named else f"{title}: {many}, such as {names}"


def from_here_on() -> str:
    return "You will be told what changes from here on."


def page_title(*, done: bool) -> str:
    return "Unsubscribed" if done else "Unsubscribe"


def page_question(name: str, *, done: bool) -> str:
    return "You are unsubscribed" if done else f"Unsubscribe from “{name}”?"


def page_text(name: str, *, done: bool) -> str:
    if done:
        return f"No more mail will be sent for “{name}”. Nothing else is needed."
    return "You will get no more mail for this subscription."
