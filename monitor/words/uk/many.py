"""Sentences on names, and on what happened in many places."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.said import (
    Emptied,
    Everywhere,
    NameChanged,
    Rekeyed,
    Renumbered,
    Respelled,
)
from monitor.words.uk.grammar import small
from monitor.words.uk.plurals import ENTRIES, counted
from monitor.words.uk.values import both


def emptied(said: Emptied) -> str:
    where = f"Розділ «{said.section}»" if said.section else "Увесь документ"
    return f"{where} майже спорожнів: зникло записів — {said.number} з {said.size}"


def renumbered(said: Renumbered) -> str:
    named = f" ({_examples(said.examples)})" if said.examples else ""
    return (
        f"Розділ «{said.section}»: {counted(said.number, ENTRIES)} з іншими ідентифікаторами, "
        f"{said.key_before} → {said.key_after}{named}"
    )


def name_changed(said: NameChanged) -> str:
    return f"Нова назва: {said.before} → {said.after}"


def rekeyed(said: Rekeyed) -> str:
    if said.before != said.after:
        return f"Тепер у переліку під іншою назвою: {said.before} → {said.after}"
    return f"{said.after}: інший ідентифікатор, {said.key_before} → {said.key_after}"


def after_rekeyed(said: Rekeyed) -> str:
    reasons = {
        "judged": "За рішенням редактора це те саме.",
        "alias": "Одна з назв наведена серед інших назв другого запису.",
        "similar": f"Назви подібні ({str(said.score).replace('.', ',')}), і відомості теж.",
    }
    return reasons.get(said.how, "")


def respelled(said: Respelled) -> str:
    places = f" (місць: {said.number})" if said.number > 1 else ""
    return f"Інше написання: {said.before} → {said.after}{places}"


def everywhere(said: Everywhere) -> str:
    subject = f"Розділ «{said.section}», {counted(said.number, ENTRIES)}: {small(said.field)}"
    if said.what == "appeared":
        text = f"{subject} — нове поле"
    elif said.what == "disappeared":
        text = f"{subject} — поля більше немає"
    elif said.what == "edit":
        text = f"{subject} — {_edited(str(said.before), str(said.after))}"
    else:
        old, new = both(said.before, said.after)
        text = f"{subject} — {old} → {new}"
    return f"{text} ({_examples(said.examples)})"


def _examples(labels: Sequence[str]) -> str:
    return f"{', '.join(str(label) for label in labels)} та інші"


def _edited(cut: str, put: str) -> str:
    if not put:
        return f"вилучено «{cut}»"
    return f"додано «{put}»" if not cut else f"замість «{cut}» тепер «{put}»"
