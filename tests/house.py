"""Draws the house from its imports: `python -m tests.house` writes docs/img/house.svg.

A row for each layer of the import rule in pyproject.toml, the uppermost first; an arrow from a
room to each one below that it uses and that no other room on the way uses for it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Final, NamedTuple

import grimp

ROOT: Final = Path(__file__).parent.parent
PICTURE: Final = ROOT / "docs" / "img" / "house.svg"
WIDTH: Final = 960
ROW: Final = 92
BOX: Final = (112, 44)


class Room(NamedTuple):
    """A package or module below `monitor`, with the middle of its box in pixels."""

    name: str
    x: int
    y: int


def layers() -> list[list[str]]:
    """Names in each layer, the uppermost first, as the import rule has them."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (rule,) = (
        rule
        for rule in rules["tool"]["importlinter"]["contracts"]
        if rule["name"] == "The flow goes one way"
    )
    return [[name.strip() for name in layer.split("|")] for layer in rule["layers"]]


def uses() -> dict[str, frozenset[str]]:
    """Which room imports which, whatever file of it does."""
    graph = grimp.build_graph("monitor")
    rooms = [room.partition(".")[2] for room in graph.find_children("monitor")]
    found: dict[str, set[str]] = {room: set() for room in rooms}
    for module in graph.modules:
        importer = module.split(".")[1] if "." in module else ""
        for imported in graph.find_modules_directly_imported_by(module):
            target = imported.split(".")[1] if "." in imported else ""
            if importer in found and target in found and importer != target:
                found[importer].add(target)
    return {room: frozenset(targets) for room, targets in found.items()}


def told(used: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The imports that do not follow from others."""
    for room, targets in sorted(used.items()):
        further = {far for target in targets for far in _reached(used, target)}
        yield from ((room, target) for target in sorted(targets - further))


def _reached(used: Mapping[str, frozenset[str]], room: str) -> set[str]:
    found: set[str] = set()
    waiting = list(used[room])
    while waiting:
        target = waiting.pop()
        if target not in found:
            found.add(target)
            waiting += used[target]
    return found


def picture() -> str:
    """The whole drawing as SVG text; the same for the same imports."""
    rooms = {room.name: room for room in _placed(layers())}
    height = len(layers()) * ROW + 20
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>The packages of monitor and their imports</title>",
        "<desc>Each row may import only what stands in rows below it.</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fbfbf8"/>',
        '<g fill="none" stroke="#8a93a6" stroke-width="1.3">',
    ]
    for importer, target in told(uses()):
        if importer in rooms and target in rooms:
            lines.append(_arrow(rooms[importer], rooms[target]))
    lines.append("</g>")
    lines += [_box(room) for room in rooms.values()]
    return "\n".join((*lines, "</svg>\n"))


def _placed(rows: list[list[str]]) -> Iterator[Room]:
    for number, names in enumerate(rows):
        step = WIDTH / len(names)
        for place, name in enumerate(names):
            yield Room(name, round(step * (place + 0.5)), number * ROW + ROW // 2 + 10)


def _arrow(start: Room, end: Room) -> str:
    top, bottom = start.y + BOX[1] // 2, end.y - BOX[1] // 2
    middle = (top + bottom) // 2
    curve = f"M{start.x},{top} C{start.x},{middle} {end.x},{middle} {end.x},{bottom}"
    tip = f"M{end.x - 4},{bottom - 6} L{end.x},{bottom} L{end.x + 4},{bottom - 6}"
    return f'<path d="{curve}"/><path d="{tip}"/>'


def _box(room: Room) -> str:
    left, top = room.x - BOX[0] // 2, room.y - BOX[1] // 2
    return (
        f'<rect x="{left}" y="{top}" width="{BOX[0]}" height="{BOX[1]}" rx="4" fill="#ffffff" '
        f'stroke="#1f4e9c"/><text x="{room.x}" y="{room.y + 5}" text-anchor="middle" '
        f'font-family="Arial,Helvetica,sans-serif" font-size="14" fill="#1b1b18">'
        f"{escape(room.name)}</text>"
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")
