"""`monitor diff`: compare two files or versions and say what the changes mean."""

from __future__ import annotations

import gc
import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

import click

from monitor.cli.notes import in_one_line
from monitor.cli.output.terminal import Paper, as_text
from monitor.cli.sides import Sides, all_changes, compare_sides, load_sides, stored_sides
from monitor.compare.diff import within_tolerance
from monitor.errors import NotFound
from monitor.kinds.addressing import path_fault
from monitor.kinds.kind import Kind
from monitor.model.comparison import Comparison, Significance
from monitor.model.record import replace
from monitor.model.text import visible
from monitor.model.tuples import NamedTuple
from monitor.reading.form import Form
from monitor.report.chosen import Chosen, choose
from monitor.report.report import make_report
from monitor.report.view import Report
from monitor.words import LANGUAGES, Language, language

_LEVELS: Final = [level.word for level in sorted(Significance, reverse=True)]
_FORMATS: Final = ("text", "json", "markdown", "html", "jsonpatch")
_WHOLE: Final = ("json", "jsonpatch")


@click.command(no_args_is_help=True)
@click.argument("old")
@click.argument("new", required=False)
@click.option("--kind", metavar="KIND|FILE", help="The kind of plain documents, or another kind.")
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="[PATH=]FIELD",
    help="What identifies the entries of a list without a kind: legislators=id.bioguide; several "
    "fields as a+b, alternatives as a|b; * in PATH for any names; without PATH for a list at the "
    "root.",
)
@click.option("--sheet", metavar="NAME", help="The sheet of a workbook that has several.")
@click.option(
    "--header",
    metavar="N",
    type=int,
    help="The line or row of a table with the names of columns; 0: none.",
)
@click.option("--separator", metavar="C", help="Between the cells of a table: ';', tab or another.")
@click.option("--encoding", metavar="NAME", help="Of a table that is not UTF-8: windows-1251, ...")
@click.option("--since", metavar="DATE", help="With a situation: its version of that day as OLD.")
@click.option(
    "--min-significance",
    "minimum",
    type=click.Choice(_LEVELS),
    default="minor",
    show_default=True,
    help="The least that is shown; noise shows everything.",
)
@click.option(
    "--only",
    metavar="PATH",
    multiple=True,
    help="Only what touches this: people, delegations[russia].members; may be repeated.",
)
@click.option(
    "--ignore",
    metavar="PATTERN",
    multiple=True,
    help="What does not belong to the content: updated, people.*.etag, '**.fetched_at'; it is "
    "counted in a note and not told; may be repeated.",
)
@click.option(
    "--tolerance",
    metavar="X",
    type=float,
    help="Numbers that are no further apart than X say the same, whatever the kind says of them.",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option(
    "--language",
    "spoken",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="The language of sentences; text of the snapshots stays as it was written.",
)
@click.option(
    "--most",
    metavar="N",
    type=click.IntRange(min=0),
    default=500,
    show_default=True,
    help="So many findings of a list are told, the most important first; 0: all, as JSON has.",
)
@click.option(
    "--brief", is_flag=True, help="As a digest tells it: what matters first, the rest in one line."
)
@click.option(
    "--exit-code", is_flag=True, help="Exit 1 when something is shown, 0 when nothing is."
)
@click.pass_obj
def command(
    options: dict[str, Any],
    *,
    old: str,
    new: str | None,
    kind: str | None,
    keys: tuple[str, ...],
    sheet: str | None,
    header: int | None,
    separator: str | None,
    encoding: str | None,
    since: str | None,
    minimum: str,
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    tolerance: float | None,
    form: str,
    spoken: str,
    most: int,
    brief: bool,
    exit_code: bool,
) -> int:
    """Say what changed from OLD to NEW, and what it means.

    OLD and NEW are files (YAML, JSON, JSON Lines, CSV, TSV, XLSX, ODS), folders with a file for
    each entity, addresses, REPO@REV:PATH for what a commit has, '-' for standard input, or
    SITUATION@VERSION, where VERSION is a date, the start of a hash, latest, previous or baseline.
    SITUATION alone compares its baseline with its latest version. Any two can be compared, with or
    without a kind; how a table was read is told.

    \b
    Examples:
      monitor diff old.json new.json
      monitor diff members-2024.csv members-2025.xlsx --sheet Members --key id
      monitor diff @HEAD~1:data/members data/members
      monitor diff members.csv https://example.org/members.csv
      monitor diff ukraine-talks@2026-02-05 ukraine-talks@latest --brief
      git show HEAD~1:talks.yaml | monitor diff - talks.yaml --format markdown
    """
    if tolerance is not None and not 0 <= tolerance < math.inf:
        raise click.UsageError(f"--tolerance {tolerance}: expected a number, 0 or more")
    if form == "jsonpatch" and (only or minimum != "minor"):
        raise click.UsageError(
            "a JSON Patch is whole: --only and --min-significance do not go with it"
        )
    if brief and form in _WHOLE:
        raise click.UsageError(f"{form} is complete: --brief goes with text, markdown and html")
    # What is read lives until the process ends: to look through it for garbage, again and again
    # while it grows, would cost a third of the time.
    gc.disable()
    table = Form(sheet=sheet, header=header, separator=separator, encoding=encoding)
    config = options.get("config")
    # A patch and a pattern speak of what is equal too.
    whole = form == "jsonpatch" or bool(ignore)
    sides = _sides(
        old,
        new,
        kind=kind,
        keys=keys,
        since=since,
        config=config,
        table=table,
        whole=whole,
        exact=form == "jsonpatch",
    )
    comparison = compare_sides(sides, spoken, tolerance=tolerance, ignore=ignore)
    notes = [*_tolerated(comparison, sides.kind, tolerance), *_ignored(comparison)]
    sides = sides._replace(notes=(*sides.notes, *notes))
    if sides.notes:
        click.echo(f"monitor: {visible(in_one_line(sides.notes))}", err=True)
    only = _checked_paths(only, sides)
    for fault in comparison.faults:
        click.echo(f"monitor: {visible(fault)}; it is told plainly, please report this", err=True)
    chosen = choose(comparison, Significance.parse(minimum), only)
    _print(_WRITERS[form](Found(sides, comparison, chosen, language(spoken), brief, most)))
    shown = (
        bool(comparison.changes or comparison.ignored)
        if form == "jsonpatch"
        else bool(chosen.findings)
    )
    return 1 if exit_code and shown else 0


def _sides(
    old: str,
    new: str | None,
    *,
    kind: str | None,
    keys: tuple[str, ...],
    since: str | None,
    config: str | None,
    table: Form,
    whole: bool,
    exact: bool,
) -> Sides:
    if new is not None and since is None:
        wanted = _read_keys(keys)
        return load_sides(
            old,
            new,
            kind=kind,
            keys=wanted,
            config=config,
            form=table,
            whole=whole,
            exact=exact,
        )
    if new is not None:
        raise click.UsageError("--since goes with a situation alone")
    if old == "-" or os.path.lexists(old) or "://" in old:
        raise click.UsageError(f"{old} compared with what? Name a second file or version")
    return stored_sides(old.removesuffix("@latest"), since=since, config=config)


def _tolerated(comparison: Comparison, kind: Kind, tolerance: float | None) -> Iterator[str]:
    number = within_tolerance(comparison.changes, replace(kind, tolerance=tolerance))
    if number:
        told = "number differs" if number == 1 else "numbers differ"
        yield f"{number} {told} by no more than the tolerance; --min-significance noise tells all"


def _read_keys(keys: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for text in keys:
        path, _, fields = text.rpartition("=")
        if not fields:
            raise click.UsageError(f"--key {text}: expected PATH=FIELD, such as people=id")
        found[path] = fields
    return found


def _checked_paths(only: tuple[str, ...], sides: Sides) -> tuple[str, ...]:
    """The paths as the compared documents have them, which without a kind may be of another form
    than the written ones."""
    found = []
    for name in only:
        wrong = path_fault(name, sides.kind)
        path = _as_compared(name, sides) if wrong else name
        if path is None:
            raise NotFound(f"--only {name}: {wrong}")
        found.append(path)
    return tuple(found)


def _as_compared(name: str, sides: Sides) -> str | None:
    if sides.form is None:
        return None
    from monitor.compare.as_written import compared_path, stands_in

    documents = (sides.new.document, sides.old.document)
    if stands_in(name, documents):
        return name
    return compared_path(name, sides.form, documents)


def _ignored(comparison: Comparison) -> Iterator[str]:
    counts = comparison.ignored
    if counts:
        told = ", ".join(f"{number:,} {pattern}" for pattern, number in counts.items())
        total = sum(counts.values())
        yield f"{total:,} {'change is' if total == 1 else 'changes are'} ignored ({told})"


class _Unworded:
    """Says once for each rule that its words are missing; a line stands in their place."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, rule: str, path: str, error: Exception) -> None:
        if rule not in self._said:
            self._said.add(rule)
            why = f"{type(error).__name__}: {error}"
            text = f"words of the rule {rule} are missing, first at {path}: {why}"
            click.echo(f"monitor: {visible(text)}; please report this", err=True)


class Found(NamedTuple):
    """A comparison and how it is to be told."""

    sides: Sides
    comparison: Comparison
    chosen: Chosen
    language: Language
    brief: bool
    most: int


def _report(found: Found) -> Report:
    return make_report(
        found.comparison,
        found.chosen.findings,
        found.chosen.remarks,
        names=(found.sides.old_name, found.sides.new_name),
        language=found.language,
        failed=_Unworded(),
        brief=found.brief,
        most=found.most,
    )


def _text(found: Found) -> str:
    terminal = sys.stdout.isatty()
    colour = terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    paper = Paper(colour=colour, width=_width() if terminal else None)
    return as_text(_report(found), paper)


def _width() -> int:
    """Characters to a line; long lines of prose are hard to read on any terminal."""
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = 80
    return max(60, min(110, columns))


def _json(found: Found) -> str:
    from monitor.report.objects import comparison_object

    sides, chosen = found.sides, found.chosen
    told = comparison_object(
        found.comparison,
        chosen.findings,
        chosen.remarks,
        failed=_Unworded(),
        language=found.language,
    )
    for side, name in (("old", sides.old_name), ("new", sides.new_name)):
        told[side]["name"] = name
    if sides.notes:
        told["notes"] = list(sides.notes)
    return _dumped(told)


def _jsonpatch(found: Found) -> str:
    from monitor.compare.patch import json_patch

    sides = found.sides
    return _dumped(
        json_patch(
            all_changes(sides) if found.comparison.ignored else found.comparison.changes,
            *sides.parsed,
            sides.kind,
            form=sides.form,
            target=sides.target,
            compared=sides.old.document if sides.kind.inferred else None,
        )
    )


def _markdown(found: Found) -> str:
    from monitor.report.markdown import as_markdown

    return as_markdown(_report(found))


def _html(found: Found) -> str:
    from monitor.cli.output.page import as_page

    return as_page(_report(found))


def _dumped(value: Any) -> str:
    # A terminal obeys control characters above ASCII too, so there they are written as escapes.
    return json.dumps(value, ensure_ascii=sys.stdout.isatty(), indent=2) + "\n"


def _print(text: str) -> None:
    """UTF-8 whatever the locale; a lone surrogate is written as its escape."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


# Each imports what it needs only when it is asked for: text, which is asked for most, starts first.
_WRITERS: Final[dict[str, Callable[[Found], str]]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
    "html": _html,
    "jsonpatch": _jsonpatch,
}
