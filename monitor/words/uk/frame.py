"""What is said around findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.dates import get_timezone_location

from monitor.model.comparison import Significance
from monitor.words.uk.plurals import FINDINGS, Forms, counted

if TYPE_CHECKING:
    from monitor.cadence import Cadence

_DAYS: Final = (
    "щопонеділка", "щовівторка", "щосереди", "щочетверга", "щоп’ятниці", "щосуботи", "щонеділі",
)  # fmt: skip
_REASONS: Final = {"alert": "Сповіщення", "receipt": "Підтвердження", "manual": "Огляд на запит"}
_CADENCES: Final = {
    "hourly": "Щогодинний огляд",
    "daily": "Щоденний огляд",
    "weekly": "Щотижневий огляд",
}
_FROM: Final = {
    Significance.CRITICAL: "лише критичні",
    Significance.MAJOR: "важливі та критичні",
    Significance.MINOR: "незначні й вагоміші",
    Significance.NOISE: "усі, разом із шумом",
}
_STATES: Final = {
    "fresh": "оновлюється вчасно",
    "stale": "застаріло",
    "failing": "дає збої",
}
_CITIES: Final = {
    "Asmara": "Асмара",
    "Buenos Aires": "Буенос-Айрес",
    "Cordoba": "Кордова",
    "Faroe": "Фарерські острови",
    "Ho Chi Minh": "Хошимін",
    "Indianapolis": "Індіанаполіс",
    "Kathmandu": "Катманду",
    "Kolkata": "Колката",
    "Kyiv": "Київ",
    "Louisville": "Луїсвілл",
    "Mendoza": "Мендоса",
    "Nuuk": "Нуук",
    "Yangon": "Янгон",
}
"""Those that CLDR has under a former name, where Babel does not look."""

_SOURCES: Final = Forms("джерело", "джерела", "джерел")
_HOWS: Final = {
    "previous": "попередня версія",
    "pinned": "закріплено",
    "advanced": "перенесено",
}


def place(zone: str) -> str:
    """`Київ`: the city of a zone; `UTC` itself."""
    if "/" not in zone or zone.startswith("Etc/"):
        return "UTC" if zone.rpartition("/")[2] in ("UTC", "GMT", "UCT", "Zulu") else zone
    city = get_timezone_location(zone, locale="uk", return_city=True).rpartition("/")[2]
    return _CITIES.get(city, city)


def banner(reason: str, every: str) -> str:
    return _REASONS.get(reason) or _CADENCES.get(every, "Огляд")


def cadence(cadence: Cadence, place: str) -> str:
    where = _time_of(place)
    at = f"{'об' if cadence.at.hour == 11 else 'о'} {cadence.at:%H:%M} {where}"
    match cadence.every:
        case "at-once":
            return "негайно"
        case "hourly":
            return "щогодини"
        case "daily":
            return f"щодня {at}"
        case "weekly":
            return f"{_DAYS[cadence.weekday]} {at}"
        case "cron":
            return f"за розкладом {cadence.expression} {where}"


def moment(date: str, clock: str, place: str) -> str:
    return f"{date}, {clock} {_time_of(place)}"


def _time_of(place: str) -> str:
    return place if place == "UTC" else f"(час: {place})"


def from_level(level: Significance) -> str:
    """From what level on, behind a noun in the plural."""
    return _FROM[level]


def in_situations(total: int, names: str) -> str:
    return f"{names}: {counted(total, FINDINGS)}"


def nothing_changed(names: str) -> str:
    return f"Без змін: {names}"


def nothing_to_tell() -> str:
    return "Повідомити нема про що."


def alert(headline: str) -> str:
    return f"Сповіщення: {headline}"


def taken_back(headline: str) -> str:
    return f"Знімок відкликано: {headline}"


def compared(old: str, new: str | None) -> str:
    return f"Від {old}, стан на {new}:" if new else f"Від {old}:"


def compared_short(title: str, old: str, new: str) -> str:
    return f"{title}: стан на {new} порівняно зі станом на {old}."


def nothing_newer(old: str) -> str:
    return f"Новішого за стан на {old}, про який вас повідомляли, немає."


def undelivered(day: str) -> str:
    return f"Цей огляд містить і те, що не вдалося доставити {day}."


def alerted(moment: str) -> str:
    return f"Про це вас сповіщено {moment}."


def no_longer_so(moment: str, sentence: str) -> str:
    return f"Сповіщено {moment}, тепер уже не так: {sentence}"


def withdrawn(day: str, reason: str, changed: bool | None) -> str:
    """`changed` says whether the digest tells a change in what the reader knows; None: nothing is
    known without it."""
    then = "Що вже не чинне, видно серед змін." if changed else "Більше нічого не змінюється."
    if changed is None:
        then = "Без нього нічого не відомо, доки не надійде повний знімок."
    why = f": {reason.rstrip('.')}" if reason else ""
    return f"Знімок за {day} відкликано{why}. {then}"


def counts_again(day: str, changed: bool) -> str:
    then = "Що знову чинне, видно серед змін." if changed else "Більше нічого не змінюється."
    return f"Знімок за {day}, який було відкликано, знову чинний. {then}"


def no_state(day: str) -> str:
    """In the place of what is compared with what."""
    return f"Востаннє вам повідомляли про стан за {day}; з ним порівняємо те, що надійде далі."


def axis(low: str, high: str) -> str:
    return f"від {low} до {high}"


def source(name: str, state: str, newest: str | None, looked: str | None, trouble: str) -> str:
    known = f"найновіші дані — за {newest}" if newest else "даних ще немає"
    seen = f", остання перевірка — {looked}" if looked else ""
    state = _STATES.get(state, state)
    return f"{name}: {state} ({known}{seen}){f': {trouble}' if trouble else ''}"


def checked(number: int, last: str) -> str:
    return f"Перевірено {counted(number, _SOURCES)}, востаннє — {last}"


def mute(what: str, hid: str, until: str | None, reason: str) -> str:
    end = f"до {until}" if until else "безстроково"
    return f"«{what}»: {hid or 'нічого'}, {end}{f' ({reason})' if reason else ''}"


def follows(names: str, cadence: str, minimum: Significance, only: str) -> str:
    chosen = f", лише {only}" if only else ""
    level = "" if minimum is Significance.MINOR else f"; зміни: {from_level(minimum)}"
    return f"Ви стежите за темою {names}, {cadence}{level}{chosen}."


def baseline(day: str, how: str | None) -> str:
    return f"Порівняно з вихідним станом на {day}{f' ({_HOWS.get(how, how)})' if how else ''}"


def same_baseline() -> str:
    return "Саме з ним порівняно все наведене вище."


def nothing_differs() -> str:
    return "Відмінностей від нього немає."


def since(day: str) -> str:
    return f"від {day}"


def until(day: str) -> str:
    return f"до {day}"


def count_only(number: int) -> str:
    return f"ще {number}"


def another_source() -> str:
    return "інше джерело"


def still(label: str, state: str, since: str | None) -> str:
    return f"{label}: досі {state}{f', з {since}' if since else ''}"


def weighed(level: str, reasons: str) -> str:
    return f"Чому це важливо ({level}): {_closed(reasons)}"


def reason(reasons: str) -> str:
    return f"Причина: {_closed(reasons)}"


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def unworded(path: str) -> str:
    return f"Є зміна, яку не вдалося описати словами: {path}."


def unworded_rule(rule: str) -> str:
    return f"Її виявило правило {rule}."


def unworded_remark(rule: str, about: str) -> str:
    return f"Є зауваження ({rule}), яке не вдалося описати словами: {about}."
