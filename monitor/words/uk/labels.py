"""Fixed words of templates and of the terminal."""

from __future__ import annotations

from monitor.words.language import Labels

LABELS = Labels(
    in_short="Коротко",
    briefly="Менші зміни",
    withdrawn="Відкликано",
    was="раніше —",
    now="тепер —",
    before="раніше",
    after="тепер",
    disagree="Джерела розходяться",
    disputed="суперечливо",
    all_of_them="Усі зміни",
    unchanged="Без змін",
    next="Далі",
    source="Джерело",
    sources="Джерела",
    muted="Приховано",
    to_change="Щоб приховати тему або змінити частоту листів",
    or_ask="або зверніться до того, хто веде monitor для вас",
    sent_to="Надіслано на адресу",
    unsubscribe="Відписатися",
    beside="Крім того",
    comparison="Порівняння",
    document="Документ",
    entry="запис {}",
    entries="записи",
    span_role=" ({})",
    span_start=" з {}",
    also="Також",
    empty="(порожньо)",
    history="Історія цього факту",
    open_comparison="Відкрити це порівняння",
    open_baseline="Відкрити порівняння з вихідним станом",
    new="Нове",
    over="Минуло",
    your_subscription="Ваша підписка",
    day="d MMMM y",
    day_of_year="d MMMM",
)
