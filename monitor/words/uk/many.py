"""Sentences on names, and on what happened in many places."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.comparison import MISSING, Json, Missing
from monitor.model.excerpt import around
from monitor.model.said import (
    Churned,
    EachChanged,
    Emptied,
    Everywhere,
    Exchanged,
    NameChanged,
    Rekeyed,
    Renumbered,
    Respelled,
    SameField,
    SameName,
)
from monitor.model.text import cut
from monitor.words.named_ids import ids, other_ids
from monitor.words.uk.fields import SHOWN, field
from monitor.words.uk.grammar import section, small
from monitor.words.uk.plurals import ENTRIES, counted, grouped
from monitor.words.uk.values import both, listed, number, words

_SHOWN = 80
# Of several with other values of one field, so many are told.
EACH = 6


def emptied(said: Emptied) -> str:
    where = f"Розділ «{said.section}»" if said.section else "Увесь документ"
    what = "полів" if said.fields is True else "записів"
    return f"{where} майже спорожнів: зникло {what} — {grouped(said.number)} з {grouped(said.size)}"


def exchanged(said: Exchanged) -> str:
    where = f"Розділ «{said.section}»" if said.section else "Увесь документ"
    gone = f"зникло записів — {grouped(said.gone)} з {grouped(said.size)}"
    return f"{where} майже повністю інший: {gone}, нових — {grouped(said.come)}"


def renumbered(said: Renumbered) -> str:
    named = f" ({_examples(said.examples)})" if said.examples else ""
    subject = f"{_of(said.section)}{counted(said.number, ENTRIES)}"
    if said.how == "renamed":
        return f"{subject} під іншими назвами: {_examples(said.examples)}"
    if said.how == "rewritten":
        keys = f"{said.key_before} → {said.key_after}"
        return f"{subject} з ідентифікаторами в іншому написанні, {keys}"
    return f"{subject} з іншими ідентифікаторами, {said.key_before} → {said.key_after}{named}"


def name_changed(said: NameChanged) -> str:
    return f"Нова назва: {said.before} → {said.after}"


def rekeyed(said: Rekeyed) -> str:
    if said.before != said.after:
        old, new = ids(said)
        under = f" (ідентифікатор: {old} → {new})" if old else ""
        return f"Тепер у переліку під іншою назвою: {said.before} → {said.after}{under}"
    old, new = other_ids(said)
    return f"{said.after}: інший ідентифікатор, {old} → {new}"


def after_rekeyed(said: Rekeyed) -> str:
    reasons = {
        "judged": "За рішенням редактора це те саме.",
        "alias": "Один із двох записів наводить і другу назву.",
        "form": "Змінилося лише написання ідентифікатора.",
        "values": "Решта відомостей однакова.",
        "similar": f"Назви подібні ({str(said.score).replace('.', ',')}), і відомості теж.",
    }
    return reasons.get(said.how, "")


def respelled(said: Respelled) -> str:
    places = f" (місць: {said.number})" if said.number > 1 else ""
    before, after = (cut(s, SHOWN) for s in around(said.before, said.after, SHOWN))
    return f"Інше написання: {before} → {after}{places}"


def everywhere(said: Everywhere) -> str:
    fields = [said.field] if said.also is MISSING else [said.field, *said.also]
    names = listed([small(field) for field in fields])
    subject = f"{_of(said.section)}{_many(said.number, said.size)}: {names}"
    if said.what == "cleared":
        return f"{subject} — більше не вказано ({_those(said)})"
    if said.what == "filled":
        return f"{subject} — тепер вказано ({_those(said)})"
    if said.what == "appeared":
        text = f"{subject} — {'нове поле' if len(fields) == 1 else 'нові поля'}"
    elif said.what == "disappeared":
        text = f"{subject} — {'поля' if len(fields) == 1 else 'полів'} більше немає"
    elif said.step is not MISSING:
        way = "більше" if said.step > 0 else "менше"
        text = f"{subject} — на {number(abs(said.step))} {way}"
    elif said.what == "members":
        told = field(said.field, *_sides(said))
        text = f"{_of(said.section)}{_many(said.number, said.size)}: {told}"
    elif said.what == "edit":
        text = f"{subject} — {_edited(str(said.before), str(said.after))}"
    else:
        old, new = both(said.before, said.after)
        text = f"{subject} — {old} → {new}"
    return f"{text} ({_those(said)})"


def churned(said: Churned) -> str:
    subject = f"{_of(said.section)}{_many(said.number, said.size)}"
    each = said.example
    old, new = (cut(text, _SHOWN) for text in both(each.before, each.after))
    field = f"{small(each.field)}: " if len(said.fields) > 1 else ""
    fields = listed([small(name) for name in said.fields], limit=6)
    return f"{subject}: змінено {fields}, як-от {each.label} ({field}{old} → {new})"


def each_changed(said: EachChanged) -> str:
    """`Розділ «Зупинки» (101): час — A: 07:00 → 06:50; B: 08:10 → 08:00`."""
    told = [
        f"{each.label}: {old} → {new}"
        for each in said.entries[:EACH]
        for old, new in [both(each.before, each.after)]
    ]
    more = len(said.entries) - len(told)
    more_told = [f"ще {more}"] if more else []
    where = section(said.section, said.parent)
    return f"Розділ {where}: {said.field} — {'; '.join([*told, *more_told])}"


def same_name(said: SameName) -> str:
    places = _in_places(said.groups, said.places)
    old, new = said.id_before, said.id_after
    if said.before == said.after:
        return f"{said.after}: інший ідентифікатор ({old} → {new}), {places}"
    under = "" if new is MISSING else f" (ідентифікатор: {old} → {new})"
    return f"Нова назва: {said.before} → {said.after}{under}, {places}"


def same_field(said: SameField) -> str:
    places = _in_places(said.groups, said.places)
    old, new = (cut(text, _SHOWN) for text in both(said.before, said.after))
    return f"{said.label}: {small(said.field)}, {old} → {new}, {places}"


def _in_places(groups: str | None, places: Sequence[str]) -> str:
    where = f"«{groups}»" if groups else "списки"
    return f"{where} — {len(places)} ({listed(places)})"


def _of(section: str) -> str:
    return f"Розділ «{section}», " if section else ""


def _many(number: int, size: int | Missing) -> str:
    if size is MISSING:
        return counted(number, ENTRIES)
    return f"записів — {grouped(number)} з {grouped(size)}"


def _examples(labels: Sequence[str]) -> str:
    return f"{', '.join(str(label) for label in labels)} та інші"


def _sides(said: Everywhere) -> tuple[Json, Json]:
    before, after = said.before, said.after
    return None if before is MISSING else before, None if after is MISSING else after


def _those(said: Everywhere) -> str:
    """Some of the entries; a few of them all, and what each says."""
    if said.values is not MISSING:
        pairs = zip(said.examples, said.values, strict=True)
        return ", ".join(f"{label}: {words(value)}" for label, value in pairs)
    if said.number <= len(said.examples):
        return listed(said.examples)
    return _examples(said.examples)


def _edited(cut: str, put: str) -> str:
    if not put:
        return f"вилучено «{cut}»"
    return f"додано «{put}»" if not cut else f"замість «{cut}» тепер «{put}»"
