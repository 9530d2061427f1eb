"""What is watched: a folder of boards, a file a day each, and its settings."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path
from typing import Any

KIND_FILE = "board.kind.yaml"
KIND = """
title: Board
type: object
additionalProperties: false
properties:
  members:
    title: Members
    type: array
    x-key: [id]
    x-label: "{name}"
    items:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: {title: Id, type: string}
        name: {title: Name, type: string}
        role: {title: Role, type: string, x-significance: critical}
        phone: {title: Phone, type: string, x-significance: minor}
"""

# No mail leaves this machine. Ticks are shorter than by default, so that waiting for one is no
# great part of what is measured.
CONFIG = """
[sources.boards]
folder = "snapshots"
interval = "1s"

[service]
tick = "1s"

[mail]
folder = "mail"
"""

DAYS = ("2026-01-05", "2026-01-06")
"""Of the two versions that every board has."""

MODELS = 10
"""Boards that are taken in as people's are; all others are copies of their rows."""

MODEL, BOARD, CROWD = "model", "board", "crowd"


def lay_out(folder: Path, boards: int, *, members: int = 12) -> dict[str, str]:
    """Writes settings and files; returns the documents as text by file name, models first."""
    (folder / "snapshots").mkdir(parents=True)
    (folder / "config").mkdir()
    (folder / "config" / "monitor.toml").write_text(CONFIG)
    (folder / "snapshots" / KIND_FILE).write_text(KIND)
    texts: dict[str, str] = {}
    for number in range(MODELS):
        texts |= texts_of(f"{MODEL}-{number}", seed=number, members=members)
    texts |= texts_of(CROWD, seed=MODELS, members=members)
    for number in range(boards):
        texts |= texts_of(f"{BOARD}-{number}", seed=number % MODELS, members=members)
    for name, text in texts.items():
        write(folder, name, text)
    return texts


def texts_of(situation: str, *, seed: int, members: int) -> dict[str, str]:
    """Both versions of one board: in the second, one member has another role."""
    first = board(seed, members)
    second = [dict(member) for member in first]
    second[0]["role"] = "chair emeritus"
    return {
        file_of(situation, DAYS[0]): as_text(situation, DAYS[0], first),
        file_of(situation, DAYS[1]): as_text(situation, DAYS[1], second),
    }


def file_of(situation: str, day: str) -> str:
    return f"{situation}.{day}.json"


def as_text(situation: str, day: str, members: list[dict[str, Any]]) -> str:
    said = {"kind": KIND_FILE, "situation": situation, "as_of": day, "members": members}
    return json.dumps(said, indent=1)


def board(seed: int, members: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        {
            "id": f"p{number}",
            "name": f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {number}",
            "role": chance.choice(("chair", "deputy chair", "member", "observer")),
            "phone": f"+44 20 {chance.randint(10**7, 10**8)}",
        }
        for number in range(members)
    ]


def write(folder: Path, name: str, text: str, *, settled: bool = True) -> None:
    """Complete at once; `settled`: as if it had been there for a minute."""
    path = folder / "snapshots" / name
    path.write_text(text)
    if settled:
        then = time.time() - 60
        os.utime(path, (then, then))


def write_news(folder: Path, boards: int, *, first: int = 0, settled: bool = True) -> list[str]:
    """A third version of some boards, in which somebody has another role; the files' names."""
    names = []
    for number in range(first, first + boards):
        situation, day = f"{BOARD}-{number}", "2026-01-07"
        members = board(number % MODELS, 12)
        members[1]["role"] = "observer emeritus"
        names.append(file_of(situation, day))
        write(folder, names[-1], as_text(situation, day, members), settled=settled)
    return names


_FIRST = ("Ana", "Boris", "Chen", "Dora", "Emil", "Farida", "Gus", "Hana")
_LAST = ("Reyes", "Novak", "Li", "Okoye", "Marin", "Haddad", "Berg", "Silva")
