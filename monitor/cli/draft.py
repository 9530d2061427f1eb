"""`monitor draft`: the next version of a situation, while nobody is told of it."""

from __future__ import annotations

import contextlib
import getpass
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli.opened import find_subscription, now, opened, reading
from monitor.cli.proposing import command as ask
from monitor.cli.proposing import proposals_of, say_told
from monitor.errors import Conflict, MonitorError, NotFound, SnapshotRefused
from monitor.model.edtf import bounds
from monitor.model.later import later
from monitor.model.nearest import suggestion_or_all
from monitor.model.record import replace
from monitor.pipeline.drafting.adding import add_article, kept_of
from monitor.pipeline.drafting.cards import placed_of
from monitor.pipeline.drafting.checking import NOTHING, check_draft
from monitor.pipeline.drafting.drafts import draft_of, latest_of, open_draft
from monitor.pipeline.drafting.keeping import keep_article, known_already, voices
from monitor.pipeline.drafting.placing import Act, Placed, decided, place, undo
from monitor.pipeline.drafting.previewing import Ahead, Foreseen
from monitor.pipeline.drafting.publishing import publish
from monitor.pipeline.drafting.taking import taken_back
from monitor.pipeline.program import Program
from monitor.store.records import Article, Draft
from monitor.words.en.values import counted
from monitor.writing.articles import ArticleText, text_of
from monitor.writing.pages import is_page
from monitor.writing.taking import left_to_place

if TYPE_CHECKING:
    from monitor.pipeline.drafting import fetching
else:
    fetching = later("monitor.pipeline.drafting.fetching")

SITUATION = click.argument("situation")


@click.group(name="draft")
def command() -> None:
    """Write the next version of a situation: nobody is told before it is published.

    A situation has one draft, kept in the database. It is a partial snapshot over the latest
    version: you write what has changed.

    \b
    Examples:
      monitor draft open ukraine-talks
      monitor draft edit ukraine-talks
      monitor draft check ukraine-talks
      monitor draft preview ukraine-talks
      monitor draft publish ukraine-talks
    """


command.add_command(ask)


@command.command(name="open")
@SITUATION
@click.option("--as-of", "as_of", help="The date of the new version. Default: today.")
@click.pass_context
def open_one(ctx: click.Context, situation: str, as_of: str | None) -> None:
    """Begin the draft of SITUATION, with the known names and sources at hand as comments."""
    with opened(ctx) as program:
        draft = open_draft(program, situation, as_of=as_of, by=getpass.getuser(), now=now())
        base = latest_of(program, situation).ref.as_of
    click.echo(f"a draft of {draft.situation} over {base} is open; monitor draft edit {situation}")


@command.command(name="list")
@click.pass_context
def list_all(ctx: click.Context) -> None:
    """The drafts that are open: over what, by whom, and when they were saved."""
    with reading(ctx) as program:
        rows = [(one, _base(program, one)) for one in program.store.drafts.all()]
    if not rows:
        click.echo("no draft is open")
    for one, base in rows:
        click.echo(
            f"{one.situation}: over {base}, opened {_when(one.opened_at)} by {one.opened_by}, "
            f"saved {_when(one.saved_at)} by {one.saved_by}"
        )


@command.command(name="show")
@SITUATION
@click.pass_context
def show(ctx: click.Context, situation: str) -> None:
    """Print the draft as it is written; without one, the last that there was."""
    with reading(ctx) as program:
        draft = program.store.drafts.last(situation) or draft_of(program, situation)
    click.echo(draft.text, nl=False)
    _say_what_is_left(draft)
    if draft.ending is not None and draft.ended_at is not None:
        when = _when(draft.ended_at)
        click.echo(f"monitor: it was {draft.ending} {when} by {draft.ended_by}", err=True)


@command.command(name="edit")
@SITUATION
@click.argument("file", required=False)
@click.pass_context
def edit(ctx: click.Context, situation: str, file: str | None) -> None:
    """Write in the draft, in $VISUAL or $EDITOR; or take its text from FILE (- is standard input).

    What you wrote is kept in any case; what is wrong with it is said, each fault with its line.

    Under the quotation of an article, a line whose # you delete is placed: it goes into the draft
    with its source. A line of your own does too: PATH: {field: value}.
    """
    with opened(ctx) as program:
        draft = draft_of(program, situation)
        written = _edited(draft.text) if file is None else _given(file)
        if written is not None and not written.strip():
            raise MonitorError(
                "nothing is left of the text; `monitor draft discard` gives a draft up"
            )
        if written is None or written == draft.text:
            click.echo("nothing was changed")
            return
        with _kept_on_fault(situation, written):
            taking = taken_back(program, situation, written)
            placed = placed_of(program, draft, taking.taken)
        draft = _saved(program, draft, taking.text, placed)
        sound = _say_faults(program, draft)
    done = [f"{len(taking.taken)} placed"] if taking.taken else []
    done += [] if sound else ["with faults"]
    click.echo(f"{', '.join(['saved', *done])}; nobody is told yet")
    _say_what_is_left(draft)
    if not sound:
        ctx.exit(2)


@command.command(name="add")
@SITUATION
@click.argument("article")
@click.option("--publisher", help="Who published it. Default: what the page says.")
@click.option("--date", "published", help="Its day, as YYYY-MM-DD. Default: what the page says.")
@click.option("--title", help="Its headline.")
@click.option("--url", help="Where it can be read.")
@click.option("--ask", "asks", is_flag=True, help="Ask the model of [draft.model] as well.")
@click.option("--folded", is_flag=True, help="List what it proposed and cannot be right.")
@click.pass_context
def add(
    ctx: click.Context,
    /,
    situation: str,
    article: str,
    asks: bool,
    folded: bool,
    **told: str | None,
) -> None:
    """Read ARTICLE (text, HTML, the text of a PDF; - is standard input) for the draft; an address
    only where fetch is true under [draft].

    Its publication is written into the draft with an id, and its sentences below as comments: what
    we know (known), what we have otherwise (differs), what nobody here has heard of (new). Under
    each stands what it may mean, in lines: delete the # of one, and `draft edit` takes it in.

    \b
    Examples:
      monitor draft add ukraine-talks article.html --publisher Reuters --date 2026-02-18
      pdftotext report.pdf - | monitor draft add ukraine-talks - --publisher OSCE
    """
    given = None if is_page(article) else _bytes(article)
    with opened(ctx) as program:
        draft = draft_of(program, situation)
        data = fetching.fetched(program, article) if given is None else given
        read = _article(article, data, told)
        if same := known_already(program, draft, data):
            raise Conflict(f"this article was added before, cited as {same.source}")
        copied = voices(program, draft, read.text)
        added = add_article(program, draft, read)
        kept = kept_of(added, read, data)
        draft, there = keep_article(program, draft, added.text, kept, _act())
        answer = proposals_of(program, draft, there) if asks else None
    sorts = Counter(one.sort for one in added.cards)
    counts = ", ".join(f"{sorts[one]} {one}" for one in ("differs", "new", "known", "unplaced"))
    cited = f"cited as {added.source}{', known already' if added.known else ''}"
    if not added.cited:
        cited = "not cited: the kind has no list of publications (x-source)"
    click.echo(f"{counted(len(added.cards), 'sentence')}: {counts}; {cited}")
    for one in copied:
        named = one.article.source or one.article.title or f"article {one.article.id}"
        click.echo(f"{one.share:.0%} of its words stand in {named} too: one voice, not two")
    if answer is not None:
        say_told(answer, folded=folded)


@command.command(name="articles")
@SITUATION
@click.argument("source", required=False)
@click.option("--original", is_flag=True, help="Its bytes as they were given, not its text.")
@click.pass_context
def articles(ctx: click.Context, situation: str, source: str | None, original: bool) -> None:
    """List the articles of the draft; with SOURCE print the text that was read of one.

    Without an open draft they are those of the last one.

    \b
    Examples:
      monitor draft articles ukraine-talks
      monitor draft articles ukraine-talks reuters0217 --original > article.html
    """
    with reading(ctx) as program:
        draft = program.store.drafts.last(situation) or draft_of(program, situation)
        known = program.store.articles.of(draft.id)
        if source is None:
            _list_articles(program, draft, known)
            return
        found = next((one for one in known if one.source == source), None)
        if found is None:
            names = [one.source or "" for one in known]
            raise NotFound(f"no article {source!r}{suggestion_or_all(source, names)}")
        if original:
            sys.stdout.buffer.write(program.store.articles.data(found.id))
            return
    click.echo(found.text, nl=False)


@command.command(name="undo")
@SITUATION
@click.pass_context
def undo_last(ctx: click.Context, situation: str) -> None:
    """Take back what was placed, rejected or put off last, while the draft stands as it left it."""
    with opened(ctx) as program:
        undo(program, draft_of(program, situation), _act())
    click.echo("taken back; nobody is told yet")


@command.command(name="check")
@SITUATION
@click.pass_context
def check(ctx: click.Context, situation: str) -> None:
    """Hold the draft against its kind and the latest version; exit 2 when something is wrong."""
    with reading(ctx) as program:
        sound = _say_faults(program, draft_of(program, situation))
    if not sound:
        ctx.exit(2)
    click.echo("the draft fits")


@command.command(name="preview")
@SITUATION
@click.option("--as", "who", metavar="ADDRESS[/NAME]", help="One reader's digest, whole.")
@click.option("--format", "form", type=click.Choice(["text", "html"]), default="text")
@click.pass_context
def preview(ctx: click.Context, situation: str, who: str | None, form: str) -> None:
    """What readers would get if it were published now; nothing is sent."""
    with reading(ctx) as program:
        ahead = Ahead(program, check_draft(program, draft_of(program, situation)), now())
        if who is None:
            _summarise(ahead.all(ahead.readers()))
            return
        found = ahead.foresee(find_subscription(program, who))
    if found.digest is None:
        click.echo(found.why or "nothing to tell: this would not be sent", err=True)
        return
    click.echo(found.digest.html if form == "html" else found.digest.text, nl=False)


@command.command(name="publish")
@SITUATION
@click.pass_context
def publish_one(ctx: click.Context, situation: str) -> None:
    """Make the draft a version, in one step; readers are told by the running service, or by the
    next `monitor run --once`. A file beside the others follows where that can be written."""
    with opened(ctx) as program:
        draft = draft_of(program, situation)
        done = publish(program, draft, by=getpass.getuser(), now=now())
    for version in done.versions:
        said = f"held ({version.held}); see monitor held" if version.held else "published"
        click.echo(f"{situation} {version.ref.as_of}: {said}")
    if done.file is not None:
        click.echo(f"written to {done.file}")
    elif done.unwritten:
        click.echo(f"monitor: no file was written: {done.unwritten}", err=True)


@command.command(name="discard")
@SITUATION
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def discard(ctx: click.Context, situation: str, yes: bool) -> None:
    """Give the draft up, and print it once more."""
    with opened(ctx) as program:
        draft = draft_of(program, situation)
        if not yes:
            click.confirm(f"Discard the draft of {situation}?", abort=True, err=True)
        program.store.drafts.end(draft, "discarded", by=getpass.getuser(), now=now())
    click.echo(draft.text, nl=False)
    click.echo(f"the draft of {situation} is discarded", err=True)


def _list_articles(program: Program, draft: Draft, known: Sequence[Article]) -> None:
    if not known:
        click.echo("no article was added")
    for one in known:
        named = one.source or f"article {one.id}"
        said = ", ".join(each for each in (one.publisher, one.published, one.title) if each)
        choices = Counter(decided(program, draft, one).values())
        count = ", ".join(f"{number} {choice}" for choice, number in sorted(choices.items()))
        what = f"{said or 'undated'}; {count or 'nothing placed'}"
        click.echo(f"{named}: {what}; added {_when(one.added_at)} by {one.added_by}")


def _say_what_is_left(draft: Draft) -> None:
    if left := left_to_place(draft.text):
        click.echo(f"{left} left to place", err=True)


def _base(program: Program, draft: Draft) -> str:
    if draft.base is None:
        return "nothing"
    return program.store.versions.get(draft.base).ref.as_of


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _edited(text: str) -> str | None:
    """None when the editor was left without saving."""
    if not sys.stdin.isatty():
        raise MonitorError("there is no terminal for an editor; give a FILE, or - for its text")
    return click.edit(text, extension=".yaml")


def _bytes(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from error


def _act() -> Act:
    return Act(by=getpass.getuser(), now=now(), how="terminal")


def _article(file: str, data: bytes, told: Mapping[str, str | None]) -> ArticleText:
    """What a page says of itself, and what is told instead."""
    day = told["published"]
    if day is not None and bounds(day) is None:
        raise MonitorError(f"--date is {day!r}, want a date such as 2026-02-18")
    read = text_of(data, name=file.partition("?")[0] if is_page(file) else file)
    if is_page(file):
        # Not what the page says of itself: it could say that it is another one.
        read = replace(read, url=file)
    return replace(read, **{name: value for name, value in told.items() if value})


def _given(file: str) -> str:
    data = _bytes(file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MonitorError(f"{file}: no UTF-8 text at octet {error.start}") from error


def _saved(program: Program, draft: Draft, text: str, placed: Sequence[Placed] = ()) -> Draft:
    """Raises Conflict with what was written, when somebody else saved it meanwhile."""
    with _kept_on_fault(draft.situation, text):
        return place(program, draft, placed, _act(), text=text)


@contextlib.contextmanager
def _kept_on_fault(situation: str, text: str) -> Iterator[None]:
    """What cannot be saved is in a file."""
    try:
        yield
    except MonitorError as error:
        file = Path(f"{situation}.draft.yaml")
        file.write_text(text, encoding="utf-8")
        error.args = (f"{error}; what you wrote is in {file}",)
        raise


def _say_faults(program: Program, draft: Draft) -> bool:
    try:
        checked = check_draft(program, draft)
    except SnapshotRefused as error:
        for line in (str(error), *error.others):
            click.echo(line, err=True)
        return False
    if not checked.says_something:
        click.echo(NOTHING, err=True)
    return True


def _summarise(foreseen: Sequence[Foreseen]) -> None:
    told = [one for one in foreseen if one.digest is not None]
    click.echo(f"{counted(len(told), 'reader')} of {len(foreseen)} would get a digest")
    subjects = Counter(one.digest.subject for one in told if one.digest is not None)
    for subject, number in subjects.most_common():
        click.echo(f"  {number} x {subject}")
    for one in foreseen:
        if one.why:
            click.echo(f"  {one.reader.spec.who}: {one.why}")
    if told:
        click.echo(f"one of them whole: --as {told[0].reader.spec.who}")
