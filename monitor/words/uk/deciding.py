"""What the pages say on which people decide and look after the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from monitor.words.deciding import DecidingLabels
from monitor.words.uk.plurals import Forms, counted

READERS: Final = Forms("читач", "читачі", "читачів", "читача")
MESSAGES: Final = Forms("лист", "листи", "листів", "листа")
TRIES: Final = Forms("спроба", "спроби", "спроб", "спроби")
FAULTS: Final = Forms("вада", "вади", "вад", "вади")

LABELS: Final = DecidingLabels(
    held="Чекає на рішення",
    held_because="Чекає, бо",
    now_counts="Що чинне зараз",
    reason="Причина",
    say_why="Скажіть чому: причина зберігається разом із рішенням.",
    release="Випустити",
    reject="Відхилити",
    whole_difference="Уся різниця",
    nothing_held="Ніщо не чекає на рішення.",
    decisions="Рішення",
    nothing_decided="Рішень іще не було.",
    when="Коли",
    who="Хто",
    what="Що",
    why="Чому",
    by_command="командою",
    all_decisions="Усі рішення",
    pin="Закріпити як базову",
    advance="Перенести базову сюди",
    follow="Завжди попередня версія",
    withdraw="Відкликати",
    put_back="Повернути",
    decide="Вирішити",
    withdrawn="Відкликано",
    the_baseline="Базова версія",
    counts="чинна",
    source="Джерело",
    revision="редакція",
    step="Що вона змінила",
    subject="Тема",
    readers="Читачі",
    text="Текст",
    html="HTML",
    by_itself="Відкрити окремо",
    nothing_sent="Дайджестів іще не складали.",
    as_sent="Так, як надіслано, байт у байт; де кожен читач має власні посилання, там порожні "
    "місця.",
    nodes="Вузли",
    process="процес",
    not_running="Служба не працює.",
    sources="Джерела",
    no_source="Джерел іще не перевіряли.",
    state="Стан",
    looked="Перевірено",
    newest="Найновіша версія",
    trouble="Вада",
    outbox="Вихідні листи",
    oldest_owed="Найстаріший винний",
    empty="Тут порожньо.",
    messages="Листи",
    all_messages="Усі листи",
    newest_first="Найновіші",
    older="Старіші",
    to="Кому",
    attempts="Спроби",
    next_try="Наступна спроба",
    expires="Чинний до",
    retry="Спробувати зараз",
    let_go="Усе-таки надіслати",
    nobody_needed="Людина не потрібна.",
    rates="Обмеження",
    channels="Канали",
    kind="Вид",
    takes="приймає",
    takes_nothing="нічого не приймає",
    answer="Відповідь",
    no_attempt="Ще не пробували.",
    uncertain="міг дійти",
    came_back="Повернулося",
    report="Звіт",
    cadence="Як часто",
    told="Сказано до",
    next_due="Наступний",
    no_subscriptions="Ніхто ще не підписався.",
    people="Люди",
    role="Роль",
    address="Адреса",
    language="Мова",
    zone="Часовий пояс",
    add="Додати людину",
    save="Зберегти",
    end="Припинити доступ",
    ended="припинено",
    tokens="Ключі програм",
    scopes="Для чого",
    make="Створити ключ",
    token_once="Ключ видно лише зараз; зберігається тільки його відбиток. Запишіть його:",  # noqa: S106 - a label
    no_tokens="Ключів немає.",
    yourself="ви",
    last_admin="Це остання людина, яка веде інших; спершу додайте ще одну.",
)

DECIDED: Mapping[str, str] = {
    "released": "випущено",
    "rejected": "відхилено",
    "pinned": "базову закріплено",
    "advanced": "базову перенесено",
    "followed": "базова завжди попередня",
    "withdrawn": "відкликано",
    "restored": "повернуто",
}

STATES: Mapping[str, str] = {
    "fresh": "свіже",
    "stale": "застаріле",
    "failing": "з вадою",
    "pending": "чекає",
    "claimed": "надсилається",
    "retry": "спробує знову",
    "held": "затримано",
    "dead": "не вдалося зовсім",
    "sent": "надіслано",
    "cancelled": "скасовано",
    "current": "чинна",
    "rejected": "поза рядом",
    "withdrawn": "відкликано",
    "active": "діє",
    "suspended": "зупинено",
    "unsubscribed": "відписано",
    "suppressed": "листів не отримує",
    "ended": "припинено",
}

TROUBLES: Mapping[str, str] = {
    "held": "Версія чекає на рішення",
    "held-mail": "Лист чекає на рішення",
    "stale": "Джерело довше, ніж мало б, не дає нічого нового",
    "refused": "Знімок відхилено",
    "stranded": "Знімок більше не чинний: зникло те, на що його накладено",
    "stateless": "Ситуація більше не має стану",
    "old": "Файл старіший за те, що вже є",
    "version": "Версію неможливо порівняти",
    "subscription": "Підписку неможливо прочитати",
    "name": "Налаштування або читач називають те, чого немає",
    "disk": "Диск майже повний",
    "relay": "Пошту неможливо надіслати",
    "unbuilt": "Лист неможливо скласти",
    "kept": "Лист зберігається, доки його не вдасться прочитати",
    "undelivered": "Читач не отримує листів",
    "operator-mail": "Оператор не отримує листів",
    "bounced": "Лист на адресу повернувся",
    "complained": "Читач поскаржився на наші листи",
    "unsigned": "Лист, здається, повернувся, але звіт не підписано",
    "unreadable": "Звіт про повернений лист неможливо прочитати",
    "forged": "Надходять підроблені звіти про листи",
    "mailbox": "Скриньку для повернених листів неможливо прочитати",
    "channel": "Канал нічого не приймає",
    "other": "Щось потребує людини",
}

HOLDS: Mapping[str, str] = {
    "early": "Її день іще попереду. Вона стане чинною того дня сама або коли ви її випустите.",
    "undone": "Вона скасувала б сказане на раніший день, яке тоді нічого не змінило.",
    "accident": "Вона схожа на помилку.",
    "stranded": "Зникло те, на що її накладено.",
}

WAITS: Mapping[str, str] = {
    "this database is a copy": "Ця база даних — копія; оригінал, можливо, вже надіслав цей лист.",
    "owed since": "Читачам не надсилають із таким запізненням.",
}

GIVEN_UP: Mapping[str, str] = {
    "a newer one was due": "Настав час новішого листа, а цей ще чекав; наступний розповість про "
    "обидва.",
    "before it was not delivered": "Лист перед ним не доставлено; наступний розповість про обидва.",
}

ROLES: Mapping[str, str] = {"reader": "читає", "editor": "ще й вирішує", "admin": "ще й веде людей"}

BASELINES: Mapping[str, str] = {
    "previous": "завжди версія перед останньою",
    "pinned": "закріплено",
    "advanced": "перенесено",
}

REASONS: Mapping[str, str] = {
    "digest": "дайджест",
    "alert": "сповіщення",
    "receipt": "підтвердження",
    "manual": "надіслано вручну",
    "welcome": "вітання",
    "operator": "оператору",
    "confirm": "прохання підтвердити адресу",
}

RETURNED: Final[Mapping[str, str]] = {
    "suppressed": "На цю адресу листи більше не надсилаються.",
    "ended": "Надійшла скарга: підписки на цю адресу припинено.",
    "counted": "Враховано; кілька днів поспіль — і адресу буде заблоковано.",
    "policy": "Стосується не адреси, а нас або цього листа.",
    "noted": "Записано; нічого не змінює.",
    "unreadable": "Нестандартна форма; нічого не змінює.",
    "unsigned": "Без підпису; нічого не змінює.",
    "late": "Надійшов надто пізно, щоб щось змінити.",
    "forged": "Підпис хибний; нічого не змінює.",
    "unknown": "Не називає жодного нашого листа.",
}


def held_since(moment: str) -> str:
    return f"Надійшла: {moment}"


def since(moment: str) -> str:
    return f"відколи: {moment}"


def instead_of(day: str) -> str:
    return f"порівняно з чинним зараз, {day}"


def readers(number: int) -> str:
    return counted(number, READERS) if number else "без читачів"


def messages(number: int) -> str:
    return counted(number, MESSAGES)


def tries(number: int) -> str:
    return counted(number, TRIES) if number else "без спроб"


def needed(number: int) -> str:
    return f"Потрібна людина: {counted(number, FAULTS)}"


def of_the_last(number: int) -> str:
    return f"з останніх {number}"


def taken(taken: int, waiting: int) -> str:
    return f"надіслано {taken}, чекає {waiting}"
