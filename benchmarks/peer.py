"""One tool on two files, in a process of its own: python -m benchmarks.peer TOOL OLD NEW RUNS.

Prints one JSON object: seconds of processor time to parse and to compare (medians, so that other
programs disturb them less), and the facts that were found.
"""

from __future__ import annotations

import gc
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import orjson

Document: TypeAlias = dict[str, Any]
Tool: TypeAlias = Callable[[Document, Document], Any]


def keyed(document: Document) -> Document:
    return {name: {entry["id"]: entry for entry in entries} for name, entries in document.items()}


def parse_only(old: Document, new: Document) -> None:
    """Holds both documents and does nothing: the floor for time and memory."""


def parsed_facts(_answer: None, _old: Document) -> list[str]:
    return []


def monitor_kind() -> Any:
    kinds = importlib.import_module("monitor.kinds.kind")
    names = ("name", "role", "details.city", "details.since", "details.rank", "details.note")
    fields = {
        name: kinds.Field(name=name, title=name)
        for name in ("id", *names, "details.active", "sources")
    }
    fields["sources"] = kinds.Field(name="sources", title="sources", is_list=True)
    lists = ("agencies", "offices", "people", "roles")
    collections = {
        "": kinds.Collection(path="", title="", keys=(), children=lists),
        **{
            name: kinds.Collection(path=name, title=name, keys=(("id",),), fields=fields)
            for name in lists
        },
    }
    return kinds.Kind(name="benchmark", hash="0", title="Benchmark", collections=collections)


def monitor(old: Document, new: Document) -> Any:
    """Changes and findings, with a kind."""
    return compare_states(old, new, monitor_kind())


def monitor_changes(old: Document, new: Document) -> Any:
    """Changes alone, with a kind."""
    return importlib.import_module("monitor.compare.diff").diff(
        old, new, monitor_kind(), situation="benchmark"
    )


def monitor_inferred(old: Document, new: Document) -> Any:
    """Changes and findings, the keys of the lists found first."""
    inferred = importlib.import_module("monitor.compare.infer").infer_kind(old, new)
    return compare_states(inferred.old, inferred.new, inferred.kind)


def compare_states(old: Document, new: Document, kind: Any) -> Any:
    model = importlib.import_module("monitor.model.comparison")
    states = [
        model.State(
            ref=model.VersionRef(situation="benchmark", as_of=day, content_hash=day),
            document=document,
        )
        for day, document in (("2026-01-01", old), ("2026-01-02", new))
    ]
    return importlib.import_module("monitor.compare.comparison").compare(*states, kind)


def monitor_facts(answer: Any, _old: Document) -> list[str]:
    """Lists of alike entries are one collection without a kind: then the list's name is a key."""
    changes = getattr(answer, "changes", answer)
    return [
        "/".join((*_levels(c.collection, c.key), *(c.field or "").split("."))).rstrip("/")
        for c in changes
    ]


def _levels(collection: str, key: Any) -> list[str]:
    keys = [level[0][1] for level in key]
    return [collection, *keys] if len(keys) == 1 else keys


def deepdiff_keyed(old: Document, new: Document) -> Any:
    return _deepdiff()(keyed(old), keyed(new), view="tree", threshold_to_diff_deeper=0)


def deepdiff_group_by(old: Document, new: Document) -> Any:
    return {
        name: _deepdiff()(
            old[name], new[name], group_by="id", view="tree", threshold_to_diff_deeper=0
        )
        for name in old
    }


def deepdiff_ignore_order(old: Document, new: Document) -> Any:
    return _deepdiff()(old, new, view="tree", ignore_order=True)


def deepdiff_plain(old: Document, new: Document) -> Any:
    return _deepdiff()(old, new, view="tree")


def deepdiff_facts(answer: Any, old: Document) -> list[str]:
    if all(name in old for name in answer):
        return [
            "/".join((name, *map(str, path))) for name in answer for path in _paths(answer[name])
        ]
    return [_by_id(path, old) for path in _paths(answer)]


def dictdiffer(old: Document, new: Document) -> Any:
    return list(importlib.import_module("dictdiffer").diff(keyed(old), keyed(new)))


def dictdiffer_facts(answer: Any, _old: Document) -> Iterable[str]:
    for op, path, value in answer:
        steps = path if isinstance(path, list) else [step for step in path.split(".") if step]
        if op == "change":
            yield "/".join(map(str, steps))
        else:
            yield from ("/".join((*map(str, steps), str(name))) for name, _ in value)


def jsonpatch(old: Document, new: Document) -> Any:
    return importlib.import_module("jsonpatch").make_patch(keyed(old), keyed(new)).patch


def jsonpatch_facts(answer: Any, _old: Document) -> list[str]:
    return [operation["path"].lstrip("/") for operation in answer]


def _deepdiff() -> Any:
    return importlib.import_module("deepdiff").DeepDiff


def _paths(answer: Any) -> Iterable[list[Any]]:
    for levels in answer.values():
        for level in levels:
            yield level.path(output_format="list")


def _by_id(path: list[Any], old: Document) -> str:
    """A path with a position in it, by the id that stands there in the old list."""
    if len(path) > 1 and isinstance(path[1], int):
        entries = old[path[0]]
        path = [path[0], entries[path[1]]["id"] if path[1] < len(entries) else "?", *path[2:]]
    return "/".join(map(str, path))


# Seconds after which a slow tool is not asked again.
ENOUGH = 3.0

TOOLS: dict[str, tuple[Tool, Callable[[Any, Document], Iterable[str]]]] = {
    "parse": (parse_only, parsed_facts),
    "monitor": (monitor, monitor_facts),
    "monitor, changes only": (monitor_changes, monitor_facts),
    "monitor, no kind": (monitor_inferred, monitor_facts),
    "deepdiff, keyed by us": (deepdiff_keyed, deepdiff_facts),
    "deepdiff group_by": (deepdiff_group_by, deepdiff_facts),
    "deepdiff ignore_order": (deepdiff_ignore_order, deepdiff_facts),
    "deepdiff plain": (deepdiff_plain, deepdiff_facts),
    "dictdiffer, keyed by us": (dictdiffer, dictdiffer_facts),
    "jsonpatch, keyed by us": (jsonpatch, jsonpatch_facts),
}


def main(tool: str, old_path: str, new_path: str, runs: int) -> None:
    old_bytes, new_bytes = Path(old_path).read_bytes(), Path(new_path).read_bytes()
    run, facts_of = TOOLS[tool]
    # The command collects no garbage; the floor is measured alike, other tools as Python has it.
    own = tool == "parse" or tool.startswith("monitor")
    parsing: list[float] = []
    comparing: list[float] = []
    while len(comparing) < runs and sum(comparing) < ENOUGH:
        gc.collect()
        if own:
            gc.disable()
        start = time.process_time()
        old, new = orjson.loads(old_bytes), orjson.loads(new_bytes)
        middle = time.process_time()
        answer = run(old, new)
        comparing.append(time.process_time() - middle)
        parsing.append(middle - start)
    print(
        json.dumps(
            {
                "parse": statistics.median(parsing),
                "seconds": statistics.median(comparing),
                "facts": sorted(facts_of(answer, old)),
            }
        )
    )


if __name__ == "__main__":
    tool, old, new, runs = sys.argv[1:5]
    main(tool, old, new, int(runs))
