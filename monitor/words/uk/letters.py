"""Mails about a subscription itself, and the page that ends one."""

from __future__ import annotations

from monitor.model.comparison import Significance
from monitor.words.uk.frame import from_level
from monitor.words.uk.plurals import ENTRIES, counted


def you_follow(names: str) -> str:
    return f"Ви тепер стежите за темою: {names}"


def welcome_opening() -> str:
    return "Ось що ви отримуватимете і який нині стан справ."


def welcome_closing() -> str:
    return "Наступний лист надійде, коли буде про що повідомити."


def how_often(cadence: str) -> str:
    return f"Як часто: {cadence}."


def what(minimum: Significance) -> str:
    return f"Що саме: зміни — {from_level(minimum)}."


def without_waiting(level: Significance) -> str:
    return f"Не чекаючи чергового листа: зміни — {from_level(level)}."


def as_of(title: str, day: str) -> str:
    return f"{title}: стан на {day}"


def next(planned: str) -> str:
    return f"Далі: {planned}"


def holds(title: str, count: int, names: str, *, all_named: bool) -> str:
    """`Члени, 3 записи: Ana, Bo та Cleo`, `Члени, 12 записів, серед них Ana, Bo та Cleo`."""
    if not count:
        return f"{title}: жодного запису"
    many = f"{title}, {counted(count, ENTRIES)}"
    if not names:
        return many
    return f"{many}: {names}" if all_named else f"{many}, серед них {names}"


def from_here_on() -> str:
    return "Відтепер ви дізнаватиметеся про кожну зміну."


def page_title(*, done: bool) -> str:
    return "Підписку скасовано" if done else "Скасування підписки"


def page_question(name: str, *, done: bool) -> str:
    return "Підписку скасовано" if done else f"Скасувати підписку «{name}»?"


def page_text(name: str, *, done: bool) -> str:
    if done:
        return (
            f"Листи за підпискою «{name}» більше не надходитимуть. Робити більше нічого не треба."
        )
    return "Листи за цією підпискою більше не надходитимуть."
