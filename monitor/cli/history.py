"""`monitor history`: every value that one fact has had, with dates and sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from monitor.cli.line import StateLine, load_line
from monitor.compare.cited import read_sources
from monitor.compare.history import FactValue, entry_paths, fact_history
from monitor.kinds.addressing import paths_of
from monitor.kinds.translating import translated
from monitor.model.authorship import in_a_line
from monitor.model.comparison import Publication
from monitor.model.nearest import few
from monitor.model.text import visible
from monitor.pipeline.drafting.evidence import Words
from monitor.pipeline.objects import value_object
from monitor.words import LANGUAGES, Language, language


@click.command()
@click.argument("names", metavar="SITUATION PATH", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@click.option(
    "--language", "code", type=click.Choice(LANGUAGES), default="en", help="The language of text."
)
@click.pass_obj
def command(options: dict[str, Any], names: tuple[str, ...], form: str, code: str) -> None:
    """Tell every value that the fact at PATH has had.

    SITUATION is a name, or snapshot files or a folder of them. PATH is written as findings write
    it; without a field it is an entity.

    \b
    Examples:
      monitor history ukraine-talks 'delegations[russia].members[kostyukov].role'
      monitor history snapshots/ukraine-talks 'rounds[trilateral-3].city' --format json
    """
    *files, path = names
    if not files or (path and Path(path).exists() and all(Path(name).exists() for name in files)):
        raise _no_path(load_line(names, config=options.get("config")), names)
    line = load_line(files, config=options.get("config"))
    spoken = language(code)
    values = fact_history(line.states, translated(line.kind, code), path)
    sources, words = _sources(line), Words(line.quotations, line.states, line.kind)
    if form == "json":
        told = [
            value_object(
                value,
                line.authors.get(value.version),
                words.under(path, value),
            )
            for value in values
        ]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    click.echo(path)
    for value in values:
        first, *rest = _lines(value, sources, spoken)
        known = line.authors.get(value.version)
        rest += [in_a_line(known)] if known is not None else []
        for one in words.under(path, value):
            named = _source(sources.get(one.source), one.source, spoken)
            rest.append(spoken.series.quoted(one.quote, named))
        click.echo(f"\n{visible(first)}")
        for text in rest:
            click.echo(f"    {visible(text)}")
    for text in line.withdrawn:
        click.echo(f"\n{spoken.labels.withdrawn.lower()}: {visible(text)}")


def _no_path(line: StateLine, names: tuple[str, ...]) -> click.UsageError:
    """What could have been asked for."""
    entry = next(entry_paths(line.states[-1].document, line.kind), None)
    such = f", such as {entry}" if entry else ""
    return click.UsageError(
        f"name the PATH of a fact of {', '.join(names)}{such}; it has: {few(paths_of(line.kind))}"
    )


def _sources(line: StateLine) -> dict[str, Publication]:
    found: dict[str, Publication] = {}
    for state in line.states:
        found.update(read_sources(state.document, line.kind))
    return found


def _lines(value: FactValue, sources: dict[str, Publication], spoken: Language) -> list[str]:
    words, series = spoken.values.words, spoken.series
    first, last = words(value.version.as_of), words(value.until)
    days = first if first == last else f"{first} – {last}"
    lines = [f"{days}: {_words(value, spoken)}"]
    said = [value.provenance.status, value.provenance.said_by]
    said += [_source(sources.get(one), one, spoken) for one in value.provenance.sources]
    if voices := [text for text in said if text]:
        lines.append(" · ".join(voices))
    for each in value.disputed:
        named = each.source or spoken.frame.another_source()
        source = _source(sources.get(each.source_id or ""), named, spoken)
        lines.append(series.otherwise(each.field, words(each.value), source))
    if value.version.learned_at:
        lines.append(series.learned(words(value.version.learned_at)))
    return lines


def _words(value: FactValue, spoken: Language) -> str:
    words, series = spoken.values.words, spoken.series
    if not value.present:
        return words(None) if value.listed else series.NOT_LISTED
    if isinstance(value.value, dict) and value.value.keys() != {"low", "high", "unit"}:
        parts = [f"{name}: {words(part)}" for name, part in value.value.items()]
        return "; ".join(parts) or series.LISTED
    return words(value.value)


def _source(source: Publication | None, identity: str, spoken: Language) -> str:
    if source is None:
        return identity
    name = source.publisher or identity
    return f"{name}, {spoken.values.date_words(source.published)}" if source.published else name
