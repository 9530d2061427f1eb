"""What the pages say on which the next version of a situation is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.words.drafting import DraftLabels
from monitor.words.uk.plurals import Forms, counted, grouped

READERS: Final = Forms("читач", "читачі", "читачів", "читача")
OF_READERS: Final = Forms("читача", "читачів", "читачів", "читача")
MARKS: Final = Forms("позначка", "позначки", "позначок", "позначки")
FACTS: Final = Forms("факт", "факти", "фактів", "факту")
SENTENCES: Final = Forms("речення", "речення", "речень", "речення")

LABELS: Final = DraftLabels(
    drafts="Чернетки",
    none="Відкритих чернеток немає.",
    open="Відкрити чернетку",
    open_one="Почати наступну версію",
    situation="Ситуація",
    as_of="Станом на",
    today="порожньо: сьогодні",
    over="над версією від",
    opened="відкрито",
    nobody_told="ще нікого не сповіщено",
    the_text="Редагувати як текст",
    text_hint="Частковий знімок: пишіть, що змінилося, решта лишається. «null» очищає поле, "
    "«x-removed: true» біля ключа вилучає запис. Рядок під цитатою потрапляє до чернетки, коли "
    "стерти його «#».",
    save="Зберегти",
    faults="Що не так",
    fits="перевірено: відповідає виду",
    nothing_new="перевірено: нового ще немає",
    unfit="перевірено: щось не так",
    line="рядок",
    yours="Ваш текст",
    theirs="Що збережено зараз",
    theirs_hint="Хтось тим часом зберіг свій текст. Вашого не втрачено: візьміть, що потрібно, і "
    "збережіть.",
    save_mine="Зберегти мій замість цього",
    what_it_says="Що вона каже",
    would_get="Що отримають читачі:",
    preview="переглянути дайджест",
    preview_none="Про це нікому не буде сказано.",
    nothing_for="нічого",
    publish="Оприлюднити",
    published="Оприлюднено",
    held="Версія чекає на рішення; до того нікого не сповістять.",
    written="Записано до",
    unwritten="Файл не записано:",
    discard="Відкинути",
    discard_ask="Відкинути цю чернетку?",
    discard_text="Її текст збережеться, його можна буде прочитати, але не оприлюднити.",
    keep="Лишити",
    discarded="Чернетку відкинуто.",
    back="Назад до чернетки",
    start="Ще нічого не написано",
    start_text="Заповніть форму або пишіть як текст. Нікого не сповістять, доки не оприлюдните.",
    form="Заповнити форму",
    form_text="Оберіть список, а в ньому запис.",
    new_entry="Новий запис",
    find="Знайти",
    found_none="Такого запису немає.",
    put_in="Додати до чернетки",
    take_out="Вилучити",
    not_said="не сказано",
    from_="від",
    to="до",
    unit="одиниця",
    yes="так",
    no="ні",
    date_hint="2026-02-17, 2026-02, 2026-02~",
    list_hint="по одному в рядку",
    facts="Що саме",
    provenance="Хто це каже",
    key_hint="порожньо: утвориться з назви",
    below="Нижче",
    wrong="Ще не все гаразд; біля кожного поля сказано, що саме.",
    articles="Статті",
    article="Стаття",
    add_article="Додати статтю",
    add_text="Імена, числа, дати й цитати буде знайдено і зіставлено з тим, що маємо. Що означає "
    "речення, вирішуєте ви.",
    paste="Її текст",
    or_file="або файл (HTML чи текст)",
    publisher="Видавець",
    headline="Заголовок",
    date="Дата",
    address="Адреса",
    add="Прочитати",
    move="рух",
    accept="прийняти",
    change="змінити",
    reject="відхилити",
    later="згодом",
    undo="скасувати",
    status="достовірність",
    said_by="зі слів",
    nobody="нікого не названо",
    is_this="Це",
    to_write="ще треба написати",
    adds_source="додає джерело",
    kept="Стаття, як її прочитано",
    reads="Прочитано",
    nothing_open="Тут більше нічого розміщувати.",
    by_hand="написати у формі",
    no_text="Вставте текст або оберіть файл.",
    what_it_says_now="Що чернетка каже досі",
    not_in_words="цього немає в словах",
    look_twice="придивіться",
    known_already="уже відомо: ще одне джерело",
    show="показати",
)

SORTS: Final[Mapping[str, str]] = {
    "known": "відомо",
    "differs": "інакше",
    "new": "нове",
    "unplaced": "нікого не названо",
    "folded": "цього немає в словах",
    "proposed": "запропоновано моделлю",
}

CHOICES: Final[Mapping[str, str]] = {
    "accepted": "прийнято",
    "rejected": "відхилено",
    "later": "на потім",
}

FAULTS: Final[Mapping[str, str]] = {
    "choice": "Такого слова тут бути не може.",
    "number": "Це не число.",
    "date": "Це не дата.",
    "key": "Напишіть: за цим розпізнають запис.",
    "taken": "Такий запис уже є.",
    "nothing": "Нічого не змінено.",
    "unit": "Напишіть і одиницю.",
}


def draft_for(day: str, title: str) -> str:
    return f"Чернетка на {day}: {title}"


def saved_at(moment: str, by: str) -> str:
    return f"чернетку збережено: {moment}, {by}" if by else f"чернетку збережено: {moment}"


def follow(number: int) -> str:
    return f"стежать: {counted(number, READERS)}"


def get_it(told: int, asked: int) -> str:
    return f"дайджест отримає {grouped(told)} з {counted(asked, OF_READERS)}"


def first_of(asked: int, every: int) -> str:
    return f"Переглянуто лише перших {grouped(asked)} з {counted(every, OF_READERS)}."


def publish_day(day: str) -> str:
    return f"Оприлюднити: {day}"


def article_of(number: int, every: int) -> str:
    return f"Стаття {number} з {every}"


def marks(number: int) -> str:
    return counted(number, MARKS)


def left(number: int) -> str:
    return f"лишилося розмістити: {grouped(number)}" if number else "усе розміщено"


def entry_fields(label: str, fields: str) -> str:
    return f"{label} → {fields}"


def joins(group: str) -> str:
    return f"учасник ({group})"


def somebody_new() -> str:
    return "хтось новий"


def spelling(label: str) -> str:
    return f"{label}, інше написання"


def entry_in(title: str, label: str) -> str:
    return title if title == label else f"{title}: {label}"


def facts_known(number: int) -> str:
    return f"Відомо: {counted(number, FACTS)}"


def add_source(number: int) -> str:
    return "додати джерело" if number == 1 else f"додати джерело до всіх {grouped(number)}"


def silent(number: int) -> str:
    return f"Ще {counted(number, SENTENCES)} без того, що можна розмістити."


def folded(number: int) -> str:
    return f"Згорнуто пропозицій моделі: {grouped(number)}"


def copied(share: int, other: str) -> str:
    return f"{share} % слів є і тут: {other}. Це один голос, а не два."
