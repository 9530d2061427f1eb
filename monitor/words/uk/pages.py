"""What pages of the web say around findings."""

from __future__ import annotations

from monitor.words.deciding import Deciding
from monitor.words.drafting import Drafting
from monitor.words.pages import PageLabels
from monitor.words.readers import Readers
from monitor.words.uk import deciding as about_deciding
from monitor.words.uk import drafting as about_drafting
from monitor.words.uk import readers as for_readers
from monitor.words.uk.plurals import FINDINGS, Forms, counted

VERSIONS = Forms("версія", "версії", "версій", "версії")
SOURCES = Forms("джерело", "джерела", "джерел", "джерела")

deciding: Deciding = about_deciding

drafting: Drafting = about_drafting

readers: Readers = for_readers

LABELS = PageLabels(
    since="Відколи ви дивилися",
    situations="Ситуації",
    review="Перевірка",
    digests="Дайджести",
    subscriptions="Підписки",
    service="Служба",
    log_in="Увійти",
    log_out="Вийти",
    skip="До змісту",
    name="Ім’я",
    password="Пароль",  # noqa: S106 - a label
    password_again="Пароль ще раз",  # noqa: S106 - a label
    wrong="Ім’я та пароль не підходять одне до одного.",
    too_often="Забагато спроб. Зачекайте хвилину.",
    first_title="Вітаємо в monitor",
    first_text="Увійти ще ніхто не може. Виберіть ім’я та пароль першої людини; їй дозволено все, "
    "а інших додає команда: monitor user add",
    first_button="Почати",
    first_over="Тут уже хтось входить, тож це посилання більше не діє. "
    "Попросіть цю людину про доступ.",
    unlike="Паролі різні.",
    used_up="Це посилання вже використано або його час минув.",
    seen="бачу",
    unseen="не бачу",
    mark_all="позначити все",
    compare="Порівняти",
    with_="з",
    show="показати",
    everything="усе",
    serious="критичне та важливе",
    my_filter="мій фільтр",
    move="перейти",
    open="відкрити",
    baseline="базова версія",
    latest="остання",
    version="Версія",
    versions="Версії",
    previous="Попередній крок",
    next="Наступний крок",
    side_by_side="Поруч",
    in_words="Словами",
    as_markdown="Markdown",
    as_json="JSON",
    as_patch="JSON Patch",
    who_says="Хто це каже",
    filter="Фільтр",
    only="Лише за шляхом",
    least="Щонайменше",
    apply="Показати",
    nothing_here="Нічого не змінилося.",
    not_found="Такої сторінки немає.",
    forbidden="Вам цього не дозволено.",
    unknown="Спершу увійдіть.",
    unasked="Ця сторінка не приймає того, що надіслано.",
    too_large="Це більше, ніж можна надіслати сюди за один раз.",
    away="База даних не відповідає. Спробуйте за хвилину.",
    to_start="На першу сторінку",
    failed="Цю сторінку не вдалося скласти. Про це повідомлено тому, хто веде monitor.",
    page="Сторінка",
    document="Документ",
    as_of="Станом на",
    known="Як знали на",
    who_stands_where="Хто на чому стоїть",
    issue="Питання",
    distance="Відстань",
    since_baseline="Що змінилося від базової версії",
    ahead="Що попереду та що лишається",
    mark_new="нове",
    mark_returned="знову",
    mark_gone="вже немає",
    mark_changed="змінено",
    value="Значення",
    from_="Від",
    until="До",
    history="Історія",
    also_said="Інші кажуть",
    stands_in="Де трапляється",
    first_seen="Уперше",
    positions="Позиції з часом",
    fact="Факт",
    learned="Дізналися",
    party="Сторона",
    older_values="Раніші значення",
    read_on="Читати далі",
    feeds="Стрічка і календар",
    feed="Стрічка (Atom)",
    calendar="Календар (iCalendar)",
    feeds_text="Програма для стрічок і календар не вміють входити. Створіть для них окрему "
    "адресу: хто її має, читає, що змінилося в цій ситуації і що попереду, і нічого більше, доки "
    "ви її не скасуєте.",
    feeds_make="Створити адресу",
    feeds_once="Ваші нові адреси, показані лише тепер:",
    feeds_good="Адреси, які ви створили",
    feeds_end="Скасувати",
)


def since_moment(moment: str) -> str:
    return f"Від {moment}"


def from_start() -> str:
    return "Що нового"


def quiet(day: str) -> str:
    return f"Нічого не змінилося від {day}."


def unshown(findings: int, day: str) -> str:
    return f"Від {day} показати тут нічого; {_not_shown(findings)}."


def _not_shown(findings: int) -> str:
    return f"не показано: {counted(findings, FINDINGS)}"


def looked_at(moment: str) -> str:
    return f"Перевірено {moment}"


def ahead(planned: str) -> str:
    return f"Далі: {planned}"


def counts(versions: int, findings: int, unshown: int = 0) -> str:
    less = _not_shown(unshown) if unshown else "нічого не змінилося"
    news = counted(findings, FINDINGS) if findings else less
    return f"{counted(versions, VERSIONS)} · {news}"


def version_number(number: int) -> str:
    return f"{number}-та"


def sources(fresh: int, bad: int, newest: str) -> str:
    if bad:
        return f"{counted(bad, SOURCES)} з вадами, свіжих {fresh}"
    looked = f", останнє {newest}" if newest else ""
    return f"свіжих {counted(fresh, SOURCES)}{looked}" if fresh else "джерел ще не перевіряли"


def good_until(moment: str) -> str:
    return f"Останні справні дані: {moment}"


def since_day(day: str) -> str:
    return f"від {day}"


def and_more(number: int) -> str:
    return f"і ще {number}"


def follows_nothing() -> str:
    return "Ситуацій ще немає. Перша з’явиться з першим знімком."


def page_of(number: int, total: int) -> str:
    return f"Сторінка {number} з {total}"


def read_back(day: str) -> str:
    return f"Версії наразі прочитано назад до {day}."


def or_earlier(day: str) -> str:
    return f"{day} або раніше"
